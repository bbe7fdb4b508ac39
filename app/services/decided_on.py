"""Which decisions went by a result that a person corrected or took back since."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.services.confirming import confirmed_or_suggested
from app.services.former import Former, former_results
from app.services.summary_rows import DecisionLine
from app.work import Work
from models import Patient, ResultKind


def with_corrections(
    work: Work, patient: Patient, lines: Iterable[DecisionLine]
) -> tuple[DecisionLine, ...]:
    """The same lines, each with what it went by and what was another since: level, lab."""
    decided = tuple(lines)
    former = former_results(work, patient) if decided else []
    return tuple(replace(one, corrected_since=_since(one, former)) for one in decided)


def _since(line: DecisionLine, former: Iterable[Former]) -> tuple[str, ...]:
    inputs = line.proposal.get("inputs", {})
    seen = [one for one in former if one.row.recorded_at <= line.decided_at < one.at]
    return tuple(sorted({one.kind.value for one in seen if _went_by(inputs, one)}))


def _went_by(inputs: Mapping[str, Any], former: Former) -> bool:
    """The rule's trough was this level; or its worst grade was that of this laboratory value."""
    if former.kind == ResultKind.LEVEL:
        return _moment(inputs.get("first_trough_at")) == former.drawn_at
    since = _moment(inputs.get("reported_since"))
    grade = confirmed_or_suggested(former.row)
    return bool(grade) and grade == inputs.get("worst_grade") and (
        since is not None and former.drawn_at >= since
    )


def _moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None
