"""When blood may be drawn after a dose, and when to take the dose before a planned draw.

Blood is drawn 22-26 h after the dose of the morning before (Chen 2024, 27(11):1149). Hours are
elapsed hours; every moment that comes out is in UTC.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Literal

from app.clinical.moments import HOUR, utc

Status = Literal["too_early", "open", "closing", "late"]
UnfitReason = Literal["too_early", "too_late"]

OPENS_AFTER = timedelta(hours=22)
IDEAL_AFTER = timedelta(hours=24)
CLOSES_AFTER = timedelta(hours=26)
# The last half hour is announced: the project's own choice [own].
CLOSING_FOR = HOUR / 2
# The dose of the day before is a morning dose (Chen 2024); a morning is 06:00 to 10:00 on the
# patient's clock, bounds included: the project's own choice [own].
MORNING_FROM = time(6)
MORNING_TO = time(10)


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when, bounds included, a draw counts as a trough."""

    opens_at: datetime
    ideal_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class DoseWindow:
    """From when to when, bounds included, a dose suits a planned draw."""

    earliest: datetime
    ideal: datetime
    latest: datetime


@dataclass(frozen=True, slots=True)
class Unfit:
    """Why an appointment does not suit a morning dose: the dose to aim for, the draws that would.

    The draws are those, bounds included, that a morning dose on the same day would suit.
    """

    reason: UnfitReason
    dose_at: datetime
    draw_from: datetime
    draw_to: datetime


def window_after(dose_at: datetime) -> Window:
    """The window that a dose opens. Raises NaiveTime."""
    taken = utc(dose_at, "dose_at")
    return Window(taken + OPENS_AFTER, taken + IDEAL_AFTER, taken + CLOSES_AFTER)


def dose_times(draw_at: datetime) -> DoseWindow:
    """When to take the dose before a planned draw. Raises NaiveTime."""
    draw = utc(draw_at, "draw_at")
    return DoseWindow(draw - CLOSES_AFTER, draw - IDEAL_AFTER, draw - OPENS_AFTER)


def unfit(draw_at: datetime, zone: tzinfo) -> Unfit | None:
    """Why the dose 24 h before a draw is no morning dose in the zone; None when it is one.

    Raises NaiveTime.
    """
    dose_at = dose_times(draw_at).ideal
    morning = dose_at.astimezone(zone).date()
    earliest = datetime.combine(morning, MORNING_FROM, zone).astimezone(UTC)
    latest = datetime.combine(morning, MORNING_TO, zone).astimezone(UTC)
    if earliest <= dose_at <= latest:
        return None
    reason: UnfitReason = "too_early" if dose_at < earliest else "too_late"
    return Unfit(reason, dose_at, earliest + IDEAL_AFTER, latest + IDEAL_AFTER)


def status(window: Window, now: datetime) -> Status:
    """Where a moment stands: too early, open, closing (the last half hour) or late."""
    moment = utc(now, "now")
    closes_at = utc(window.closes_at, "closes_at")
    if moment < utc(window.opens_at, "opens_at"):
        return "too_early"
    if moment > closes_at:
        return "late"
    return "open" if moment < closes_at - CLOSING_FOR else "closing"


def fits(window: Window, draw_at: datetime) -> bool:
    """Whether a draw falls inside the window, bounds included."""
    opens_at, closes_at = utc(window.opens_at, "opens_at"), utc(window.closes_at, "closes_at")
    return opens_at <= utc(draw_at, "draw_at") <= closes_at
