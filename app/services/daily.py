"""The daily reminder of the dose, for whoever wants one: rows, planned two days ahead.

Wall clock of the patient. On the two days of a draw its own reminders take its place. How long
ahead and how long it may wait is [own].
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import tuple_
from sqlmodel import col, exists, select

from app.clinical.draw_window import dose_times
from app.services.about import about_day
from app.services.messages import cancel_about, tell
from app.services.reminders import DOSE_BUTTONS, Day, day_of
from app.work import Work
from models import (
    Chat,
    ChatState,
    Clinic,
    Dose,
    Message,
    MessageState,
    Patient,
    Visit,
    VisitPurpose,
    VisitStatus,
)

KEY = "dose.daily"
_AHEAD = timedelta(hours=48)
_PLANNED_TO = timedelta(hours=24)  # whoever has none beyond this is planned again
_WAITS = timedelta(hours=4)
_BEFORE_QUIET = timedelta(minutes=30)
_BATCH = 200


def plan_daily(work: Work) -> int:
    """Plan what is missing; for how many patients. Any number of workers may do it at once."""
    after, total = ("", ""), 0
    while patients := _unplanned(work, after):
        for patient in patients:
            plan_days(work, patient)
        after, total = (patients[-1].clinic_id, patients[-1].id), total + len(patients)
    return total


def _unplanned(work: Work, after: tuple[str, str]) -> Sequence[Patient]:
    """Who wants a reminder, has a chat that hears it, and none planned; the next ones by key."""
    planned = exists().where(
        col(Message.clinic_id) == Patient.clinic_id, col(Message.patient_id) == Patient.id,
        col(Message.key) == KEY, col(Message.state) == MessageState.QUEUED,
        col(Message.due_at) > work.now + _PLANNED_TO,
    )  # fmt: skip
    hears = exists().where(
        col(Chat.clinic_id) == Patient.clinic_id, col(Chat.patient_id) == Patient.id,
        col(Chat.state) == ChatState.ACTIVE,
    )  # fmt: skip
    key = tuple_(col(Patient.clinic_id), col(Patient.id))
    query = select(Patient).where(
        col(Patient.dose_reminder), col(Patient.died_on).is_(None),
        col(Patient.erased_at).is_(None), col(Patient.forget_asked_at).is_(None),
        ~planned, hears, key > after,
    )  # fmt: skip
    query = query.order_by(col(Patient.clinic_id), col(Patient.id)).limit(_BATCH)
    return work.session.exec(query.with_for_update(skip_locked=True, key_share=True)).all()


def set_daily(work: Work, patient: Patient, at: time | None) -> None:
    """A reminder each day at this time, or none; what was planned before is cancelled."""
    patient.dose_reminder = at is not None
    patient.usual_dose_time = at or patient.usual_dose_time
    replan_days(work, patient)


def replan_days(work: Work, patient: Patient) -> None:
    """By the patient's time and place of now."""
    for row in _queued(work, patient):
        cancel_about(work, patient.clinic_id, str(row.about), "planned anew")
    work.session.flush()
    if patient.dose_reminder and patient.forget_asked_at is None:
        plan_days(work, patient)


def plan_days(work: Work, patient: Patient) -> None:
    """The daily reminders of the next 48 h that are wanted."""
    day = day_of(work.session.get_one(Clinic, patient.clinic_id), patient)
    today = work.now.astimezone(day.zone).date()
    told, taken_by_draws = _days_told(work, patient, day), _days_of_draws(work, patient, day)
    for n in range(4):
        on = today + timedelta(days=n)
        due_at = daily_at(day, on, patient.usual_dose_time)
        if not work.now < due_at <= work.now + _AHEAD or on in told or on in taken_by_draws:
            continue
        about = about_day(patient, on)
        tell(work, patient, about, KEY, {"buttons": DOSE_BUTTONS}, about=about, due_at=due_at,
             not_after=latest_of(day, due_at))  # fmt: skip


def daily_at(day: Day, on: date, usual: time) -> datetime:
    """At the usual time of that day's clock; from quiet hours moved to their nearer end."""
    if usual < day.quiet_until:
        return day.at(on, day.quiet_until)
    quiet = day.at(on, day.quiet_from)
    return min(day.at(on, usual), quiet - _BEFORE_QUIET)


def latest_of(day: Day, due_at: datetime) -> datetime:
    """Four hours later at most, and never into the quiet hours."""
    on = due_at.astimezone(day.zone).date()
    return min(due_at + _WAITS, day.at(on, day.quiet_from))


def _queued(work: Work, patient: Patient) -> Iterable[Message]:
    query = select(Message).where(
        Message.clinic_id == patient.clinic_id, Message.patient_id == patient.id,
        Message.key == KEY, Message.state == MessageState.QUEUED,
    )  # fmt: skip
    return work.session.exec(query).all()


def _days_told(work: Work, patient: Patient, day: Day) -> set[date]:
    query = select(Dose.taken_at).where(
        Dose.clinic_id == patient.clinic_id, Dose.patient_id == patient.id,
        col(Dose.withdrawn_at).is_(None), Dose.taken_at > work.now - timedelta(days=2),
    )  # fmt: skip
    return {at.astimezone(day.zone).date() for at in work.session.exec(query)}


def _days_of_draws(work: Work, patient: Patient, day: Day) -> set[date]:
    """The day of the dose that counts, and the day of the draw."""
    query = select(Visit.draw_at).where(
        Visit.clinic_id == patient.clinic_id, Visit.patient_id == patient.id,
        Visit.purpose == VisitPurpose.TROUGH,
        col(Visit.status).in_([VisitStatus.PLANNED, VisitStatus.ATTENDED]),
        Visit.draw_at > work.now.astimezone(UTC) - timedelta(days=2),
    )  # fmt: skip
    moments = [at for draw in work.session.exec(query) for at in (dose_times(draw).ideal, draw)]
    return {at.astimezone(day.zone).date() for at in moments}
