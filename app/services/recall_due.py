"""What is due for one patient, from what is on record. Pure.

A level is due 1 month after the first dose and after every change of dose, a visit every 2-3
months, blood count, liver and kidney function within 1 week of a level (Chen ZL et al., Chin J
Gastrointest Surg 2024;27(11):1149). Days are of the patient's calendar; spans marked so are [own].
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.clinical.trough import STEADY_STATE_AFTER
from app.clinical.watch import OVERDUE_AFTER_DAY
from app.services.what_counts import LAB_FAMILIES
from models import RecallKind

_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)
_LEVEL_LATE = timedelta(days=OVERDUE_AFTER_DAY + 1)
_TWO_MONTHS = timedelta(days=61)  # [own] from when on the next visit is due
_THREE_MONTHS = timedelta(days=92)  # [own] after which it is late
_LABS_SOUGHT = timedelta(days=35)  # [own] after a level, for which missing results are asked for
_DEFERRED_LATE = timedelta(days=14)  # [own]


@dataclass(frozen=True, slots=True)
class Planned:
    """A visit to come: when, on which day of the patient's, and whether blood is drawn."""

    at: datetime
    on: date
    has_draw: bool


@dataclass(frozen=True, slots=True)
class Pending:
    """A decision that is not done: deferred, waiting for a second person, or not told."""

    kind: RecallKind
    id: str
    since: date
    late_on: date


@dataclass(frozen=True, slots=True)
class Facts:
    """Of one patient: dose steps (the first first), the last level that counts, when last seen,
    labs by day.

    `repeat` is the day of a later level that does not count, and why. `today` is the patient's day.
    """

    steps: Sequence[tuple[date, int]] = ()
    level_on: date | None = None
    level_id: str | None = None
    attended_on: date | None = None
    planned: Sequence[Planned] = ()
    labs: Mapping[str, Sequence[date]] | None = None
    pending: Sequence[Pending] = ()
    repeat: tuple[date, str] | None = None
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """What is due from a day on, late from another, and of no use after `until_on`."""

    kind: RecallKind
    due_on: date
    overdue_on: date
    until_on: date | None = None
    planned_at: datetime | None = None
    missing: tuple[str, ...] = ()
    about: str | None = None


def dues_of(facts: Facts) -> list[Due]:
    """All that is due of a patient, whether soon or later; at most one of each kind."""
    level = _level(facts)
    visit = None if level else _visit(facts)
    found = [one for one in (level, visit, _labs(facts)) if one is not None]
    return [*found, *_decisions(facts)]


def deferred(decision_id: str, on: date) -> Pending:
    return Pending(RecallKind.DECISION, decision_id, on, on + _DEFERRED_LATE)


def waiting(decision_id: str, on: date) -> Pending:
    return Pending(RecallKind.CONFIRMATION, decision_id, on, on + _DAY)


def untold(decision_id: str, on: date, starts_on: date) -> Pending:
    """A new dose is to be known by the day on which it starts."""
    return Pending(RecallKind.TELL, decision_id, on, max(starts_on, on + _DAY))


def _level(facts: Facts) -> Due | None:
    """One month after the last step that changed the dose; none while the treatment is stopped."""
    changed_on = _changed_on(facts.steps)
    if changed_on is None:
        return None
    due_on = changed_on + STEADY_STATE_AFTER
    if facts.level_on is not None and facts.level_on >= due_on:
        return None
    planned = [one.at for one in facts.planned if one.has_draw and one.on >= due_on]
    again = facts.repeat[1:] if facts.repeat and facts.repeat[0] >= changed_on else ()
    return Due(
        RecallKind.LEVEL, due_on, changed_on + _LEVEL_LATE, planned_at=max(planned, default=None),
        missing=again,
    )  # fmt: skip


def _changed_on(steps: Sequence[tuple[date, int]]) -> date | None:
    if not steps or not steps[-1][1]:
        return None
    before = [None, *(mg for _, mg in steps)]
    pairs = zip(steps, before, strict=False)
    return [on for (on, mg), was in pairs if mg != was][-1]


def _visit(facts: Facts) -> Due | None:
    """Two months after the patient was last seen, or began; while treated."""
    if not facts.steps or not facts.steps[-1][1]:
        return None
    seen = [one for one in (facts.attended_on, facts.level_on) if one is not None]
    last = max(seen, default=facts.steps[0][0])
    planned_at = max((one.at for one in facts.planned), default=None)
    return Due(
        RecallKind.VISIT, last + _TWO_MONTHS, last + _THREE_MONTHS + _DAY, planned_at=planned_at
    )


def _labs(facts: Facts) -> Due | None:
    """What of the laboratory is not there within a week of the last level."""
    drawn_on, labs = facts.level_on, facts.labs or {}
    if drawn_on is None:
        return None
    missing = tuple(
        family for family in LAB_FAMILIES
        if not any(abs(on - drawn_on) <= _WEEK for on in labs.get(family, ()))
    )  # fmt: skip
    if not missing:
        return None
    planned_at, until_on = _labs_planned(facts, drawn_on)
    return Due(
        RecallKind.LABS, drawn_on, drawn_on + _WEEK + _DAY, until_on, planned_at, missing,
        facts.level_id,
    )  # fmt: skip


def _labs_planned(facts: Facts, drawn_on: date) -> tuple[datetime | None, date]:
    """For when they are planned, and until which day they are asked for.

    Within the week a visit for them counts; what is over then comes with the next visit.
    """
    last, until_on = drawn_on + _WEEK, drawn_on + _LABS_SOUGHT
    near = [
        one.at for one in facts.planned
        if one.on <= last or (not one.has_draw and one.on <= until_on)
    ]  # fmt: skip
    next_at = min((one.at for one in facts.planned), default=None)
    if near or next_at is None:
        return max(near, default=None), until_on
    is_over = facts.today is not None and facts.today > last
    return (next_at, until_on) if is_over else (None, last)


def _decisions(facts: Facts) -> Iterator[Due]:
    for one in facts.pending:
        yield Due(one.kind, one.since, one.late_on, about=one.id)
