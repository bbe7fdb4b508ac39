"""The rota as a clinic writes it: all of it at once, or one slot and one special day at a time."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import TypeVar

from sqlmodel import col, delete, select

from app.services.audit import audit
from app.services.errors import Invalid, NotFound
from app.work import Work
from models import Clinic, Rota, SpecialDay, Staff
from models.columns import new_id

T = TypeVar("T")


class NoSuchColleague(Invalid):
    """No active member of this clinic's staff has this id."""


class SlotTwice(Invalid):
    """Another slot has this weekday, start and position; change one of them."""


class DayTwice(Invalid):
    """This date stands twice."""


class NoSuchSlot(NotFound):
    """There is no such slot in this clinic's rota."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Who answers on a weekday (Monday 0) from and until a wall-clock time."""

    staff_id: int
    weekday: int
    starts: time
    until: time
    position: int


@dataclass(frozen=True, slots=True)
class Special:
    """A date that counts as another weekday."""

    on: date
    counts_as: int
    name: str


@dataclass(frozen=True, slots=True)
class Plan:
    slots: tuple[Slot, ...]
    special_days: tuple[Special, ...]


def rota_of(work: Work, clinic_id: str) -> Plan:
    """The whole rota, by weekday and hour."""
    slots = slots_of(work, clinic_id)
    return Plan(
        tuple(Slot(one.staff_id, one.weekday, one.starts, one.until, one.position)
              for one in slots),
        tuple(Special(day.on, day.counts_as, day.name) for day in special_days(work, clinic_id)),
    )  # fmt: skip


def slots_of(work: Work, clinic_id: str) -> Sequence[Rota]:
    query = select(Rota).where(Rota.clinic_id == clinic_id)
    order = col(Rota.weekday), col(Rota.starts), col(Rota.position), col(Rota.id)
    return work.session.exec(query.order_by(*order)).all()


def special_days(work: Work, clinic_id: str) -> Sequence[SpecialDay]:
    query = select(SpecialDay).where(SpecialDay.clinic_id == clinic_id)
    return work.session.exec(query.order_by(col(SpecialDay.on))).all()


def replace_rota(work: Work, clinic_id: str, plan: Plan, by: str) -> Plan:
    """Another rota in the place of this one. Raises NoSuchColleague, SlotTwice, DayTwice."""
    _one_at_a_time(work, clinic_id)
    _check(work, clinic_id, plan)
    for table in (Rota, SpecialDay):
        work.session.execute(delete(table).where(col(table.clinic_id) == clinic_id))
    work.session.add_all(_row(work, clinic_id, slot) for slot in plan.slots)
    work.session.add_all(
        SpecialDay(clinic_id=clinic_id, on=day.on, counts_as=day.counts_as, name=day.name)
        for day in plan.special_days
    )
    work.session.flush()
    audit(work, clinic_id, by, "rota.change")
    return rota_of(work, clinic_id)


def add_slots(work: Work, clinic_id: str, slots: Sequence[Slot], by: str) -> None:
    """More slots beside what is there. Raises NoSuchColleague, SlotTwice."""
    was = rota_of(work, clinic_id)
    replace_rota(work, clinic_id, Plan((*was.slots, *slots), was.special_days), by)


def remove_slot(work: Work, clinic_id: str, slot_id: str, by: str) -> None:
    """Raises NoSuchSlot."""
    row = work.session.get(Rota, (clinic_id, slot_id))
    if row is None:
        raise NoSuchSlot
    work.session.delete(row)
    audit(work, clinic_id, by, "rota.change")


def add_special_day(work: Work, clinic_id: str, day: Special, by: str) -> None:
    """Raises DayTwice."""
    was = rota_of(work, clinic_id)
    replace_rota(work, clinic_id, Plan(was.slots, (*was.special_days, day)), by)


def remove_special_day(work: Work, clinic_id: str, on: date, by: str) -> None:
    """Raises NoSuchSlot."""
    row = work.session.get(SpecialDay, (clinic_id, on))
    if row is None:
        raise NoSuchSlot
    work.session.delete(row)
    audit(work, clinic_id, by, "rota.change")


def _one_at_a_time(work: Work, clinic_id: str) -> None:
    work.session.get_one(Clinic, clinic_id, with_for_update=True)


def _row(work: Work, clinic_id: str, slot: Slot) -> Rota:
    return Rota(
        clinic_id=clinic_id, id=new_id(work.now), staff_id=slot.staff_id, weekday=slot.weekday,
        starts=slot.starts, until=slot.until, position=slot.position,
    )  # fmt: skip


def _check(work: Work, clinic_id: str, plan: Plan) -> None:
    active = select(Staff.id).where(Staff.clinic_id == clinic_id, Staff.active)
    staff = set(work.session.exec(active))
    for index, slot in enumerate(plan.slots):
        if slot.staff_id not in staff:
            raise NoSuchColleague(field=f"slots/{index}/staff_id")
    twice = _first_repeated(plan.slots, lambda one: (one.weekday, one.starts, one.position))
    if twice is not None:
        raise SlotTwice(field=f"slots/{twice}/position")
    again = _first_repeated(plan.special_days, lambda one: one.on)
    if again is not None:
        raise DayTwice(field=f"special_days/{again}/on")


def _first_repeated(rows: Sequence[T], key: Callable[[T], Hashable]) -> int | None:
    seen: set[Hashable] = set()
    for index, row in enumerate(rows):
        if key(row) in seen:
            return index
        seen.add(key(row))
    return None
