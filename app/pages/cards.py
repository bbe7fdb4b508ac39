"""Cards for patients who have no phone linked yet: chosen together, eight on a sheet of A4."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app, flash, redirect, render_template, request
from flask import url_for as at
from flask_security import auth_required
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from app.pages.security import actor, only
from app.pages.views import begin, mine, pages, set_zone
from app.pages.words import t
from app.services.audit import audit
from app.services.invitations import qr_of
from app.services.patients import list_patients
from app.services.unlinked import MOST_CARDS, Card, ChooseSome, make_cards, unlinked
from app.settings import Settings
from app.texts import Reader, say
from models import Clinic

_A_SHEET = 8


@pages.get("/cards")
@auth_required("session")
@only("nurse", "doctor", "admin")
def cards_page() -> str:
    q = request.args.get("code", "").strip()
    with begin() as work:
        set_zone(work)
        found, more = unlinked(work, mine(), q, request.args.get("after"))
        nobody = not list_patients(work, mine(), limit=1)[0]
        audit(work, mine(), actor(), "cards.read")
    return render_template(
        "pages/settings/cards.html", found=found, more=more, code=q, nobody=nobody
    )


@pages.post("/cards")
@auth_required("session")
@only("nurse", "doctor", "admin")
def print_cards() -> AnyResponse | str:
    """The sheets; the codes on them are shown this once."""
    settings: Settings = current_app.extensions["pages.settings"]
    chosen = request.form.getlist("patient_id")
    try:
        with begin() as work:
            cards = make_cards(work, mine(), chosen, settings.bot_name, actor())
            clinic = work.session.get_one(Clinic, mine())
    except ChooseSome:
        flash(t("page.cards.choose", most=MOST_CARDS), "danger")
        return _back()
    if not cards:
        flash(t("page.cards.all_linked"), "danger")
        return _back()
    told = [_told(one, clinic, settings.bot_name) for one in cards]
    sheets = [told[n : n + _A_SHEET] for n in range(0, len(told), _A_SHEET)]
    left = len(set(chosen)) - len(cards)
    return render_template("pages/settings/sheets.html", sheets=sheets, clinic=clinic, left=left)


def _back() -> AnyResponse:
    kept = {name: request.form.get(name) or None for name in ("code", "after")}
    return redirect(at("pages.cards_page", **kept))


def _told(card: Card, clinic: Clinic, bot_name: str) -> dict[str, Any]:
    """What stands on a card, in the patient's language."""
    reader = Reader(card.patient.language, clinic.time_zone)
    until = card.made.expires_at.astimezone(ZoneInfo(clinic.time_zone)).date().isoformat()
    data = {"bot": f"@{bot_name}", "until_on": until}
    return {
        "language": reader.language,
        "patient": card.patient.code,
        "qr": Markup(qr_of(card.made.url, sized=False)),
        "code": f"{card.made.code[:4]} {card.made.code[4:]}",
        "title": say("page.cards.title", reader),
        "steps": [say(f"page.cards.step{n}", reader, data) for n in (1, 2, 3)],
        "until": say("page.card.until", reader, data),
    }
