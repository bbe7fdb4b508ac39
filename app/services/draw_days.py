"""On which day and at which hour blood is drawn next, by the clinic's days.

The hour is that at which the clinic opens, where the dose 24 h before it is a morning dose,
else 08:00; both are [own].
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import select

from app.clinical.draw_window import MORNING_FROM, MORNING_TO
from app.clinical.trough import STEADY_STATE_AFTER
from app.work import Work
from models import Clinic, Patient, SpecialDay

_USUAL = time(8)
_LOOKS_AHEAD = 60  # [own] days; the longest holiday is shorter


@dataclass(frozen=True, slots=True)
class Days:
    """A clinic's weekdays (Monday 0), the dates that count as another, and its hour."""

    zone: ZoneInfo
    staffed: frozenset[int]
    counts_as: Mapping[date, int]
    clock: time

    def first_from(self, earliest: datetime) -> datetime | None:
        """The first draw, in UTC, no earlier than a moment; None where none is near."""
        first = earliest.astimezone(self.zone).date()
        days = (first + timedelta(days=n) for n in range(_LOOKS_AHEAD))
        draws = (self.at(day) for day in days if self._is_staffed(day))
        return next((at for at in draws if at >= earliest), None)

    def at(self, day: date) -> datetime:
        return datetime.combine(day, self.clock, self.zone).astimezone(UTC)

    def _is_staffed(self, day: date) -> bool:
        return self.counts_as.get(day, day.weekday()) in self.staffed


def days_of(work: Work, clinic_id: str) -> Days:
    """In two statements, for any number of patients."""
    clinic = work.session.get_one(Clinic, clinic_id)
    since = (work.now - timedelta(days=2)).date()
    query = select(SpecialDay).where(SpecialDay.clinic_id == clinic_id, SpecialDay.on >= since)
    counts_as = {one.on: one.counts_as for one in work.session.exec(query)}
    opens = clinic.staffed_from
    clock = opens if MORNING_FROM <= opens <= MORNING_TO else _USUAL
    return Days(ZoneInfo(clinic.time_zone), frozenset(clinic.staffed_weekdays), counts_as, clock)


def steady_from(patient: Patient, started_on: date) -> datetime:
    """From when on a level counts at a dose: 28 days after its first, in UTC [own]."""
    return usual_time(patient, started_on + STEADY_STATE_AFTER)


def usual_time(patient: Patient, day: date) -> datetime:
    """The usual time of the dose on a day, in UTC."""
    zone = ZoneInfo(patient.time_zone)
    return datetime.combine(day, patient.usual_dose_time, zone).astimezone(UTC)


def today_of(work: Work, patient: Patient) -> date:
    return work.now.astimezone(ZoneInfo(patient.time_zone)).date()
