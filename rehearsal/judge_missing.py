"""What should have come and did not: silence is no safety."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from rehearsal.findings import MISSING, RECOVERY, SLACK, Findings
from rehearsal.matched import Seen
from rehearsal.rules import (
    DAY,
    HOUR,
    Slot,
    after_quiet,
    at_clock,
    daily_slot,
    dose_meant,
    draw_days,
    is_spoiled,
    visit_slot,
    window_slot,
)
from rehearsal.truth import Draw, Person, Truth

_SEEN_AHEAD = 60 * HOUR  # in which nothing may have changed, so that it is plain what is due
_CHECKED_WITHIN = 25 * DAY  # at the slowest pace
_FORTNIGHT = 14 * DAY  # from a check that nobody could be sent to the next


class MissingFound:
    """Looks only where it is plain that something was due: steady, unstopped, nobody away."""

    def __init__(self, truth: Truth, findings: Findings) -> None:
        self._truth, self._findings = truth, findings
        self._came: defaultdict[tuple[str, str, str], list[datetime]] = defaultdict(list)

    def look(self, seen: Sequence[Seen]) -> int:
        """How many occurrences were due."""
        for one in seen:
            about = str(one.row.about) if one.row.key.startswith("visit.") else ""
            name = one.row.key.removesuffix("_later")
            self._came[one.one.to, name, about].append(one.one.at)
        due = 0
        for person in self._truth.people:
            for what in (self._daily(person), self._visits(person), self._checks(person)):
                for name, about, slot in what:
                    due += 1
                    self._expect(person, name, about, slot)
        return due

    def _expect(self, person: Person, name: str, about: str, slot: Slot) -> None:
        came = self._came[str(person.chat_id), name, about]
        if not any(slot.due - HOUR <= at <= slot.last for at in came):
            detail = f"{name} due {person.here(slot.due):%a %Y-%m-%d %H:%M} of the patient"
            self._findings.add(MISSING, person, slot.due, detail)

    def _is_plain(self, person: Person, since: datetime, slot: Slot) -> bool:
        if not self._truth.start + 2 * DAY < since or slot.last > self._truth.end - HOUR:
            return False
        away = self._truth.spells_in(slot.due - HOUR, slot.last, "telegram", "worker")
        return not away and person.is_steady(since, slot.last)

    def _daily(self, person: Person) -> Iterator[tuple[str, str, Slot]]:
        on = person.here(self._truth.start).replace(hour=12, minute=0, second=0)
        while on < person.here(self._truth.end):
            slot = self._slot_of_day(person, on)
            if slot is not None and self._wants_daily(person, on, slot):
                yield "dose.daily", "", slot
            on += DAY

    def _slot_of_day(self, person: Person, on: datetime) -> Slot | None:
        """By the zone and the wish that are in force when it is due; None while they change."""
        asked, slot = self._noon(person, on), None
        for _ in range(3):
            usual = person.usual.at(asked)
            if usual is None:
                return None
            slot, before = daily_slot(person, on, usual, asked), slot
            if slot == before:
                return slot
            asked = slot.due
        return None

    def _noon(self, person: Person, on: datetime) -> datetime:
        """Near enough to ask which zone and wish were in force that day."""
        return self._truth.start + (on - person.here(self._truth.start))

    def _wants_daily(self, person: Person, on: datetime, slot: Slot) -> bool:
        if not self._is_plain(person, slot.due - _SEEN_AHEAD, slot):
            return False
        is_told = any(
            dose.told_at <= slot.due and person.here(dose.taken_at).date() == on.date()
            for dose in person.doses
        )
        return not is_told and all(day.date() != on.date() for day in draw_days(person, slot.due))

    def _visits(self, person: Person) -> Iterator[tuple[str, str, Slot]]:
        for draw in person.draws.values():
            for since, draw_at in zip(draw.plan.moments, draw.plan.values, strict=True):
                if draw_at is not None:
                    yield from self._of_plan(person, draw, since, draw_at)

    def _of_plan(
        self, person: Person, draw: Draw, since: datetime, draw_at: datetime
    ) -> Iterator[tuple[str, str, Slot]]:
        for name, slot in self._slots(person, draw, draw_at):
            ready = slot.due - 6 * HOUR
            kept = draw.plan.is_steady(since, slot.due)
            if since < ready and kept and self._is_plain(person, ready, slot):
                yield name, f"visit:{draw.id}", slot

    def _slots(self, person: Person, draw: Draw, draw_at: datetime) -> Iterator[tuple[str, Slot]]:
        if not draw.is_trough:
            yield from self._slot("visit.eve_plain", person, draw_at)
            return
        yield from self._slot("visit.eve", person, draw_at)
        yield from self._slot("visit.dose", person, draw_at)
        yield from self._slot("visit.hold", person, draw_at)
        yield from self._window(person, draw_at)

    def _window(self, person: Person, draw_at: datetime) -> Iterator[tuple[str, Slot]]:
        """Of a dose that was told early enough to speak of its window."""
        dose = dose_meant(person, draw_at, draw_at)
        if dose is None or is_spoiled(person, draw_at, draw_at):
            return
        window = window_slot("visit.window", person, dose.taken_at, draw_at)
        if dose.told_at < window.due - timedelta(minutes=5):
            yield "visit.window", window

    def _slot(self, name: str, person: Person, draw_at: datetime) -> Iterator[tuple[str, Slot]]:
        """Unless a dose told before makes it idle."""
        slot = visit_slot(name, person, draw_at, draw_at)
        if slot is None:
            return
        idle = {
            "visit.dose": dose_meant(person, draw_at, slot.due) is not None,
            "visit.hold": is_spoiled(person, draw_at, slot.due),
        }
        if not idle.get(name):
            yield name, slot

    def _checks(self, person: Person) -> Iterator[tuple[str, str, Slot]]:
        """One within the slowest pace, wherever nothing changed for so long."""
        since = self._truth.start + 4 * DAY
        while since + _CHECKED_WITHIN < self._truth.end:
            slot = Slot(since + HOUR, self._checked_by(person, since))
            if slot.last < self._truth.end and person.is_steady(since - 4 * DAY, slot.last):
                yield "check.ask", "", slot
            since += _CHECKED_WITHIN

    def _checked_by(self, person: Person, since: datetime) -> datetime:
        """A check that fell into an outage is not made up for: the next comes by the pace."""
        last, lost = since + _CHECKED_WITHIN, -1
        while (found := sum(self._lost_checks(person, since, last))) != lost:
            last, lost = since + _CHECKED_WITHIN + found * _FORTNIGHT, found
        return last

    def _lost_checks(self, person: Person, since: datetime, until: datetime) -> Iterator[bool]:
        """For each of the days on which one may fall, whether it could not be sent all day."""
        weekday, clock = person.check.at(since)
        for n in range((until - since).days + 1):
            on = person.here(since + n * DAY)
            if on.weekday() == weekday:
                due = after_quiet(person, at_clock(person, on, clock, since), since)
                ends = at_clock(person, on, person.site.quiet_from, since)
                spells = self._truth.spells_in(due, due + SLACK, "telegram", "worker")
                yield any(one.until + RECOVERY >= ends for one in spells)
