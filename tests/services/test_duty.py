"""When one of the staff is on call next."""

from datetime import UTC, date, datetime, time

import pytest

from app.services.duty import next_duty
from models import Clinic, Rota, SpecialDay, Staff
from models.columns import new_id


@pytest.fixture
def nurse(begin, clinic):
    with begin() as work:
        nurse = Staff(clinic_id="wuhan", name="n", email="n@x", password="x", fs_uniquifier="n")
        work.session.add(nurse)
    return nurse


def on_call(begin, nurse, weekday, starts=time(0), until=time(0), position=0):
    with begin() as work:
        work.session.add(Rota(clinic_id="wuhan", id=new_id(work.now), staff_id=nurse.id,
                              weekday=weekday, starts=starts, until=until, position=position))  # fmt: skip


def duty(begin, nurse):
    with begin() as work:
        found = next_duty(work, nurse)
    return found and (found.starts.astimezone(UTC), found.ends.astimezone(UTC), found.position)


def utc(day, hour, month=11, minute=0):
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def test_who_stands_in_no_rota_has_none(begin, nurse):
    assert duty(begin, nurse) is None


def test_hours_that_go_on_now_come_first(begin, nurse):
    on_call(begin, nurse, 1, time(8), time(17), position=1)  # it is Tuesday, 10:00 in the clinic
    on_call(begin, nurse, 2, time(8), time(17))
    assert duty(begin, nurse) == (utc(24, 0), utc(24, 9), 1)


def test_a_night_that_began_yesterday_goes_on(begin, clock, nurse):
    on_call(begin, nurse, 0, time(20), time(8))
    clock.now = utc(23, 22)  # Tuesday, 06:00
    assert duty(begin, nurse) == (utc(23, 12), utc(24, 0), 0)
    clock.now = utc(24, 0)
    assert duty(begin, nurse) == (utc(30, 12), utc(1, 0, month=12), 0)


def test_a_holiday_counts_as_the_day_that_it_is_said_to_be(begin, nurse):
    on_call(begin, nurse, 6, time(8), time(17))
    with begin() as work:
        work.session.add(SpecialDay(clinic_id="wuhan", on=date(2026, 11, 25), counts_as=6))
    assert duty(begin, nurse) == (utc(25, 0), utc(25, 9), 0)


def test_hours_are_those_of_the_clinics_clock_on_the_day_it_changes(begin, clock, nurse):
    with begin() as work:
        work.session.get_one(Clinic, "wuhan").time_zone = "Europe/Berlin"
    on_call(begin, nurse, 6)  # Sunday
    clock.now = datetime(2027, 3, 27, 12, tzinfo=UTC)
    assert duty(begin, nurse) == (
        datetime(2027, 3, 27, 23, tzinfo=UTC), datetime(2027, 3, 28, 22, tzinfo=UTC), 0)  # fmt: skip
