"""When the SF-36 is due: at baseline, at the first visit after a dose change, every 12 weeks. Pure.

The three occasions are the clinic's protocol (issue of the patient's side); the spans marked
so are [own].
"""

from dataclasses import dataclass
from datetime import date, timedelta

from app.services.pace import Course

EVERY = timedelta(weeks=12)
_DAY = timedelta(days=1)
_STILL_FRESH = timedelta(days=14)  # [own] answers so long before a visit need no new ones
_NOT_LATER = timedelta(days=7)  # [own] after a visit, until when it is still asked for

BASELINE, AFTER_CHANGE, TWELVE_WEEKS = "baseline", "after_change", "twelve_weeks"


@dataclass(frozen=True, slots=True)
class Past:
    """Days of the patient's calendar, each the first first.

    `asked_on` are the requests that ended, `asked_after_change_on` those of them that were
    for a change of dose.
    """

    answered_on: tuple[date, ...] = ()
    asked_on: tuple[date, ...] = ()
    asked_after_change_on: tuple[date, ...] = ()
    visits_on: tuple[date, ...] = ()


def sf36_due(first: date, course: Course, past: Past) -> tuple[date, str]:
    """From which day on it is asked for, `first` at the earliest, and why."""
    regular = _regular(first, past)
    if regular[1] == BASELINE:
        return regular
    visits = (_visit_after(change, first, past) for change in course.changed_on)
    due = [(max(first, visit - _DAY), AFTER_CHANGE) for visit in visits if visit]
    return min(regular, *due, key=lambda one: one[0]) if due else regular


def _regular(first: date, past: Past) -> tuple[date, str]:
    """One that was not answered is asked for again after as long as one that was."""
    why = TWELVE_WEEKS if past.answered_on else BASELINE
    before = (*past.answered_on[-1:], *past.asked_on[-1:])
    return (max(first, max(before) + EVERY) if before else first), why


def _visit_after(change: date, first: date, past: Past) -> date | None:
    """The first visit since a change, where the questionnaire is still wanted for it."""
    visit = next((day for day in past.visits_on if day > change), None)
    if visit is None or first > visit + _NOT_LATER:
        return None
    fresh = any(day >= max(change, visit - _STILL_FRESH) for day in past.answered_on)
    asked = any(day >= change for day in past.asked_after_change_on)
    return None if fresh or asked else visit
