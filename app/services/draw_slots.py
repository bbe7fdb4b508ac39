"""Times to choose from for another draw, by the clinic's clock. Pure.

Half hours of the morning on each of the next 14 days: [own].
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.clinical.draw_window import Window, fits

DAYS = 14
STEP = timedelta(minutes=30)
MORNING = time(6), time(12)
_MOST = 8


def days_ahead(now: datetime, clinic_zone: ZoneInfo) -> list[date]:
    """The next 14 days from tomorrow."""
    today = now.astimezone(clinic_zone).date()
    return [today + timedelta(days=n) for n in range(1, DAYS + 1)]


def morning_slots(on: date, clinic_zone: ZoneInfo, opens: time) -> list[datetime]:
    """The half hours of a morning from when the clinic draws blood, in UTC."""
    start = datetime.combine(on, max(opens, MORNING[0]), clinic_zone).astimezone(UTC)
    end = datetime.combine(on, MORNING[1], clinic_zone).astimezone(UTC)
    return list(_half_hours(start, end))


def slots_within(
    window: Window, now: datetime, clinic_zone: ZoneInfo, opens: time
) -> list[datetime]:
    """The half hours inside a dose's own window at which the clinic draws blood."""
    first = window.opens_at.astimezone(clinic_zone)
    start = first.replace(minute=0, second=0, microsecond=0).astimezone(UTC)
    inside = (at for at in _half_hours(start, window.closes_at + STEP) if fits(window, at))
    return [at for at in inside if at > now and _is_open(at, clinic_zone, opens)][:_MOST]


def _is_open(at: datetime, zone: ZoneInfo, opens: time) -> bool:
    return opens <= at.astimezone(zone).time() <= time(18)


def _half_hours(start: datetime, end: datetime) -> Iterator[datetime]:
    while start < end:
        yield start
        start += STEP
