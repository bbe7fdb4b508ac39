"""Reminders as rows, planned from a visit. Sending is the worker's.

Wall-clock times are the patient's; dose to draw is elapsed time. Sources: the dose the
day before and blood 22-26 h after it, Chen ZL et al. 2024; the clock times are [own].
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from app.clinical.draw_window import dose_times, fits, window_after
from app.services.messages import cancel_about, tell
from app.work import Work
from models import Clinic, Dose, DoseStatus, InboxItem, InboxKind, Patient, Visit, VisitStatus
from models.columns import new_id

DOSE_BUTTONS = [
    [{"label": "dose.button.taken_now", "data": "dose:taken_now"}],
    [{"label": "dose.button.earlier", "data": "dose:earlier"},
     {"label": "dose.button.not_yet", "data": "dose:not_yet"}],
    [{"label": "dose.button.missed", "data": "dose:missed"},
     {"label": "dose.button.vomited", "data": "dose:vomited"}],
]  # fmt: skip
DRAW_BUTTONS = [
    [{"label": "draw.button.now", "data": "draw:now"}],
    [{"label": "draw.button.earlier", "data": "draw:earlier"},
     {"label": "draw.button.not_yet", "data": "draw:not_yet"}],
]  # fmt: skip
_HOLD_AT = time(7)
_MEANT = timedelta(hours=12), timedelta(hours=36)  # from a dose to the draw it is meant for
_STILL_TODAY = timedelta(hours=12)  # after the draw, within which that day's dose is spoken of


@dataclass(frozen=True, slots=True)
class Reminder:
    key: str
    due_at: datetime
    not_after: datetime
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Day:
    """The patient's zone and the hours in which the clinic sends."""

    zone: ZoneInfo
    quiet_from: time
    quiet_until: time
    protocol_from: time
    evening_at: time

    def at(self, on: date, clock: time) -> datetime:
        """A wall-clock time as UTC; one that a clock change skips moves on by the gap."""
        return datetime.combine(on, clock, self.zone).astimezone(UTC)

    def allowed(self, wanted: datetime) -> datetime:
        """When a protocol message may go: as wanted, else from 06:00, else the evening before."""
        here = wanted.astimezone(self.zone)
        if self.protocol_from <= here.time() < self.quiet_from:
            return wanted
        last_evening = here.date() - timedelta(days=here.time() < self.protocol_from)
        return self.at(last_evening, self.evening_at)

    def after_quiet(self, wanted: datetime) -> datetime:
        """When a question may go: as wanted, else when the quiet hours end."""
        here = wanted.astimezone(self.zone)
        if self.quiet_until <= here.time() < self.quiet_from:
            return wanted
        next_day = here.date() + timedelta(days=here.time() >= self.quiet_from)
        return self.at(next_day, self.quiet_until)


def day_of(clinic: Clinic, patient: Patient) -> Day:
    return Day(
        ZoneInfo(patient.time_zone), clinic.quiet_from, clinic.quiet_until,
        clinic.protocol_from, clinic.evening_at,
    )  # fmt: skip


def reminders_for(draw_at: datetime, day: Day) -> Iterator[Reminder]:
    """What a planned draw asks of the patient, and when. Times in UTC."""
    dose = dose_times(draw_at)
    dose_day = dose.ideal.astimezone(day.zone).date()
    draw_day = draw_at.astimezone(day.zone).date()
    times = {"dose_at": dose.ideal.isoformat(), "draw_at": draw_at.isoformat()}
    eve = day.at(dose_day - timedelta(days=1), day.evening_at)
    yield Reminder("visit.eve", eve, dose.ideal, times)
    asked = {**times, "buttons": DOSE_BUTTONS}
    yield Reminder("visit.dose", day.allowed(dose.ideal), dose.latest, asked)
    hold = min(day.at(draw_day, _HOLD_AT), draw_at - timedelta(hours=1))
    yield Reminder("visit.hold", day.allowed(hold), draw_at, times)
    asked = {**times, "buttons": DRAW_BUTTONS}
    ask_at = day.after_quiet(draw_at + timedelta(hours=1))
    yield Reminder("visit.drawn_ask", ask_at, draw_at + timedelta(hours=12), asked)


def plan_for_visit(work: Work, patient: Patient, visit: Visit) -> None:
    """Plan a visit's reminders; those of an earlier plan are cancelled."""
    cancel_about(work, visit.clinic_id, _about(visit), "rescheduled")
    work.session.flush()
    day = day_of(work.session.get_one(Clinic, visit.clinic_id), patient)
    for reminder in reminders_for(visit.draw_at, day):
        _plan(work, patient, visit, reminder)
    dose = _dose_before(work, visit)
    if dose is not None:
        after_dose(work, patient, dose)


def _dose_before(work: Work, visit: Visit) -> Dose | None:
    """The last dose told that can be meant for a visit, when the visit is moved after it."""
    query = select(Dose).where(
        Dose.clinic_id == visit.clinic_id,
        Dose.patient_id == visit.patient_id,
        Dose.status == DoseStatus.TAKEN,
        Dose.taken_at >= visit.draw_at - _MEANT[1],
        Dose.taken_at <= visit.draw_at - _MEANT[0],
    )
    return work.session.exec(query.order_by(col(Dose.taken_at).desc())).first()


def cancel_for_visit(work: Work, visit: Visit, reason: str) -> None:
    cancel_about(work, visit.clinic_id, _about(visit), reason)


def after_dose(work: Work, patient: Patient, dose: Dose) -> None:
    """A dose was told before a planned draw: stop asking, and plan its own window."""
    visit = _visit_of(work, dose)
    if visit is None or dose.status != DoseStatus.TAKEN:
        return
    cancel_about(work, visit.clinic_id, _about(visit), "dose told", {"visit.dose", "visit.window"})
    work.session.flush()
    window = window_after(dose.taken_at)
    day = day_of(work.session.get_one(Clinic, visit.clinic_id), patient)
    data = {"opens_at": window.opens_at.isoformat(), "closes_at": window.closes_at.isoformat()}
    due_at = day.allowed(window.opens_at)
    _plan(work, patient, visit, Reminder("visit.window", due_at, window.closes_at, data))
    if not fits(window, visit.draw_at):
        _warn_clinic(work, visit)


def _visit_of(work: Work, dose: Dose) -> Visit | None:
    """The planned visit whose draw follows this dose by 12 to 36 h, so that it is meant for it."""
    query = select(Visit).where(
        Visit.clinic_id == dose.clinic_id,
        Visit.patient_id == dose.patient_id,
        Visit.status == VisitStatus.PLANNED,
        Visit.draw_at >= dose.taken_at + _MEANT[0],
        Visit.draw_at <= dose.taken_at + _MEANT[1],
    )
    return work.session.exec(query.order_by(col(Visit.draw_at))).first()


def _warn_clinic(work: Work, visit: Visit) -> None:
    work.session.add(InboxItem(
        clinic_id=visit.clinic_id, id=new_id(work.now), patient_id=visit.patient_id,
        kind=InboxKind.APPOINTMENT, text=f"draw planned at {visit.draw_at.isoformat()}",
        received_at=work.now,
    ))  # fmt: skip


def after_draw(work: Work, patient: Patient, visit: Visit) -> None:
    """The blood is drawn: nothing more is asked, and today's dose may be taken."""
    cancel_about(work, visit.clinic_id, _about(visit), "blood drawn")
    drawn_at = visit.drawn_at or work.now
    if work.now >= drawn_at + _STILL_TODAY:
        return
    dedupe = f"visit.take_now:{visit.id}"
    tell(work, patient, dedupe, "visit.take_now", about=_about(visit),
         not_after=drawn_at + _STILL_TODAY)  # fmt: skip


def _plan(work: Work, patient: Patient, visit: Visit, reminder: Reminder) -> None:
    if reminder.due_at <= work.now:
        return
    occurrence = f"{reminder.key}:{visit.id}:{reminder.due_at:%Y%m%d%H%M}"
    tell(
        work, patient, occurrence, reminder.key, reminder.data, about=_about(visit),
        due_at=reminder.due_at, not_after=reminder.not_after,
    )  # fmt: skip


def _about(visit: Visit) -> str:
    return f"visit:{visit.id}"
