"""The next seven days of a rota: whose hours they are, and when nobody answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from app.services.rota import Duty
from app.work import Work
from models import Role, Rota, Staff, StaffRole

DAYS = 7
_STEP = timedelta(minutes=30)  # clocks change at full and half hours


class Answered(StrEnum):
    """Who answers an alert at a moment."""

    ROTA = "rota"
    DOCTORS = "doctors"  # nobody of the rota can be reached: a doctor is called at once
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Gap:
    """A time in which nobody of the rota can be reached, of one day."""

    starts: datetime
    ends: datetime
    answered: Answered


@dataclass(frozen=True, slots=True)
class Day:
    on: date
    weekday: int  # that it counts as, Monday 0
    special: bool
    slots: tuple[tuple[Rota, Staff], ...]  # that begin on this day
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of the staff, and by what they can be reached."""

    staff: Staff
    roles: tuple[str, ...]
    reachable: bool


def week_ahead(duty: Duty, now: datetime) -> list[Day]:
    """Today and the six days after it, on the clinic's own clock."""
    zone = ZoneInfo(duty.clinic.time_zone)
    today = now.astimezone(zone).date()
    return [_day(duty, zone, today + timedelta(days=ahead), now) for ahead in range(DAYS)]


def colleagues(work: Work, clinic_id: str) -> list[Colleague]:
    """The clinic's active staff with their roles."""
    roles: dict[int | None, list[str]] = {}
    held = select(StaffRole.staff_id, Role.name).where(StaffRole.role_id == Role.id)
    for staff_id, role in work.session.exec(held.order_by(col(Role.name))):
        roles.setdefault(staff_id, []).append(role)
    query = select(Staff).where(Staff.clinic_id == clinic_id, Staff.active)
    return [
        Colleague(one, tuple(roles.get(one.id, ())), is_reachable(one))
        for one in work.session.exec(query.order_by(col(Staff.id)))
    ]


def is_reachable(staff: Staff) -> bool:
    """By text, by a call, or in their own Telegram."""
    return bool(staff.phone) or staff.chat_id is not None


def answered(duty: Duty, at: datetime) -> Answered:
    """Who answers an alert at a moment."""
    if any(is_reachable(staff) for staff in duty.on_rota(at)):
        return Answered.ROTA
    doctors = any(is_reachable(staff) for staff in duty.doctors)
    return Answered.DOCTORS if doctors else Answered.NOBODY


def _day(duty: Duty, zone: ZoneInfo, day: date, now: datetime) -> Day:
    weekday = duty.weekday_on(day)
    slots = [(slot, staff) for slot, staff in duty.slots if slot.weekday == weekday]
    slots.sort(key=lambda pair: (pair[0].starts, pair[0].position))
    gaps = tuple(_gaps(duty, _moments(duty, zone, day, now)))
    return Day(day, weekday, day in duty.counts_as, tuple(slots), gaps)


def _moments(duty: Duty, zone: ZoneInfo, day: date, now: datetime) -> list[datetime]:
    """When who answers may change, from the start of a day, or from now, to its end."""
    begins, ends = _at(zone, day, time(0)), _at(zone, day + timedelta(days=1), time(0))
    clocks = {clock for slot, _ in duty.slots for clock in (slot.starts, slot.until)}
    turns = {_at(zone, day, clock, fold) for clock in clocks for fold in (0, 1)}
    steps = {begins + _STEP * n for n in range((ends - begins) // _STEP)}
    first = max(begins, min(now, ends))
    return sorted({first, ends, *(at for at in turns | steps if first < at < ends)})


def _at(zone: ZoneInfo, day: date, clock: time, fold: int = 0) -> datetime:
    return datetime.combine(day, clock.replace(fold=fold), zone).astimezone(UTC)


def _gaps(duty: Duty, moments: Sequence[datetime]) -> Iterator[Gap]:
    """Neighbours of one kind are one gap."""
    open_gap: Gap | None = None
    for starts, ends in zip(moments, moments[1:], strict=False):
        kind = answered(duty, starts)
        if open_gap is not None and open_gap.answered == kind:
            open_gap = Gap(open_gap.starts, ends, kind)
            continue
        if open_gap is not None:
            yield open_gap
        open_gap = None if kind == Answered.ROTA else Gap(starts, ends, kind)
    if open_gap is not None:
        yield open_gap
