"""The mark of what a summary showed, by which a decision is known to be on just that.

One short digest for each part that a decision rests on, so that a difference can be named.
"""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from app.services.errors import Conflict
from app.services.summary_rows import Summary

_BYTES = 6  # of a digest: enough that no two states of one patient are taken for each other


class ChangedSince(Conflict):
    """What was decided on has changed since: read the summary again, and send its `seen`.

    `changed` names the parts; `now` is the summary as it stands.
    """

    def __init__(self, changed: tuple[str, ...], now: Summary) -> None:
        told = f"Changed since it was read: {', '.join(changed)}."
        super().__init__(f"{told} Read the summary again and send its `seen`.", "seen")
        self.changed, self.now = changed, now


def seen_of(summary: Summary) -> str:
    """The mark, such as `rule:0a1b2c3d4e5f.dose:..`; the same as long as nothing of it changed.

    The days at a dose and the estimate are left out: they move with the clock alone, and what
    follows from them stands in the proposal.
    """
    return ".".join(f"{name}:{_digest(part(summary))}" for name, part in _PARTS.items())


def check_seen(told: str | None, summary: Summary) -> None:
    """Nothing without a mark. Raises ChangedSince, with the parts in their order."""
    if told is None:
        return
    known = set(told.split("."))
    changed = tuple(
        one.partition(":")[0] for one in seen_of(summary).split(".") if one not in known
    )
    if changed:
        raise ChangedSince(changed, summary)


def _digest(part: Any) -> str:
    told = json.dumps(part, default=str, sort_keys=True)
    return hashlib.blake2b(told.encode(), digest_size=_BYTES).hexdigest()


def _rule(summary: Summary) -> Any:
    if summary.dose_rule is None:
        return None
    found = summary.dose_rule.proposal
    return found.branch, found.proposed_doses_mg, found.reasons, found.missing


def _grades(summary: Summary) -> Any:
    put = summary.dose_rule.inputs if summary.dose_rule else None
    return (put.worst_grade, put.intolerable) if put else None


def _levels(summary: Summary) -> Any:
    put = summary.dose_rule.inputs if summary.dose_rule else None
    first = (put.first_trough_ug_per_l, put.first_trough_at) if put else None
    each = [(one.id, one.raw_ug_per_l, one.corrected_ug_per_l) for one in summary.levels]
    return first, each


def _dose(summary: Summary) -> Any:
    current = summary.current
    return (current.daily_dose_mg, current.started_on) if current else None


def _alerts(summary: Summary) -> Any:
    """Those not closed: whoever takes one changes nothing."""
    return sorted(
        (one.id, one.grade, one.causes) for one in summary.alerts if one.closed_at is None
    )


def _decisions(summary: Summary) -> Any:
    return [(one.id, one.status) for one in summary.decisions]


_PARTS: dict[str, Callable[[Summary], Any]] = {
    "rule": _rule, "dose": _dose, "grades": _grades, "levels": _levels, "alerts": _alerts,
    "decisions": _decisions,
}  # fmt: skip
