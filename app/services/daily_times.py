"""When the daily reminder of a day goes, by the patient's wall clock. Pure. All [own]."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.clinical.draw_window import IDEAL_AFTER
from app.services.reminders import Day

_WAITS = timedelta(hours=4)
_BEFORE_QUIET = timedelta(minutes=30)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Daily:
    """A day of the calendar, from when to when it lasts, and its reminder."""

    on: date
    begins_at: datetime
    ends_at: datetime
    due_at: datetime
    not_after: datetime

    @property
    def draws(self) -> tuple[datetime, datetime]:
        """From when to when a draw lies whose dose is to be taken on this day."""
        return self.begins_at + IDEAL_AFTER, self.ends_at + IDEAL_AFTER


def daily_between(day: Day, usual: time, after: datetime, until: datetime) -> Iterator[Daily]:
    """The reminders due after a moment and until another; a day that a zone skips has none."""
    on, last = (moment.astimezone(day.zone).date() for moment in (after, until))
    while on <= last:
        due_at = daily_at(day, on, usual)
        if after < due_at <= until and due_at.astimezone(day.zone).date() == on:
            ends_at = day.at(on + _DAY, time())
            yield Daily(on, day.at(on, time()), ends_at, due_at, latest_of(day, due_at))
        on += _DAY


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
