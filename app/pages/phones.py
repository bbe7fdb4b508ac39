"""The phones of a patient: cards to hand over, links ended, and a patient erased."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app, flash, redirect, render_template, request
from flask import url_for as at
from flask_security import auth_required
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from app.pages.security import actor, only
from app.pages.views import begin, mine, pages
from app.pages.words import t
from app.services.audit import audit
from app.services.erasing import decline_to_forget, erase
from app.services.errors import Invalid
from app.services.invitations import Invited, invite, qr_of
from app.services.patients import find_patient
from app.services.phones import NoSuchPhone, unlink
from app.settings import Settings
from app.sweeping import sweep_clinic
from app.texts import Reader, say
from models import Clinic, Patient


class NotSure(Invalid):
    """Say first that the patient wants it."""


@pages.post("/patients/<patient_id>/invitations")
@auth_required("session")
@only("nurse", "doctor", "admin")
def card_page(patient_id: str) -> str:
    """The card of a new code; the code is shown this once."""
    proxy = request.form.get("proxy") == "1"
    with begin() as work:
        patient = find_patient(work, mine(), patient_id)
        made = invite(work, patient, _settings().bot_name, proxy=proxy)
        audit(work, mine(), actor(), "patient.invite", patient.id, made.id)
        clinic = work.session.get_one(Clinic, mine())
    qr = Markup(qr_of(made.url, sized=False))
    return render_template(
        "pages/card.html", patient=patient, clinic=clinic, made=made, qr=qr,
        code=f"{made.code[:4]} {made.code[4:]}", parts=_in_both(patient, clinic, made, proxy),
    )  # fmt: skip


def _in_both(patient: Patient, clinic: Clinic, made: Invited, proxy: bool) -> list[dict[str, Any]]:
    """The card's words in both languages, the patient's own first."""
    until = made.expires_at.astimezone(ZoneInfo(clinic.time_zone)).date().isoformat()
    languages = sorted(("zh-CN", "en"), key=lambda one: one != patient.language)
    return [_words(Reader(one, clinic.time_zone), until, proxy) for one in languages]


def _words(reader: Reader, until: str, proxy: bool) -> dict[str, Any]:
    carer = "_carer" if proxy else ""
    steps = ("page.card.step1", "page.card.step2", f"page.card.step3{carer}")
    return {
        "language": reader.language,
        "title": say(f"page.card.title{carer}", reader),
        "steps": [say(key, reader) for key in steps],
        "code": say("page.card.code", reader),
        "until": say("page.card.until", reader, {"until_on": until}),
        "help": say("page.card.help", reader),
    }


@pages.post("/patients/<patient_id>/phones/end")
@auth_required("session")
@only("nurse", "doctor", "admin")
def end_phone(patient_id: str) -> AnyResponse:
    with begin() as work:
        unlink(work, mine(), patient_id, _chat_id(), actor())
    flash(t("page.phones.ended"), "success")
    return redirect(at("pages.patient_page", patient_id=patient_id) + "#phones")


def _chat_id() -> int:
    """Sent in the form, so that Telegram's number stands in no address and no log."""
    told = request.form.get("chat_id", "")
    if not told.lstrip("-").isdecimal():
        raise NoSuchPhone
    return int(told)


@pages.post("/patients/<patient_id>/erase")
@auth_required("session")
@only("doctor", "admin")
def erase_patient(patient_id: str) -> AnyResponse:
    if request.form.get("sure") != "1":
        raise NotSure
    with begin() as work:
        erase(work, mine(), patient_id, actor())
    sweep_clinic(begin, _settings().media_folder, mine())
    flash(t("page.forget.done"), "success")
    return redirect(at("pages.patient_page", patient_id=patient_id))


@pages.post("/patients/<patient_id>/forget/decline")
@auth_required("session")
@only("nurse", "doctor", "admin")
def decline_forget(patient_id: str) -> AnyResponse:
    with begin() as work:
        decline_to_forget(work, mine(), patient_id, actor())
    flash(t("page.forget.declined"), "success")
    return redirect(at("pages.patient_page", patient_id=patient_id) + "#phones")


def _settings() -> Settings:
    found: Settings = current_app.extensions["pages.settings"]
    return found
