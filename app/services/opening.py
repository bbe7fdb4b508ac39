"""When a clinic is staffed, on its own clock, and whom to call when it is not."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.services.rota import weekday_on
from app.work import Work
from models import Clinic


@dataclass(frozen=True, slots=True)
class Opening:
    opens_at: datetime
    closes_at: datetime


def is_staffed(work: Work, clinic: Clinic, now: datetime) -> bool:
    """Whether somebody answers at this moment."""
    today = _of_day(work, clinic, now.astimezone(ZoneInfo(clinic.time_zone)).date())
    return today is not None and today.opens_at <= now < today.closes_at


def next_opening(work: Work, clinic: Clinic, now: datetime) -> Opening | None:
    """The next hours in which somebody answers; None where there are none in 15 days."""
    today = now.astimezone(ZoneInfo(clinic.time_zone)).date()
    days = (_of_day(work, clinic, today + timedelta(days=ahead)) for ahead in range(16))
    return next((one for one in days if one and one.opens_at > now), None)


def _of_day(work: Work, clinic: Clinic, day: date) -> Opening | None:
    """The hours of a day; `staffed_until` 00:00 is the end of that day."""
    if weekday_on(work, clinic.id, day) not in clinic.staffed_weekdays:
        return None
    ends = day + timedelta(days=clinic.staffed_until == time(0))
    return Opening(_at(clinic, day, clinic.staffed_from), _at(clinic, ends, clinic.staffed_until))


def _at(clinic: Clinic, day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, ZoneInfo(clinic.time_zone)).astimezone(UTC)


def help_at(work: Work, clinic_id: str) -> tuple[str, dict[str, Any]]:
    """What is said after a report that alerts: "open", or when the clinic answers and a number."""
    clinic = work.session.get_one(Clinic, clinic_id)
    opening = None if is_staffed(work, clinic, work.now) else next_opening(work, clinic, work.now)
    if opening is None:
        return "open", {}
    times = {"opens_at": opening.opens_at.isoformat(), "closes_at": opening.closes_at.isoformat()}
    phone = clinic.night_phone or clinic.phone
    return ("closed_call", {**times, "phone": phone}) if phone else ("closed", times)
