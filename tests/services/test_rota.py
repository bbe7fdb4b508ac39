"""Who is called, and in which order."""

from datetime import UTC, datetime, time

import pytest

from app.services.rota import on_call
from models import Role, Rota, Staff, StaffRole
from models.columns import new_id


@pytest.fixture
def team(begin, clinic):
    """Tuesday: day 08-20 and night 20-24 with a deputy all day; a doctor is on no rota."""
    with begin() as work:
        people = {
            name: Staff(clinic_id="wuhan", name=name, email=f"{name}@x", password="x",
                        fs_uniquifier=name, phone=f"+861380000000{number}")
            for number, name in enumerate(["day", "night", "deputy", "doctor"])
        }  # fmt: skip
        role = Role(name="doctor")
        work.session.add_all([*people.values(), role])
        work.session.flush()
        work.session.add(StaffRole(staff_id=people["doctor"].id, role_id=role.id))
        slots = [("day", 8, 20, 0), ("night", 20, 0, 0), ("deputy", 0, 0, 1)]
        for name, starts, until, position in slots:
            work.session.add(Rota(
                clinic_id="wuhan", id=new_id(work.now), staff_id=people[name].id, weekday=1,
                starts=time(starts), until=time(until), position=position,
            ))  # fmt: skip
    return people


def called(begin, clock, at):
    clock.now = datetime.fromisoformat(at).astimezone(UTC)
    with begin() as work:
        return [staff.name for staff in on_call(work, "wuhan")]


@pytest.mark.parametrize(
    ("at", "names"),
    [
        ("2026-11-24T08:00+08:00", ["day", "deputy", "doctor"]),
        ("2026-11-24T19:59+08:00", ["day", "deputy", "doctor"]),
        ("2026-11-24T20:00+08:00", ["night", "deputy", "doctor"]),
        ("2026-11-24T23:59+08:00", ["night", "deputy", "doctor"]),
        ("2026-11-24T03:00+08:00", ["deputy", "doctor"]),
        ("2026-11-25T00:00+08:00", ["doctor"]),
    ],
)
def test_the_rota_of_the_clinics_own_hour_comes_first_and_the_doctors_last(
    begin, clock, team, at, names
):
    assert called(begin, clock, at) == names


@pytest.mark.parametrize("change", [{"phone": None}, {"active": False}])
def test_who_cannot_be_reached_is_passed_over(begin, clock, team, change):
    with begin() as work:
        day = work.session.get_one(Staff, team["day"].id)
        for name, value in change.items():
            setattr(day, name, value)
    assert called(begin, clock, "2026-11-24T09:00+08:00") == ["deputy", "doctor"]


def test_a_clinic_without_staff_calls_nobody(begin, clock, clinic):
    assert called(begin, clock, "2026-11-24T09:00+08:00") == []
