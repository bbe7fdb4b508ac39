"""Who is on call."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from app.work import Work
from models import Clinic, Role, Rota, Staff, StaffRole

_END_OF_DAY = time(0)


def on_call(work: Work, clinic_id: str) -> list[Staff]:
    """Who is called, in order: the rota of this hour, then the clinic's doctors."""
    everyone = [*_of_rota(work, clinic_id), *_doctors(work, clinic_id)]
    once = {staff.id: staff for staff in reversed(everyone)}
    in_order = dict.fromkeys(staff.id for staff in everyone)
    return [once[number] for number in in_order if once[number].active and once[number].phone]


def _of_rota(work: Work, clinic_id: str) -> list[Staff]:
    clinic = work.session.get_one(Clinic, clinic_id)
    here = work.now.astimezone(ZoneInfo(clinic.time_zone))
    slots = work.session.exec(
        select(Rota, Staff)
        .where(Rota.clinic_id == clinic_id, Rota.weekday == here.weekday())
        .where(Staff.id == Rota.staff_id)
        .order_by(col(Rota.position))
    )
    return [staff for slot, staff in slots if _covers(slot, here)]


def _covers(slot: Rota, here: datetime) -> bool:
    clock = here.time()
    return slot.starts <= clock and (slot.until == _END_OF_DAY or clock < slot.until)


def _doctors(work: Work, clinic_id: str) -> list[Staff]:
    query = (
        select(Staff)
        .where(Staff.clinic_id == clinic_id, Role.name == "doctor")
        .where(StaffRole.staff_id == Staff.id, StaffRole.role_id == Role.id)
        .order_by(col(Staff.id))
    )
    return list(work.session.exec(query))
