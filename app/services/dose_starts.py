"""A decision becomes a dose: its regimen, the level that is due, and a word to the patient.

A level is due 1 month after every change of dose (Chen ZL et al., Chin J Gastrointest Surg
2024;27(11):1149); a month is 28 days [own].
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from app.services.daily import replan_days
from app.services.desk_lines import leave_line
from app.services.draw_days import days_of, steady_from, today_of
from app.services.errors import Conflict
from app.services.messages import cancel_about, tell
from app.services.prompts import rethink
from app.services.recall_marks import mark_recall
from app.services.regimens import add_regimen, list_regimens
from app.services.reminders import day_of
from app.services.visits import change_visit, plan_visit, planned_visits
from app.work import Work
from models import (
    Clinic,
    Decision,
    DoseStart,
    Message,
    MessageState,
    Patient,
    Regimen,
    Visit,
    VisitPurpose,
    VisitStatus,
)

_NEAR = timedelta(days=14)  # [own] after the day from which a level counts: one planned will do
_WENT = (MessageState.SENDING, MessageState.SENT, MessageState.DELIVERED, MessageState.UNKNOWN)
_SHOW = [[{"label": "newdose.button", "data": "go:newdose"}]]


class DoseStartsThen(Conflict):
    """Another dose starts on this day already; choose another day."""


def about_dose(decision_id: str) -> str:
    """What the messages of a changed dose are about."""
    return f"dose:{decision_id}"


def start_of(work: Work, decision: Decision) -> DoseStart | None:
    return work.session.get(DoseStart, (decision.clinic_id, decision.id))


def start_dose(
    work: Work, patient: Patient, decision: Decision, confirmed_by: str | None = None
) -> DoseStart:
    """Begin the dose that was decided, plan its level and tell the patient. Raises DoseStartsThen.

    Its key is the decision's, so that none begins twice.
    """
    on = first_day(work, patient, decision)
    step = _step(work, patient, decision, on)
    visit = _plan_level(work, patient, on) if step.daily_dose_mg else None
    start = DoseStart(
        clinic_id=patient.clinic_id, decision_id=decision.id, patient_id=patient.id,
        regimen_id=step.id, daily_dose_mg=step.daily_dose_mg, started_on=on,
        visit_id=visit.id if visit else None, confirmed_by=confirmed_by, at=work.now,
    )  # fmt: skip
    work.session.add(start)
    work.session.flush()
    if not step.daily_dose_mg:
        no_draws_from(work, patient, on)
    replan_days(work, patient)
    _tell(work, patient, start)
    mark_recall(work, patient.clinic_id, patient.id)
    return start


def first_day(work: Work, patient: Patient, decision: Decision) -> date:
    """The day that was decided, or tomorrow where none was or it has passed meanwhile."""
    today = today_of(work, patient)
    chosen = decision.starts_on
    return chosen if chosen is not None and chosen >= today else today + timedelta(days=1)


def _step(work: Work, patient: Patient, decision: Decision, on: date) -> Regimen:
    assert decision.dose_mg is not None, "a decision without a dose starts none"
    if any(step.started_on == on for step in list_regimens(work, patient)):
        raise DoseStartsThen(field="starts_on")
    return add_regimen(
        work, patient, daily_dose_mg=decision.dose_mg, started_on=on, reason=decision.reason
    )


def _plan_level(work: Work, patient: Patient, on: date) -> Visit | None:
    """The draw after one month at the dose; None where one is planned near it already."""
    if level_planned(work, patient, on) is not None:
        return None
    draw_at = days_of(work, patient.clinic_id).first_from(steady_from(patient, on))
    return plan_visit(work, patient, draw_at) if draw_at else None


def level_planned(work: Work, patient: Patient, on: date) -> Visit | None:
    """A planned draw whose level counts at the dose that starts on a day, and is near its month."""
    earliest = steady_from(patient, on)
    return next(
        (
            visit for visit in planned_visits(work, patient)
            if visit.purpose == VisitPurpose.TROUGH
            and earliest <= visit.draw_at <= earliest + _NEAR
        ),
        None,
    )  # fmt: skip


def no_draws_from(work: Work, patient: Patient, on: date) -> None:
    """The treatment stops: a planned visit is kept, and asks for no dose before it."""
    zone = ZoneInfo(patient.time_zone)
    for visit in planned_visits(work, patient):
        is_after = visit.draw_at.astimezone(zone).date() >= on
        if is_after and visit.purpose == VisitPurpose.TROUGH:
            change_visit(work, patient.clinic_id, visit.id, purpose=VisitPurpose.FOLLOW_UP)


def _tell(work: Work, patient: Patient, start: DoseStart) -> None:
    """Unasked, so it names no dose: a tap shows it. Where no chat hears it, a person tells."""
    values = {"starts_on": start.started_on.isoformat()}
    planned = level_planned(work, patient, start.started_on) if start.daily_dose_mg else None
    lines = [_line(planned.draw_at)] if planned else []
    told = tell(
        work, patient, f"newdose:{start.decision_id}", "newdose.told",
        {**values, "lines": lines, "buttons": _SHOW},
        about=about_dose(start.decision_id), due_at=_awake(work, patient),
    )  # fmt: skip
    if not told:
        leave_line(work, patient, "newdose_untold", values)


def _line(draw_at: datetime) -> dict[str, object]:
    return {"key": "newdose.draw", "params": {"draw_at": draw_at.isoformat()}}


def _awake(work: Work, patient: Patient) -> datetime:
    """Now, or when the quiet hours end."""
    return day_of(work.session.get_one(Clinic, patient.clinic_id), patient).after_quiet(work.now)


def take_back(work: Work, patient: Patient, decision: Decision) -> bool:
    """What a decision has planned is undone where its dose has not begun; whether it was told."""
    start = start_of(work, decision)
    if start is None or has_begun(work, patient, start):
        return False
    start.taken_back_at = work.now
    step = work.session.get(Regimen, (patient.clinic_id, start.regimen_id))
    if step is not None:
        work.session.delete(step)
    _cancel_visit(work, start)
    if not start.daily_dose_mg:
        _ask_of_visits(work, patient)
    was_told = _was_told(work, start)
    about = about_dose(decision.id)
    cancel_about(work, patient.clinic_id, about, "the decision was amended")
    work.session.flush()
    rethink(work, patient, "the dose has changed")
    replan_days(work, patient)
    return was_told


def has_begun(work: Work, patient: Patient, start: DoseStart) -> bool:
    """Whether its first day has come, in the patient's calendar."""
    return start.taken_back_at is None and start.started_on <= today_of(work, patient)


def _cancel_visit(work: Work, start: DoseStart) -> None:
    visit = start.visit_id and work.session.get(Visit, (start.clinic_id, start.visit_id))
    if visit and visit.status == VisitStatus.PLANNED:
        change_visit(work, visit.clinic_id, visit.id, status=VisitStatus.CANCELLED)


def _ask_of_visits(work: Work, patient: Patient) -> None:
    """The treatment goes on after all: which planned visit needs a level again, a person says."""
    planned = planned_visits(work, patient)
    if any(visit.purpose == VisitPurpose.FOLLOW_UP for visit in planned):
        leave_line(work, patient, "newdose_visits", {})


def _was_told(work: Work, start: DoseStart) -> bool:
    if start.told_at is not None:
        return True
    query = select(Message.id).where(
        Message.clinic_id == start.clinic_id, Message.about == about_dose(start.decision_id),
        col(Message.state).in_(_WENT),
    )  # fmt: skip
    return work.session.exec(query).first() is not None


def tell_as_before(work: Work, patient: Patient, amended: Decision) -> None:
    """The change that was told does not come: the dose stays as it is."""
    told = tell(
        work, patient, f"newdose.off:{amended.id}", "newdose.off", {"buttons": _SHOW},
        about=about_dose(amended.id), due_at=_awake(work, patient),
    )  # fmt: skip
    if not told:
        leave_line(work, patient, "newdose_off_untold", {})
