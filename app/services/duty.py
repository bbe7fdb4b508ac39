"""When one of the staff is on call next."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import select

from app.services.rota import weekday_on
from app.work import Work
from models import Clinic, Rota, Staff

_AHEAD_DAYS = 31


@dataclass(frozen=True, slots=True)
class Duty:
    """Hours on call, and which place in the order of calling."""

    starts: datetime
    ends: datetime
    position: int


def next_duty(work: Work, staff: Staff) -> Duty | None:
    """The hours that go on now, or else the next; None when there are none within a month."""
    clinic = work.session.get_one(Clinic, staff.clinic_id)
    zone = ZoneInfo(clinic.time_zone)
    query = select(Rota).where(Rota.clinic_id == clinic.id, Rota.staff_id == staff.id)
    slots = list(work.session.exec(query))
    today = work.now.astimezone(zone).date()
    days = [today + timedelta(days=n) for n in range(-1, _AHEAD_DAYS)] if slots else []
    weekdays = {day: weekday_on(work, clinic.id, day) for day in days}
    duties = (
        _duty(slot, day, zone) for day in days for slot in slots if slot.weekday == weekdays[day]
    )
    coming = [duty for duty in duties if duty.ends > work.now]
    return min(coming, key=lambda duty: (duty.starts, duty.position), default=None)


def _duty(slot: Rota, day: date, zone: ZoneInfo) -> Duty:
    goes_on = slot.until <= slot.starts
    last = day + timedelta(days=1) if goes_on else day
    starts = datetime.combine(day, slot.starts, zone)
    return Duty(starts, datetime.combine(last, slot.until, zone), slot.position)
