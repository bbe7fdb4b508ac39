"""Each reminder that a provider took: was it its time, and was it still wanted?"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from rehearsal.findings import (
    AFTER_END,
    QUIET,
    SLACK,
    WINDOW,
    WRONG_TIME,
    Findings,
    is_excused,
)
from rehearsal.matched import Seen
from rehearsal.rules import (
    DAY,
    HOUR,
    Slot,
    at_clock,
    daily_slot,
    dose_meant,
    draw_days,
    is_spoiled,
    visit_slot,
    window_slot,
)
from rehearsal.truth import Draw, Person, Truth

_PROMPTS = ("check.", "questionnaire.")
_KINDS = ("visit.", "dose.daily", *_PROMPTS)
_EARLY = timedelta(seconds=30)
_SETTLES = 3 * DAY  # after a move or another wish, in which the weekday of a check may be the old
_WINDOW = ("visit.window", "visit.closing")


def _day_of(one: Seen) -> datetime:
    """Of "daily:PATIENT:DAY": what came today may be yesterday's."""
    return datetime.fromisoformat(str(one.row.about).rpartition(":")[2])


class RemindersJudged:
    """Judges by the truth alone; a row tells only what a message was about."""

    def __init__(self, truth: Truth, findings: Findings) -> None:
        self._truth, self._findings = truth, findings
        self._people = {str(person.chat_id): person for person in truth.people}

    def judge(self, seen: Sequence[Seen]) -> int:
        """How many reminders were judged."""
        count = 0
        for one in seen:
            person = self._people.get(one.one.to)
            if person is None or one.one.channel != "telegram":
                continue
            if person.died_at is not None and one.one.at >= person.died_at:
                self._add(AFTER_END, person, one, "to one who has died")
            if one.row.key.startswith(_KINDS):
                count += 1
                self._judge(person, one)
        return count

    def _add(self, line: str, person: Person, one: Seen, why: str) -> None:
        self._findings.add(line, person, one.one.at, f"{one.row.key} {why}")

    def _judge(self, person: Person, one: Seen) -> None:
        at, key = one.one.at, one.row.key
        if person.stopped.at(at):
            self._add(AFTER_END, person, one, "after STOP")
            return
        self._quiet(person, one)
        if key.startswith(_PROMPTS):
            self._prompt(person, one)
        elif key == "dose.daily":
            self._daily(person, one)
        else:
            self._visit(person, one)

    def _quiet(self, person: Person, one: Seen) -> None:
        """What the protocol needs may come earlier in the morning; an answer comes at once."""
        site, clock = person.site, person.here(one.one.at).time()
        of_visit = one.row.key.startswith("visit.")
        opens = site.protocol_from if of_visit else site.quiet_until
        if one.row.key != "visit.take_now" and not opens <= clock < site.quiet_from:
            self._add(QUIET, person, one, f"at {clock:%H:%M}")

    def _daily(self, person: Person, one: Seen) -> None:
        at = one.one.at
        usual, on = person.usual.at(at), _day_of(one)
        if usual is None:
            self._add(AFTER_END, person, one, "is not wanted")
            return
        self._in(daily_slot(person, on, usual, at), person, one)
        if any(on.date() == day.date() for day in draw_days(person, at)):
            self._add(WRONG_TIME, person, one, "on a day of a draw")
        if any(dose.told_at < at and person.here(dose.taken_at).date() == on.date()
               for dose in person.doses):  # fmt: skip
            self._add(WRONG_TIME, person, one, "after the dose was told")

    def _prompt(self, person: Person, one: Seen) -> None:
        at = one.one.at
        weekday, clock = person.check.at(at)
        here = person.here(at)
        due = at_clock(person, here, clock, at)
        self._in(Slot(due, at_clock(person, here, person.site.quiet_from, at)), person, one)
        lines = (person.zone, person.check)
        if any(line.changed(at - _SETTLES, at) for line in lines):
            return
        after = {"check.ask": (0, 3), "check.reminder": (1, 4)}.get(one.row.key, range(7))
        if (here.weekday() - weekday) % 7 not in after:
            self._add(WRONG_TIME, person, one, f"on weekday {here.weekday()} of {weekday}")

    def _visit(self, person: Person, one: Seen) -> None:
        draw = person.draws.get(str(one.row.about).removeprefix("visit:"))
        if draw is None:
            self._add(WRONG_TIME, person, one, "of no visit")
        elif one.row.key == "visit.take_now":
            self._take_now(person, draw, one)
        else:
            self._planned(person, draw, one)

    def _take_now(self, person: Person, draw: Draw, one: Seen) -> None:
        if draw.told_at is None or draw.drawn_at is None or one.one.at < draw.told_at:
            self._add(WINDOW, person, one, "before the draw was told")
        else:
            self._in(Slot(draw.told_at, draw.drawn_at + 12 * HOUR), person, one)

    def _planned(self, person: Person, draw: Draw, one: Seen) -> None:
        at, key = one.one.at, one.row.key
        draw_at = draw.plan.at(at)
        if draw_at is None:
            self._add(AFTER_END, person, one, "of a visit that is over or cancelled")
            return
        slot = self._slot(key, person, draw_at, at)
        if slot is None:
            self._add(WINDOW, person, one, "and no dose was told that opens a window")
        else:
            self._in(slot, person, one)
        if self._is_past(key, person, draw_at, at):
            self._add(WINDOW, person, one, "after a dose was told that makes it idle")

    def _slot(self, key: str, person: Person, draw_at: datetime, at: datetime) -> Slot | None:
        if key not in _WINDOW:
            return visit_slot(key, person, draw_at, at)
        dose = dose_meant(person, draw_at, at)
        return window_slot(key, person, dose.taken_at, at) if dose else None

    def _is_past(self, key: str, person: Person, draw_at: datetime, at: datetime) -> bool:
        if key == "visit.dose":
            return dose_meant(person, draw_at, at) is not None
        waits = key.startswith(("visit.hold", *_WINDOW))
        return waits and is_spoiled(person, draw_at, at)

    def _in(self, slot: Slot, person: Person, one: Seen) -> None:
        at = one.one.at
        line = WINDOW if slot.is_window else WRONG_TIME
        due = f"due {person.here(slot.due):%a %H:%M}, came {person.here(at):%a %H:%M:%S}"
        if at < slot.due - _EARLY:
            self._add(line, person, one, f"early: {due}")
        elif at > slot.last:
            self._add(line, person, one, f"too late: {due}")
        elif at > slot.due + SLACK and not self._had_to_wait(person, slot.due, at):
            self._add(line, person, one, f"late: {due}")

    def _had_to_wait(self, person: Person, due: datetime, at: datetime) -> bool:
        """For something that was away; and then through the night."""
        if is_excused(self._truth, due, at, "telegram"):
            return True
        here, opens = person.here(at), person.site.protocol_from
        morning = at_clock(person, here, opens, at)
        was_night = is_excused(self._truth, due, morning - 10 * HOUR, "telegram") or bool(
            self._truth.spells_in(max(due, morning - 10 * HOUR), morning, "telegram", "worker")
        )
        return was_night and morning <= at <= morning + HOUR
