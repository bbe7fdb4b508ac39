"""Who is on call, and in which order people are called about an alert."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import and_, bindparam, or_
from sqlmodel import col, select

from app.work import Work
from models import Channel, Clinic, Role, Rota, SpecialDay, Staff, StaffRole


@dataclass(frozen=True, slots=True)
class Call:
    """One step of an escalation: whom, by which channel, and how long an answer is waited for."""

    channel: Channel
    staff: Staff
    wait: timedelta


@dataclass(frozen=True, slots=True)
class Duty:
    """A clinic's rota as it stands: who is called at any moment from now on."""

    clinic: Clinic
    slots: Sequence[tuple[Rota, Staff]]  # the first to be called first
    counts_as: Mapping[date, int]
    doctors: Sequence[Staff]

    def chain(self, at: datetime) -> list[Call]:
        """Texts to the nurse, the next and the doctors; then a voice call to each of them."""
        call_wait = timedelta(minutes=self.clinic.call_wait_min)
        texts = list(self.texts(at))
        return [*texts, *(Call(Channel.VOICE, text.staff, call_wait) for text in texts)]

    def texts(self, at: datetime) -> Iterator[Call]:
        waits = iter([self.clinic.nurse_wait_min])
        told: set[int | None] = set()
        for staff in self.on_rota(at):
            if staff.id not in told:
                wait = next(waits, self.clinic.next_wait_min)
                told.add(staff.id)
                yield Call(Channel.SMS, staff, timedelta(minutes=wait))
        for staff in self.doctors:
            if staff.id not in told:
                yield Call(Channel.SMS, staff, timedelta(minutes=self.clinic.doctor_wait_min))

    def on_rota(self, at: datetime) -> list[Staff]:
        """Whose hours cover a moment, the first to be called first."""
        here = at.astimezone(ZoneInfo(self.clinic.time_zone))
        today = self.weekday_on(here.date())
        yesterday = self.weekday_on(here.date() - timedelta(days=1))
        return [staff for slot, staff in self.slots if _covers(slot, here, today, yesterday)]

    def weekday_on(self, day: date) -> int:
        return self.counts_as.get(day, day.weekday())


_DOCTORS = select(StaffRole.staff_id).join(Role, col(Role.id) == StaffRole.role_id).where(
    Role.name == "doctor"
)  # fmt: skip
_IS_DOCTOR = col(Staff.id).in_(_DOCTORS)
_CALLED = (
    select(Staff, Rota, _IS_DOCTOR)
    .outerjoin(
        Rota, and_(col(Rota.clinic_id) == Staff.clinic_id, col(Rota.staff_id) == Staff.id)
    )
    .where(col(Staff.clinic_id) == bindparam("clinic_id"), col(Staff.active))
    .where(or_(col(Rota.id).is_not(None), _IS_DOCTOR))
    .order_by(col(Rota.position), col(Rota.id), col(Staff.id))
)
_SPECIAL = select(SpecialDay).where(
    col(SpecialDay.clinic_id) == bindparam("clinic_id"), col(SpecialDay.on) >= bindparam("since")
)


def duty_of(work: Work, clinic_id: str) -> Duty:
    """The rota, with those who are active, and the days that count as another weekday."""
    called = work.session.execute(_CALLED, {"clinic_id": clinic_id}).all()
    slots = [(slot, staff) for staff, slot, _ in called if slot is not None]
    doctors = {staff.id: staff for staff, _, is_doctor in called if is_doctor}
    since = (work.now - timedelta(days=2)).date()
    special = work.session.scalars(_SPECIAL, {"clinic_id": clinic_id, "since": since})
    counts_as = {day.on: day.counts_as for day in special}
    clinic = work.session.get_one(Clinic, clinic_id)
    return Duty(clinic, slots, counts_as, [doctors[staff_id] for staff_id in sorted(doctors)])


def chain(work: Work, clinic_id: str) -> list[Call]:
    """Who is called about an alert now, in order."""
    return duty_of(work, clinic_id).chain(work.now)


def on_call(work: Work, clinic_id: str) -> list[Staff]:
    """Who is called, in order: the rota of this hour, then the clinic's doctors."""
    calls = duty_of(work, clinic_id).texts(work.now)
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


def _covers(slot: Rota, here: datetime, today: int, yesterday: int) -> bool:
    clock, goes_on = here.time(), slot.until <= slot.starts
    begun = slot.weekday == today and slot.starts <= clock and (goes_on or clock < slot.until)
    return begun or (slot.weekday == yesterday and goes_on and clock < slot.until)
