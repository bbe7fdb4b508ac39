"""The daily reminder of the dose, for whoever wants one: rows, planned two days ahead.

Wall clock of the patient. On the two days of a draw its own reminders take its place. How long
ahead is [own]. What is planned of a zone is noted, so that a round that finds all of it planned
asks for nothing more than that note; every six hours a zone is looked through whole.
"""

from collections.abc import Sequence
from datetime import time, timedelta
from typing import Any

from sqlalchemy import func, update
from sqlmodel import col, select

from app.database import INSERT
from app.services.daily_rows import KEY, Span, plan_rows
from app.work import Work
from models import DayPlan, Message, MessageState, Patient

_AHEAD = timedelta(hours=48)
_PLANNED_TO = timedelta(hours=24)  # a zone that has less before it is planned again
_WHOLE_EVERY = timedelta(hours=6)


def plan_daily(work: Work) -> None:
    """Plan what is missing. Any number of workers may do it at once."""
    known = {one.time_zone: one for one in work.session.exec(select(DayPlan))}
    for zone in _zones(work):
        if _is_due(work, known.get(zone)):
            _plan_zone(work, zone)


def _zones(work: Work) -> Sequence[str]:
    """Where somebody wants a reminder: each is found in the index by the one before it."""
    least = select(func.min(Patient.time_zone).label("zone")).where(col(Patient.dose_reminder))
    zones = least.cte("zones", recursive=True)
    following = least.where(col(Patient.time_zone) > zones.c.zone).scalar_subquery()
    zones = zones.union_all(select(following).where(zones.c.zone.is_not(None)))
    query: Any = select(zones.c.zone).where(zones.c.zone.is_not(None))
    found: Sequence[str] = work.session.exec(query).all()
    return found


def _is_due(work: Work, plan: DayPlan | None) -> bool:
    return plan is None or _is_whole(work, plan) or plan.planned_to < work.now + _PLANNED_TO


def _is_whole(work: Work, plan: DayPlan) -> bool:
    """Whether the note is old, or of a time that is still to come: the clock was set back."""
    return not plan.looked_at <= work.now < plan.looked_at + _WHOLE_EVERY


def _plan_zone(work: Work, zone: str) -> None:
    plan = _claimed(work, zone)
    if plan is None or not _is_due(work, plan):
        return
    until, after = work.now + _AHEAD, max(work.now, plan.planned_to)
    if _is_whole(work, plan):
        after, plan.looked_at = work.now, work.now
    plan.planned_to = until
    plan_rows(work, Span(zone, after, until))


def _claimed(work: Work, zone: str) -> DayPlan | None:
    """The note of a zone, locked; None while another worker plans it."""
    never = work.now - _WHOLE_EVERY
    made = INSERT[work.session.get_bind().dialect.name](DayPlan).values(
        time_zone=zone, planned_to=never, looked_at=never
    )
    work.session.execute(made.on_conflict_do_nothing())
    query = select(DayPlan).where(DayPlan.time_zone == zone).with_for_update(skip_locked=True)
    return work.session.exec(query.execution_options(populate_existing=True)).first()


def set_daily(work: Work, patient: Patient, at: time | None) -> None:
    """A reminder each day at this time, or none; what was planned before is cancelled."""
    patient.dose_reminder = at is not None
    patient.usual_dose_time = at or patient.usual_dose_time
    replan_days(work, patient)


def replan_days(work: Work, patient: Patient) -> None:
    """By the patient's time and place of now. What is due and waits for Telegram is kept."""
    work.session.flush()
    planned = (
        col(Message.clinic_id) == patient.clinic_id, col(Message.patient_id) == patient.id,
        col(Message.key) == KEY, col(Message.state) == MessageState.QUEUED,
    )  # fmt: skip
    first = work.session.exec(select(func.min(Message.due_at)).where(*planned)).one()
    anew = update(Message).where(*planned)
    anew = anew.values(state=MessageState.CANCELLED, reason="planned anew")
    work.session.execute(anew.execution_options(synchronize_session=False))
    after = min(first - timedelta.resolution, work.now) if first else work.now
    plan_rows(work, Span(patient.time_zone, after, work.now + _AHEAD, patient))
