"""What the auditor finds: a word, how many, since when, and whether it was put right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

_REPAIRED = "repaired"


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of fault of the clockwork; docs/operating.md says what each word means."""

    word: str
    count: int
    oldest: datetime | None = None
    repaired: bool = False

    def __str__(self) -> str:
        return f"{self.word} {self.count}{' ' + _REPAIRED if self.repaired else ''}"


def read_finding(said: str) -> Finding:
    """As a heartbeat keeps it."""
    word, count, *more = said.split()
    return Finding(word, int(count), repaired=_REPAIRED in more)


def found(
    word: str, moments: Sequence[datetime | None], *, repaired: bool = False
) -> list[Finding]:
    """A finding of so many, the oldest of these moments; nothing when there are none."""
    if not moments:
        return []
    known = [moment for moment in moments if moment is not None]
    return [Finding(word, len(moments), min(known, default=None), repaired)]
