"""How the draw of a visit stands at a moment, as a desk reads it all day. Pure.

Blood is drawn 22-26 h after the dose of the morning before (Chen 2024, 27(11):1149); hours are
elapsed hours.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from app.clinical.draw_window import Window, status
from app.clinical.moments import HOUR, utc

State = Literal[
    "no_draw", "dose_to_come", "unknown", "opens", "open", "closing", "closed", "drawn"
]  # fmt: skip
_OF_A_WINDOW: dict[str, State] = {
    "too_early": "opens", "open": "open", "closing": "closing", "late": "closed",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """`at` is when the window opens, closes or has closed, or when blood was drawn.

    `hours_after_dose` is told of a draw whose dose is known.
    """

    state: State
    at: datetime | None = None
    hours_after_dose: float | None = None


def standing(window: Window | None, now: datetime) -> Standing:
    """Of a draw that is not told: where the moment lies to its window. Raises NaiveTime."""
    if window is None:
        return Standing("unknown")
    state = _OF_A_WINDOW[status(window, now)]
    return Standing(state, window.opens_at if state == "opens" else window.closes_at)


def drawn(drawn_at: datetime, dose_at: datetime | None) -> Standing:
    """Of a draw that was told, so many hours after its dose. Raises NaiveTime."""
    at = utc(drawn_at, "drawn_at")
    hours = None if dose_at is None else (at - utc(dose_at, "dose_at")) / HOUR
    return Standing("drawn", at, hours)
