"""Which row each acceptance of a provider is of; what no row explains."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models import Message
from rehearsal.findings import DOUBLED, REPEATED, Findings
from rehearsal.providers import Accepted
from rehearsal.truth import Truth


@dataclass(frozen=True, slots=True)
class Seen:
    """Taken by a provider, and the row that it came from."""

    one: Accepted
    row: Message


def match(ledger: Sequence[Accepted], rows: Sequence[Message], findings: Findings) -> list[Seen]:
    """By our reference, the provider's number, else by address and words of a row tried again."""
    by_id = {f"{row.clinic_id}.{row.id}": row for row in rows}
    by_sid = {row.provider_id: row for row in rows if row.provider_id}
    by_words: defaultdict[tuple[str | None, str | None], list[Message]] = defaultdict(list)
    for row in rows:
        if row.attempts > 1 or row.sent_at is None:
            by_words[row.sent_to, row.sent_body].append(row)
    seen = []
    for one in ledger:
        known = by_id.get(one.reference) or by_sid.get(one.sid)
        known = known or _tried(one, by_words[one.to, one.body])
        if known is None:
            findings.add(REPEATED, None, one.at, f"{one.channel} {one.sid} is of no row")
        else:
            seen.append(Seen(one, known))
    return seen


def _tried(one: Accepted, rows: Sequence[Message]) -> Message | None:
    """The row of the same words that was under way then: it was sent soon after, or never.

    A reminder says the same each day, and one that ended in an outage has those words as well.
    """
    under_way = [
        row for row in rows
        if row.made_at <= one.at and (row.sent_at is None or row.sent_at >= one.at)
    ]  # fmt: skip
    return min(under_way, key=lambda row: abs((row.sent_at or row.due_at) - one.at), default=None)


def judge_rows(
    truth: Truth, seen: Sequence[Seen], rows: Sequence[Message], findings: Findings
) -> int:
    """Doubled rows, and repeats; how many repeats were explained by their rows."""
    for row in _doubled(rows):
        findings.add(DOUBLED, None, row.made_at, f"{row.key} {row.about} {row.due_at}")
    taken = Counter((one.row.clinic_id, one.row.id) for one in seen)
    explained = 0
    for one in seen:
        times = taken.pop((one.row.clinic_id, one.row.id), 0)
        if times < 2:
            continue
        if one.one.channel == "telegram" and one.row.attempts >= times:
            explained += times - 1
        else:
            detail = f"{one.row.key} taken {times} times in {one.row.attempts} attempts"
            findings.add(REPEATED, None, one.one.at, detail)
    return explained


def _doubled(rows: Sequence[Message]) -> Iterator[Message]:
    """Two rows sent for one occurrence: same recipient, key, subject and due time.

    What waits for a provider is due later and later; a text to the operator is of its hour.
    """
    known = set()
    for row in rows:
        if row.dedupe.startswith("reply:") or row.sent_at is None:
            continue
        is_alarm = str(row.about).startswith("operator:")
        when = row.made_at.replace(minute=0, second=0, microsecond=0) if is_alarm else row.due_at
        to = row.clinic_id, row.channel, row.chat_id, row.staff_id, row.sent_to
        once = (*to, row.key, row.about, when)
        if once in known:
            yield row
        known.add(once)
