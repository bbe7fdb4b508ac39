"""The rows beside what the provider saw: what was lost, what came twice, and why."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from models import Channel, Message

_OF_A_DEAD_WORKER = 14  # attempts, as which the delivery counts a lease that lapsed
ARRIVED = ("sent", "delivered")


@dataclass(slots=True)
class Count:
    """What a run came to; `unexplained` says in words what should not be."""

    rows: int = 0
    doubled_rows: int = 0
    lost: int = 0
    at_provider: int = 0
    repeats: int = 0
    texts_repeated: int = 0
    unexplained: list[str] = field(default_factory=list)

    def words(self) -> str:
        fault = "".join(f"\n  UNEXPLAINED: {one}" for one in self.unexplained[:20])
        return (
            f"{self.rows} rows, {self.at_provider} at the provider; lost {self.lost}, doubled rows "
            f"{self.doubled_rows}, repeats {self.repeats} (texts {self.texts_repeated}), "
            f"unexplained {len(self.unexplained)}{fault}"
        )


def count(
    said: int, rows: Sequence[Message], seen: Iterable[tuple[str, str]],
    others: Iterable[Message] = (),
) -> Count:  # fmt: skip
    """`seen` is (address, words) of each thing that the provider took, as often as it took it.

    `others` are rows that the workers made meanwhile: a text to the operator, say.
    """
    theirs = {(str(row.sent_to), str(row.sent_body)) for row in others}
    times = Counter(one for one in seen if one not in theirs)
    result = Count(rows=len(rows), at_provider=times.total())
    result.doubled_rows = len(rows) - len({(row.clinic_id, row.dedupe) for row in rows})
    if len(rows) != said:
        result.unexplained.append(f"{said} were written, {len(rows)} are there")
    for row in rows:
        _count_one(result, row, times.pop((str(row.sent_to), str(row.sent_body)), 0))
    result.unexplained += [f"no row says {words!r} to {to}" for to, words in times]
    return result


def _count_one(result: Count, row: Message, times: int) -> None:
    if times == 0 or row.state not in ARRIVED:
        result.lost += times == 0
        result.unexplained.append(f"{row.dedupe} is {row.state} ({row.reason}), seen {times} times")
    repeats = max(times - 1, 0)
    result.repeats += repeats
    result.texts_repeated += repeats if row.channel == Channel.SMS else 0
    if repeats > lapses(row):
        result.unexplained.append(f"{row.dedupe} seen {times} times, attempts {row.attempts}")


def lapses(row: Message) -> int:
    """How many workers died with it, as its row says. A text in doubt is looked up: none repeats."""
    return 0 if row.channel == Channel.SMS else row.attempts // _OF_A_DEAD_WORKER
