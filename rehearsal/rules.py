"""When a reminder belongs, written anew from the design; the product is never asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from rehearsal.cohort import moment
from rehearsal.truth import Draw, Person, ToldDose

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MEANT = 12 * HOUR, 36 * HOUR
_CLOSING = timedelta(minutes=30)
_BEFORE_QUIET = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Slot:
    """Due at a moment, and of no use after another; by the window of a dose, or by the clock."""

    due: datetime
    last: datetime
    is_window: bool = False


def at_clock(person: Person, on: datetime, clock: time, now: datetime) -> datetime:
    """A clock time on the day of a wall-clock moment, in the zone where the person is now."""
    return moment(on.date(), clock, person.zone.at(now))


def allowed(person: Person, wanted: datetime, now: datetime) -> datetime:
    """By day as wanted; else the evening before."""
    here, site = _here(person, wanted, now), person.site
    if site.protocol_from <= here.time() < site.quiet_from:
        return wanted
    evening = here - DAY if here.time() < site.protocol_from else here
    return at_clock(person, evening, site.evening_at, now)


def after_quiet(person: Person, wanted: datetime, now: datetime) -> datetime:
    """By day as wanted; else in the morning after."""
    here, site = _here(person, wanted, now), person.site
    if site.quiet_until <= here.time() < site.quiet_from:
        return wanted
    morning = here + DAY if here.time() >= site.quiet_from else here
    return at_clock(person, morning, site.quiet_until, now)


def _here(person: Person, at: datetime, now: datetime) -> datetime:
    """The wall clock at a moment by the zone of now."""
    return at.astimezone(ZoneInfo(person.zone.at(now))).replace(tzinfo=None)


def daily_slot(person: Person, on: datetime, usual: time, now: datetime) -> Slot:
    """At the usual hour; out of the quiet hours to their nearer end; four hours at most."""
    site = person.site
    quiet = at_clock(person, on, site.quiet_from, now)
    due = min(at_clock(person, on, usual, now), quiet - _BEFORE_QUIET)
    due = max(due, at_clock(person, on, site.quiet_until, now))
    return Slot(due, min(due + 4 * HOUR, quiet))


def visit_slot(key: str, person: Person, draw_at: datetime, now: datetime) -> Slot | None:
    """When a reminder of a planned draw belongs; None for a key that is of no draw."""
    dose = draw_at - DAY
    here = _here(person, draw_at, now)
    name = key.removesuffix("_later")
    if name == "visit.eve":
        eve = _here(person, dose, now) - DAY
        return Slot(at_clock(person, eve, person.site.evening_at, now), dose)
    if name == "visit.eve_plain":
        return Slot(at_clock(person, here - DAY, person.site.evening_at, now), draw_at)
    if name == "visit.dose":
        return Slot(allowed(person, dose, now), draw_at - 22 * HOUR, is_window=True)
    if name == "visit.hold":
        wanted = min(at_clock(person, here, time(7), now), draw_at - HOUR)
        return Slot(allowed(person, wanted, now), draw_at, is_window=True)
    if name == "visit.drawn_ask":
        return Slot(after_quiet(person, draw_at + HOUR, now), draw_at + 12 * HOUR)
    return None


def window_slot(key: str, person: Person, taken_at: datetime, now: datetime) -> Slot:
    """When the window of a dose is spoken of: elapsed hours."""
    closes = taken_at + 26 * HOUR
    if key == "visit.closing":
        return Slot(closes - _CLOSING, closes, is_window=True)
    return Slot(allowed(person, taken_at + 22 * HOUR, now), closes, is_window=True)


def dose_meant(person: Person, draw_at: datetime, now: datetime) -> ToldDose | None:
    """The last dose told by now that was meant for a draw."""
    told = [
        dose for dose in person.doses
        if dose.told_at <= now and dose.status == "taken"
        and MEANT[0] <= draw_at - dose.taken_at <= MEANT[1]
    ]  # fmt: skip
    return max(told, key=lambda dose: dose.taken_at, default=None)


def is_spoiled(person: Person, draw_at: datetime, now: datetime) -> bool:
    """Whether a dose was told that did not wait for the draw."""
    return any(
        dose.told_at <= now and dose.status == "taken" and abs(draw_at - dose.taken_at) < MEANT[0]
        for dose in person.doses
    )


def draw_days(person: Person, now: datetime) -> Iterator[datetime]:
    """Wall-clock moments of the days on which a draw speaks in place of the daily reminder."""
    for draw in person.draws.values():
        at = planned_or_drawn(draw, now)
        if draw.is_trough and at is not None:
            yield from (_here(person, one, now) for one in (at - DAY, at))


def planned_or_drawn(draw: Draw, now: datetime) -> datetime | None:
    """The time of a draw that is to come or took place; None for one that was given up."""
    if draw.given_up_at is not None and draw.given_up_at <= now:
        return None
    known = [at for since, at in zip(draw.plan.moments, draw.plan.values, strict=True)
             if since <= now and at is not None]  # fmt: skip
    return known[-1] if known else None
