"""What was told of each day's dose, by the patient's calendar."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.services.doses import list_doses
from app.services.regimens import list_regimens
from app.work import Work
from models import Dose, DoseStatus, Patient

ADHERENCE_DAYS = 30


@dataclass(frozen=True, slots=True)
class DayTold:
    """A day and what was told of its dose; None where nothing was."""

    on: date
    told: DoseStatus | None


def days_told(
    doses: Iterable[Dose], zone: ZoneInfo, since: date, until: date
) -> tuple[DayTold, ...]:
    """Each day from `since` to before `until`, one answer a day: the worst that was told."""
    told: dict[date, DoseStatus] = {}
    for dose in doses:
        day = dose.taken_at.astimezone(zone).date()
        told[day] = _worse(told.get(day), dose.status)
    return tuple(DayTold(day, told.get(day)) for day in _days(since, until))


def _days(since: date, until: date) -> Iterator[date]:
    for n in range((until - since).days):
        yield since + timedelta(days=n)


def _worse(known: DoseStatus | None, told: DoseStatus) -> DoseStatus:
    order = list(DoseStatus)
    return told if known is None else max(known, told, key=order.index)


def days_counted(today: date, started_on: date | None) -> date:
    """The first of the last 30 days, or the first day of treatment."""
    return max(today - timedelta(days=ADHERENCE_DAYS), started_on or today)


def last_days(work: Work, patient: Patient) -> tuple[DayTold, ...]:
    """The last 30 days up to yesterday, and today."""
    zone = ZoneInfo(patient.time_zone)
    today = work.now.astimezone(zone).date()
    steps = list_regimens(work, patient)
    since = days_counted(today, steps[0].started_on if steps else None)
    recent = _since(list_doses(work, patient), work.now)
    return days_told(recent, zone, since, today + timedelta(days=1))


def days_summed(days: Sequence[DayTold]) -> Sequence[DayTold]:
    """Of the last days, the last of which is today: the 30 that are counted.

    Today is one of them once its dose is told, and not held against anybody before.
    """
    over = days if days[-1].told else days[:-1]
    return over[-ADHERENCE_DAYS:]


def _since(doses: Iterable[Dose], now: datetime) -> list[Dose]:
    return [dose for dose in doses if now - dose.taken_at < timedelta(days=ADHERENCE_DAYS + 2)]
