"""When a prompt is asked, reminded of and closed, by the patient's wall clock. Pure. All [own]."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from app.services.reminders import Day, Reminder

_DAY = timedelta(days=1)
_BEFORE_QUIET = timedelta(minutes=1)
_AGAIN = (2, 5)  # days after the SF-36 was asked for
_THEN_CLOSED = timedelta(days=2)

CHECK_BUTTONS = [
    [{"label": "home.well", "data": "go:well"}],
    [{"label": "check.button.trouble", "data": "go:symptoms"}],
]
BEGIN_BUTTONS = [[{"label": "questionnaire.button.begin", "data": "go:sf36"}]]


@dataclass(frozen=True, slots=True)
class Times:
    """All of a prompt: the first sending asks, the others remind."""

    sendings: tuple[Reminder, ...]
    closes_at: datetime

    @property
    def due_at(self) -> datetime:
        return self.sendings[0].due_at


def occurrence(prompt_id: str, sending: Reminder) -> str:
    """The one word by which a sending of a prompt is made once."""
    return f"{sending.key}:{prompt_id}:{sending.due_at:%Y%m%d%H%M}"


def check_times(on: date, at: time, day: Day) -> Times:
    """Asked, reminded of the next day, and closed the day after."""
    asked = _sending("check.ask", on, at, day, CHECK_BUTTONS)
    reminded = _sending("check.reminder", on + _DAY, at, day, CHECK_BUTTONS)
    return Times((asked, reminded), _due(on + 2 * _DAY, at, day))


def sf36_times(on: date, at: time, day: Day, is_check_day: Callable[[date], bool]) -> Times:
    """Asked, reminded twice, then closed; the days of a check are left to the check."""
    first = _free(on, is_check_day)
    again = [_free(first + days * _DAY, is_check_day) for days in _AGAIN]
    reminders = [_sending("questionnaire.reminder", one, at, day, BEGIN_BUTTONS) for one in again]
    asked = _sending("questionnaire.ask", first, at, day, BEGIN_BUTTONS)
    return Times((asked, *reminders), _due(again[-1] + _THEN_CLOSED, at, day))


def _free(on: date, is_check_day: Callable[[date], bool]) -> date:
    """The day itself, or the next on which no check is asked or reminded of."""
    while is_check_day(on) or is_check_day(on - _DAY):
        on += _DAY
    return on


def _sending(key: str, on: date, at: time, day: Day, buttons: list[Any]) -> Reminder:
    due_at = _due(on, at, day)
    here = due_at.astimezone(day.zone).date()
    not_after = day.at(here, day.quiet_from) - _BEFORE_QUIET
    return Reminder(key, min(due_at, not_after), not_after, {"buttons": buttons})


def _due(on: date, at: time, day: Day) -> datetime:
    return day.after_quiet(day.at(on, at))
