"""How often a patient is asked how they feel: from dose changes and from how calm it was. Pure.

The paces are settings of the clinic; the spans below are [own].
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from models import CheckPace, Clinic

AFTER_CHANGE = timedelta(days=28)  # [own] of closer checks, from the day of the new dose
STABLE = timedelta(days=90)  # [own] without a change, a grade of 2 or more, or an alert
TROUBLE = 2  # [own] the grade from which a course is not calm
LOOKS_AHEAD = 100  # [own] days; a course that is calm from today on is stable within them

# [own] Days after the patient's weekday on which a check may fall.
_FALLS_ON = {
    CheckPace.TWICE_WEEKLY: (0, 3), CheckPace.WEEKLY: (0,),
    CheckPace.FORTNIGHTLY: (0,), CheckPace.NEVER: (),
}  # fmt: skip
# [own] The least time between two checks, so that another weekday brings no crowding.
_APART = {
    CheckPace.TWICE_WEEKLY: timedelta(days=2), CheckPace.WEEKLY: timedelta(days=4),
    CheckPace.FORTNIGHTLY: timedelta(days=11), CheckPace.NEVER: timedelta(0),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paces:
    """What a clinic has set."""

    usual: CheckPace
    after_change: CheckPace
    when_stable: CheckPace


@dataclass(frozen=True, slots=True)
class Course:
    """What sets the pace, in days of the patient's calendar.

    `steps` are (first day, daily dose), the first first; `troubled_on` is the last day of a
    grade of 2 or more, of an alert, or else of the patient's registration.
    """

    steps: tuple[tuple[date, int], ...]
    troubled_on: date

    @property
    def changed_on(self) -> Iterator[date]:
        """The days of a dose other than the one before; the first dose is no change."""
        return (new[0] for old, new in pairwise(self.steps) if new[1] != old[1])


def paces_of(clinic: Clinic) -> Paces:
    return Paces(clinic.checks_usual, clinic.checks_after_change, clinic.checks_when_stable)


def pace_on(day: date, course: Course, paces: Paces) -> CheckPace:
    """The pace of a day; none before the first dose."""
    if not course.steps or day < course.steps[0][0]:
        return CheckPace.NEVER
    changes = [change for change in course.changed_on if change <= day]
    if changes and day < changes[-1] + AFTER_CHANGE:
        return paces.after_change
    calm_since = max(course.steps[0][0], course.troubled_on, *changes)
    return paces.when_stable if day >= calm_since + STABLE else paces.usual


def falls_on(day: date, weekday: int, pace: CheckPace) -> bool:
    """Whether a check of this pace may fall on a day."""
    return (day.weekday() - weekday) % 7 in _FALLS_ON[pace]


def next_check(
    days: Sequence[date], last: date | None, weekday: int, course: Course, paces: Paces
) -> tuple[date, CheckPace] | None:
    """The first of some days on which a check is due, with its pace; None when on none."""
    for day in days:
        pace = pace_on(day, course, paces)
        apart = last is None or day >= last + _APART[pace]
        if apart and falls_on(day, weekday, pace):
            return day, pace
    return None


def days_from(first: date) -> list[date]:
    """As far as a check is looked for."""
    return [first + timedelta(days=ahead) for ahead in range(LOOKS_AHEAD)]
