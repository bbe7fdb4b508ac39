"""What the oracle found, by the line of the report that it belongs to."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from rehearsal.truth import Person, Truth

LOST = "alerts lost"
LATE = "alerts late beyond any outage"
AFTER_ANSWER = "alerts sent after they were answered"
FORGOTTEN = "answered alerts that did not come back"
DOUBLED = "doubled rows"
REPEATED = "repeats at a provider without an explanation"
WRONG_TIME = "reminders at a wrong time"
QUIET = "reminders in the quiet hours"
AFTER_END = "reminders after stop, death or cancellation"
WINDOW = "outside the window"
MISSING = "reminders that never came"
UNKEPT = "told and not kept"
LINES = (
    LOST, LATE, AFTER_ANSWER, FORGOTTEN, DOUBLED, REPEATED, WRONG_TIME, QUIET, AFTER_END, WINDOW,
    MISSING, UNKEPT,
)  # fmt: skip

SLACK = timedelta(minutes=2)
RECOVERY = timedelta(minutes=40)  # the longest wait between two attempts, with its jitter
RECOVERY_OF_CALLS = timedelta(minutes=6)  # and of what calls somebody about an open alert


@dataclass(slots=True)
class Findings:
    """Details by line."""

    found: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, line: str, person: Person | None, at: datetime, detail: str) -> None:
        who = person.code if person else "-"
        self.found[line].append(f"{at:%Y-%m-%d %H:%M:%S} {who}: {detail}")

    def count(self, line: str) -> int:
        return len(self.found.get(line, ()))


def is_excused(
    truth: Truth, due: datetime, at: datetime, what: str, recovery: timedelta = RECOVERY
) -> bool:
    """Whether what was due and came late had to wait for something that was away."""
    spells = truth.spells_in(due, at, what, "worker", "lease")
    return bool(spells) and at <= max(spell.until for spell in spells) + recovery
