"""The doses of one patient as spells, and the first reduction among them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, zip_longest
from zoneinfo import ZoneInfo

from app.services.cohort.wanted import midnight

# Months in which the paper counts; 365.25 days a year, 12 months.
MONTH_DAYS = 30.4375
Bounds = tuple[datetime, datetime, datetime]
_OPEN = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Spell:
    """So many mg a day, from the day it began to the day on which the next dose began.

    What is told or drawn on the day of a change is still of the dose before: our own choice.
    """

    dose_mg: int
    began_on: date
    ended_on: date | None

    def holds(self, day: date) -> bool:
        return self.began_on < day and (self.ended_on is None or day <= self.ended_on)


@dataclass(frozen=True, slots=True)
class Reduction:
    """The first change to a lower dose: the spell before it, and the one after it."""

    before: Spell
    after: Spell
    treated_from: date

    @property
    def on(self) -> date:
        return self.after.began_on


def spells_of(steps: Iterable[tuple[int, date]]) -> tuple[Spell, ...]:
    """Dose steps (mg, first day; oldest first) as spells; the same dose again is no change."""
    changes: list[tuple[int, date]] = []
    for dose_mg, day in steps:
        if not changes or changes[-1][0] != dose_mg:
            changes.append((dose_mg, day))
    ends = (day for _, day in changes[1:])
    return tuple(Spell(mg, began, ended) for (mg, began), ended in zip_longest(changes, ends))


def first_reduction(spells: Sequence[Spell]) -> Reduction | None:
    """A time without treatment (0 mg) is no lower dose."""
    treated = [one for one in spells if one.dose_mg]
    for before, after in pairwise(treated):
        if after.dose_mg < before.dose_mg:
            return Reduction(before, after, treated[0].began_on)
    return None


def bounds_of(reduction: Reduction, zone: ZoneInfo) -> Bounds:
    """When the spell before begins to count, when the one after does, and when that ends (UTC)."""
    before, after = reduction.before.began_on, reduction.after
    return _after(before, zone), _after(reduction.on, zone), _after(after.ended_on, zone)


def _after(day: date | None, zone: ZoneInfo) -> datetime:
    return midnight(day + timedelta(1), zone) if day else _OPEN


def months_between(start: date, end: date) -> float:
    return (end - start).days / MONTH_DAYS
