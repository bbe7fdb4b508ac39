"""Measures of the drawing, and where a moment lies on it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.services.summary_rows import Summary

# A course that has just begun is shown over 4 weeks: the first level is due then (Chen 2024).
LEAST_SPAN = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Layout:
    """In px: the width, the room for the rows' names and for the bands', the letters' size and
    the height of the troughs; how many dates there are at most, and whether there is room for
    the bands' names.
    """

    width: int
    left: int
    right: int
    letters: float
    level_height: int
    most_dates: int
    names_bands: bool = True


WIDE = Layout(1060, 84, 92, 13, 230, 9)
NARROW = Layout(350, 62, 8, 12, 190, 3, names_bands=False)
PAPER = Layout(800, 76, 84, 12, 150, 8)
LAYOUTS = {"wide": WIDE, "narrow": NARROW}


@dataclass(frozen=True, slots=True)
class Axis:
    """From the start of the course to a little after today, over the width that is left."""

    start: datetime
    end: datetime
    zone: ZoneInfo
    layout: Layout

    @property
    def left(self) -> float:
        return float(self.layout.left)

    @property
    def right(self) -> float:
        return float(self.layout.width - self.layout.right)

    def x(self, at: datetime) -> float:
        """The place of a moment, in px; what lies outside is on the edge."""
        share = (at - self.start) / (self.end - self.start)
        return self.left + min(1.0, max(0.0, share)) * (self.right - self.left)

    def begins(self, day: date) -> float:
        """The place where a day begins in the patient's zone."""
        return self.x(midnight(day, self.zone))


def midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(0), zone).astimezone(UTC)


def axis_of(summary: Summary, layout: Layout) -> Axis:
    zone = ZoneInfo(summary.patient.time_zone)
    start = min(_moments(summary, zone), default=summary.at - LEAST_SPAN)
    span = max(summary.at - start, LEAST_SPAN)
    ahead = [one.at for one in summary.visits if one.at <= summary.at + span * 0.12]
    end = max([start + span, *ahead]) + span * 0.02
    return Axis(start - span * 0.01, end, zone, layout)


def _moments(summary: Summary, zone: ZoneInfo) -> list[datetime]:
    """When things that are shown happened, up to now."""
    known = [midnight(one.started_on, zone) for one in summary.dose_steps]
    known += [one.drawn_at for one in summary.levels]
    known += [one.at for one in (*summary.grades, *summary.visits)]
    known += [one.raised_at for one in summary.alerts]
    return [at for at in known if at <= summary.at]
