"""Quality of life in the summary: SF-36 forms with their scales and summaries."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Sf36Scores:
    answered_at: datetime
    wording: str
    scales: dict[str, float | None]
    pcs_mean: float | None
    mcs_mean: float | None
    pcs_t: float | None
    mcs_t: float | None


@dataclass(frozen=True, slots=True)
class QualityOfLife:
    """The first, the last but one and the last SF-36.

    By scale and summary: `change` is last minus first, `since_previous` last minus the one before.
    """

    first: Sf36Scores | None
    previous: Sf36Scores | None
    last: Sf36Scores | None
    change: dict[str, float | None]
    since_previous: dict[str, float | None]
