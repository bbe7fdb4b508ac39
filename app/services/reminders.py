"""Reminders as rows, planned from a visit. Sending is the worker's.

Wall-clock times are the patient's; dose to draw is elapsed time. Sources: the dose the
day before and blood 22-26 h after it, Chen ZL et al. 2024; the clock times are [own].
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.clinical.draw_window import CLOSING_FOR, dose_times, fits, unfit, window_after
from app.services.about import about_day, about_visit
from app.services.desk_lines import leave_line
from app.services.meant import (
    dose_meant_for,
    is_dose_of_draw_day_taken,
    is_too_soon,
    visit_of,
    visit_spoiled_by,
)
from app.services.messages import cancel_about, tell
from app.work import Work
from models import Clinic, Dose, DoseStatus, Patient, Visit, VisitPurpose

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
SNOOZE_BUTTON = {"label": "dose.button.snooze", "data": "go:snooze"}
_HOLD_BUTTONS = [[{"label": "early.button", "data": "go:early"}]]
_OF_A_DOSE = {"visit.dose", "visit.dose_again", "visit.window", "visit.closing"}
_HOLD_AT = time(7)
_STILL_TODAY = timedelta(hours=12)  # after the draw, within which that day's dose is spoken of


@dataclass(frozen=True, slots=True)
class Reminder:
    """A message that is planned; after `not_after` it would be stale, or come at night."""

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
    times = {"dose_at": dose.ideal.isoformat(), "draw_at": draw_at.isoformat()}
    later = "_later" if _is_no_morning_dose(draw_at, day) else ""
    eve = day.at(dose_day - timedelta(days=1), day.evening_at)
    yield Reminder(f"visit.eve{later}", eve, dose.ideal, times)
    asked = {**times, "buttons": [*DOSE_BUTTONS, [SNOOZE_BUTTON]]}
    yield Reminder("visit.dose", day.allowed(dose.ideal), dose.latest, asked)
    yield _hold(f"visit.hold{later}", draw_at, day, times)
    asked = {**times, "buttons": DRAW_BUTTONS}
    ask_at = day.after_quiet(draw_at + timedelta(hours=1))
    yield Reminder("visit.drawn_ask", ask_at, draw_at + timedelta(hours=12), asked)


def _is_no_morning_dose(draw_at: datetime, day: Day) -> bool:
    """A draw so late that the dose of the day before comes after the morning."""
    found = unfit(draw_at, day.zone)
    return found is not None and found.reason == "too_late"


def _hold(key: str, draw_at: datetime, day: Day, times: dict[str, str]) -> Reminder:
    """Not to take the dose; on the day itself with a button for whoever has taken it."""
    draw_day = draw_at.astimezone(day.zone).date()
    due_at = day.allowed(min(day.at(draw_day, _HOLD_AT), draw_at - timedelta(hours=1)))
    on_the_day = due_at.astimezone(day.zone).date() == draw_day
    data = {**times, "buttons": _HOLD_BUTTONS} if on_the_day else dict(times)
    return Reminder(key, due_at, draw_at, data)


def reminders_of_dose(dose_at: datetime, day: Day) -> Iterator[Reminder]:
    """When the blood of a dose counts: as its window opens, and before it closes."""
    window = window_after(dose_at)
    times = {"opens_at": window.opens_at.isoformat(), "closes_at": window.closes_at.isoformat()}
    yield Reminder("visit.window", day.allowed(window.opens_at), window.closes_at, times)
    closing = window.closes_at - CLOSING_FOR
    if day.allowed(closing) == closing:
        asked = {**times, "buttons": DRAW_BUTTONS}
        yield Reminder("visit.closing", closing, window.closes_at, asked)


def plan_for_visit(work: Work, patient: Patient, visit: Visit) -> None:
    """Plan a visit's reminders; those of an earlier plan are cancelled."""
    cancel_about(work, visit.clinic_id, about_visit(visit), "rescheduled")
    work.session.flush()
    day = day_of(work.session.get_one(Clinic, visit.clinic_id), patient)
    if visit.purpose != VisitPurpose.TROUGH:
        _plan(work, patient, visit, _eve_of_visit(visit.draw_at, day))
        return
    for reminder in reminders_for(visit.draw_at, day):
        _plan(work, patient, visit, reminder)
    _no_daily(work, patient, visit, day)
    if not is_too_soon(visit):
        visit.dose_before_draw_at = None
    dose = dose_meant_for(work, visit)
    if dose is not None:
        after_dose(work, patient, dose)


def _eve_of_visit(at: datetime, day: Day) -> Reminder:
    """A visit without a draw is spoken of the evening before, and of no dose."""
    eve = at.astimezone(day.zone).date() - timedelta(days=1)
    due_at = day.at(eve, day.evening_at)
    return Reminder("visit.eve_plain", due_at, at, {"draw_at": at.isoformat()})


def _no_daily(work: Work, patient: Patient, visit: Visit, day: Day) -> None:
    """On the two days of a draw its own reminders take the place of the daily one."""
    for at in (dose_times(visit.draw_at).ideal, visit.draw_at):
        about = about_day(patient, at.astimezone(day.zone).date())
        cancel_about(work, visit.clinic_id, about, "a draw is planned")


def cancel_for_visit(work: Work, visit: Visit, reason: str) -> None:
    cancel_about(work, visit.clinic_id, about_visit(visit), reason)


def after_dose(work: Work, patient: Patient, dose: Dose) -> None:
    """A dose was told: what it means for a planned draw, and for whom."""
    visit = visit_of(work, patient, dose)
    if dose.status == DoseStatus.VOMITED:
        visit = visit or visit_spoiled_by(work, patient, dose)
    if dose.status != DoseStatus.TAKEN:
        if visit is not None:
            _tell_clinic(work, patient, visit, dose, f"dose_{dose.status.value}")
        return
    if visit is not None:
        _open_window(work, patient, visit, dose)
    spoiled = visit_spoiled_by(work, patient, dose)
    if spoiled is not None:
        _taken_too_soon(work, patient, spoiled, dose)


def _open_window(work: Work, patient: Patient, visit: Visit, dose: Dose) -> None:
    """Stop asking, and plan the dose's own window."""
    cancel_about(work, visit.clinic_id, about_visit(visit), "dose told", _OF_A_DOSE)
    work.session.flush()
    day = day_of(work.session.get_one(Clinic, visit.clinic_id), patient)
    for reminder in reminders_of_dose(dose.taken_at, day):
        _plan(work, patient, visit, reminder)
    if not fits(window_after(dose.taken_at), visit.draw_at):
        _tell_clinic(work, patient, visit, dose, "draw_outside")


def _taken_too_soon(work: Work, patient: Patient, visit: Visit, dose: Dose) -> None:
    """That day's dose did not wait for the draw: the level cannot be corrected."""
    if visit.dose_before_draw_at == dose.taken_at:
        return
    visit.dose_before_draw_at = dose.taken_at
    keys = {"visit.hold", "visit.hold_later", "visit.window", "visit.closing"}
    cancel_about(work, visit.clinic_id, about_visit(visit), "dose taken before the draw", keys)
    is_past = visit.draw_at <= dose.taken_at
    _tell_clinic(work, patient, visit, dose, "dose_undrawn" if is_past else "dose_too_soon")


def _tell_clinic(work: Work, patient: Patient, visit: Visit, dose: Dose, key: str) -> None:
    window = window_after(dose.taken_at)
    leave_line(work, patient, key, {
        "draw_at": visit.draw_at.isoformat(), "taken_at": dose.taken_at.isoformat(),
        "opens_at": window.opens_at.isoformat(), "closes_at": window.closes_at.isoformat(),
    })  # fmt: skip


def after_draw(work: Work, patient: Patient, visit: Visit) -> None:
    """The blood is drawn: nothing more is asked, and today's dose may be taken, but once."""
    cancel_about(work, visit.clinic_id, about_visit(visit), "blood drawn")
    drawn_at = visit.drawn_at or work.now
    is_past = work.now >= drawn_at + _STILL_TODAY
    if is_past or is_dose_of_draw_day_taken(work, patient, visit):
        return
    dedupe = f"visit.take_now:{visit.id}"
    tell(work, patient, dedupe, "visit.take_now", {"buttons": DOSE_BUTTONS},
         about=about_visit(visit), not_after=drawn_at + _STILL_TODAY)  # fmt: skip


def _plan(work: Work, patient: Patient, visit: Visit, reminder: Reminder) -> None:
    if reminder.due_at <= work.now:
        return
    occurrence = f"{reminder.key}:{visit.id}:{reminder.due_at:%Y%m%d%H%M}"
    tell(
        work, patient, occurrence, reminder.key, reminder.data, about=about_visit(visit),
        due_at=reminder.due_at, not_after=reminder.not_after,
    )  # fmt: skip
