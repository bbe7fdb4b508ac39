"""The recall list: one click plans a visit and tells the patient."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask import flash, g, redirect, render_template, request
from flask import url_for as at
from flask_security import auth_required
from werkzeug.wrappers import Response as AnyResponse

from app.pages.security import actor, only
from app.pages.views import begin, codes_of, mine, pages, set_zone
from app.pages.visits import say_told
from app.pages.words import t
from app.services.audit import audit
from app.services.errors import Invalid
from app.services.new_doses import told_by_person
from app.services.recall import recall
from app.services.recall_plan import plan_recall
from app.work import Work
from models import RecallKind, Visit, VisitStatus


@pages.get("/recall")
@auth_required("session")
def recall_page() -> str:
    kind = _kind(request.args.get("kind"))
    with begin() as work:
        set_zone(work)
        page = recall(work, mine(), request.args.get("after"), kind=kind)
        audit(work, mine(), actor(), "recall.read")
        earliest, planned = _local(work.now), _just_planned(work)
    return render_template(
        "pages/recall.html", page=page, kind=kind, kinds=list(RecallKind), local=_local,
        earliest=earliest, planned=planned,
    )  # fmt: skip


def _kind(word: str | None) -> RecallKind | None:
    return RecallKind(word) if word in set(RecallKind) else None


def _local(moment: datetime) -> str:
    """As a field for a day and a time takes it, by the clinic's clock."""
    return moment.astimezone(ZoneInfo(g.time_zone)).strftime("%Y-%m-%dT%H:%M")


@pages.post("/recall/<patient_id>/<kind>")
@auth_required("session")
@only("nurse", "doctor")
def plan_visit_of(patient_id: str, kind: str) -> AnyResponse:
    wanted = _kind(kind)
    with begin() as work:
        set_zone(work)
        if wanted is None:
            raise Invalid(field="kind")
        planned = plan_recall(work, mine(), patient_id, wanted, actor(), _moment())
    say_told("planned", planned.told)
    return _back(planned.visit.id)


@pages.post("/recall/<patient_id>/told")
@auth_required("session")
@only("nurse", "doctor")
def told_dose(patient_id: str) -> AnyResponse:
    with begin() as work:
        told_by_person(work, mine(), patient_id, actor())
    flash(t("page.recall.told_now"), "success")
    return _back()


def _back(planned: str | None = None) -> AnyResponse:
    """To the list as it was shown; what was just planned can be undone there."""
    return redirect(at("pages.recall_page", kind=_kind(request.form.get("shown")), planned=planned))


def _just_planned(work: Work) -> tuple[Visit, str] | None:
    """The visit that a click has just planned, while it is planned, and its patient's code."""
    visit = work.session.get(Visit, (mine(), request.args.get("planned", "")))
    if visit is None or visit.status != VisitStatus.PLANNED or visit.draw_at <= work.now:
        return None
    return visit, codes_of(work, [visit.patient_id])[visit.patient_id]


def _moment() -> datetime | None:
    """The day and time of the form, by the clinic's clock. Raises Invalid."""
    sent = request.form.get("draw_at", "")
    try:
        local = datetime.fromisoformat(sent) if sent else None
    except ValueError:
        raise Invalid(field="draw_at") from None
    return local.replace(tzinfo=ZoneInfo(g.time_zone)).astimezone(UTC) if local else None
