"""Who is on call, and in which order people are called about an alert."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from app.work import Work
from models import Channel, Clinic, Role, Rota, SpecialDay, Staff, StaffRole

_END_OF_DAY = time(0)


@dataclass(frozen=True, slots=True)
class Call:
    """One step of an escalation: whom, by which channel, and how long an answer is waited for."""

    channel: Channel
    staff: Staff
    wait: timedelta


def chain(work: Work, clinic_id: str) -> list[Call]:
    """Texts to the nurse, the next and the doctors; then a voice call to each of them."""
    clinic = work.session.get_one(Clinic, clinic_id)
    call_wait = timedelta(minutes=clinic.call_wait_min)
    texts = list(_texts(work, clinic))
    return [*texts, *(Call(Channel.VOICE, text.staff, call_wait) for text in texts)]


def _texts(work: Work, clinic: Clinic) -> Iterator[Call]:
    waits = iter([clinic.nurse_wait_min])
    told: set[int | None] = set()
    for staff in _of_rota(work, clinic):
        if staff.active and staff.id not in told:
            wait = next(waits, clinic.next_wait_min)
            told.add(staff.id)
            yield Call(Channel.SMS, staff, timedelta(minutes=wait))
    for staff in _doctors(work, clinic.id):
        if staff.active and staff.id not in told:
            yield Call(Channel.SMS, staff, timedelta(minutes=clinic.doctor_wait_min))


def on_call(work: Work, clinic_id: str) -> list[Staff]:
    """Who is called, in order: the rota of this hour, then the clinic's doctors."""
    calls = _texts(work, work.session.get_one(Clinic, clinic_id))
    return [call.staff for call in calls if why_not(call) is None]


def why_not(call: Call) -> str | None:
    """Why this call cannot be made; None when it can."""
    staff = call.staff
    if call.channel == Channel.SMS and staff.chat_id is not None:
        return None  # reached in their own Telegram
    if not staff.phone:
        return "no phone number"
    stopped = call.channel == Channel.SMS and staff.texts_stopped_at is not None
    return "said STOP to our texts" if stopped else None


def weekday_on(work: Work, clinic_id: str, day: date) -> int:
    """The weekday that a date counts as in this clinic, Monday 0: holidays and make-up days."""
    special = work.session.get(SpecialDay, (clinic_id, day))
    return special.counts_as if special else day.weekday()


def _of_rota(work: Work, clinic: Clinic) -> list[Staff]:
    here = work.now.astimezone(ZoneInfo(clinic.time_zone))
    today = weekday_on(work, clinic.id, here.date())
    yesterday = weekday_on(work, clinic.id, here.date() - timedelta(days=1))
    slots = work.session.exec(
        select(Rota, Staff)
        .where(Rota.clinic_id == clinic.id, col(Rota.weekday).in_({today, yesterday}))
        .where(Staff.id == Rota.staff_id, Staff.clinic_id == clinic.id)
        .order_by(col(Rota.position), col(Rota.id))
    )
    return [staff for slot, staff in slots if _covers(slot, here, today, yesterday)]


def _covers(slot: Rota, here: datetime, today: int, yesterday: int) -> bool:
    clock, goes_on = here.time(), slot.until <= slot.starts
    begun = slot.weekday == today and slot.starts <= clock and (goes_on or clock < slot.until)
    return begun or (slot.weekday == yesterday and goes_on and clock < slot.until)


def _doctors(work: Work, clinic_id: str) -> list[Staff]:
    query = (
        select(Staff)
        .where(Staff.clinic_id == clinic_id, Role.name == "doctor")
        .where(StaffRole.staff_id == Staff.id, StaffRole.role_id == Role.id)
        .order_by(col(Staff.id))
    )
    return list(work.session.exec(query))
