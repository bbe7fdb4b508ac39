"""When nobody of the rota answers, hour by hour of the next seven days on the clinic's clock."""

from datetime import UTC, date, datetime, time

import pytest
from sqlmodel import select

from app.services.rota import duty_of, on_call
from app.services.rota_week import Answered, answered, week_ahead
from models import Clinic, Role, Rota, SpecialDay, Staff, StaffRole
from models.columns import new_id

MONDAY = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)  # 08:00 in Shanghai


@pytest.fixture
def nurse(begin, clinic) -> Staff:
    with begin() as work:
        nurse = Staff(clinic_id="wuhan", name="nurse", email="n@x", password="x",
                      fs_uniquifier="n", phone="+8613800000001")  # fmt: skip
        work.session.add(nurse)
    return nurse


def on_duty(begin, staff, starts, until, weekdays=range(7)):
    with begin() as work:
        work.session.add_all(
            Rota(clinic_id="wuhan", id=new_id(work.now), staff_id=staff.id, weekday=weekday,
                 starts=starts, until=until)
            for weekday in weekdays
        )  # fmt: skip


def change(begin, table, key, **values):
    with begin() as work:
        row = work.session.get_one(table, key)
        for name, value in values.items():
            setattr(row, name, value)


def gaps(begin, clock, at=MONDAY):
    """Each gap of the week: day, hours on the clinic's clock, and who answers."""
    clock.now = at
    with begin() as work:
        clinic = work.session.get_one(Clinic, "wuhan")
        return [
            (day.on.isoformat()[5:], *_hours(gap, clinic.time_zone), gap.answered.value)
            for day in week_ahead(duty_of(work, "wuhan"), clock.now) for gap in day.gaps
        ]  # fmt: skip


def _hours(gap, zone):
    from zoneinfo import ZoneInfo

    return [at.astimezone(ZoneInfo(zone)).strftime("%H:%M") for at in (gap.starts, gap.ends)]


def test_with_an_empty_rota_every_day_is_a_gap_from_now_on(begin, clock, clinic):
    assert gaps(begin, clock)[:2] == [
        ("11-23", "08:00", "00:00", "nobody"), ("11-24", "00:00", "00:00", "nobody"),
    ]  # fmt: skip
    assert len(gaps(begin, clock)) == 7


def test_around_the_clock_there_is_no_gap(begin, clock, nurse):
    on_duty(begin, nurse, time(0), time(0))
    assert gaps(begin, clock) == []


def test_hours_over_midnight_cover_the_next_morning(begin, clock, nurse):
    on_duty(begin, nurse, time(20), time(8))
    assert gaps(begin, clock)[:2] == [
        ("11-23", "08:00", "20:00", "nobody"), ("11-24", "08:00", "20:00", "nobody"),
    ]  # fmt: skip


def test_hours_to_the_minute_leave_their_minutes(begin, clock, nurse):
    on_duty(begin, nurse, time(0), time(23, 50))
    assert gaps(begin, clock)[0] == ("11-23", "23:50", "00:00", "nobody")


def test_a_holiday_that_counts_as_a_sunday_has_the_sundays_gaps(begin, clock, nurse):
    on_duty(begin, nurse, time(0), time(0), weekdays=range(6))
    with begin() as work:
        work.session.add(SpecialDay(clinic_id="wuhan", on=date(2026, 11, 25), counts_as=6))
    assert [day for day, *_ in gaps(begin, clock)] == ["11-25", "11-29"]


def test_who_has_neither_phone_nor_telegram_leaves_a_gap(begin, clock, nurse):
    on_duty(begin, nurse, time(0), time(0))
    change(begin, Staff, nurse.id, phone=None)
    assert len(gaps(begin, clock)) == 7
    change(begin, Staff, nurse.id, chat_id=4711)
    assert gaps(begin, clock) == []


def test_who_said_stop_to_texts_can_still_be_phoned(begin, clock, nurse):
    on_duty(begin, nurse, time(0), time(0))
    change(begin, Staff, nurse.id, texts_stopped_at=clock.now)
    assert gaps(begin, clock) == []


def test_where_there_is_a_doctor_the_doctor_answers(begin, clock, nurse):
    with begin() as work:
        role = Role(name="doctor")
        work.session.add(role)
        work.session.flush()
        work.session.add(StaffRole(staff_id=nurse.id, role_id=role.id))
    assert {kind for *_, kind in gaps(begin, clock)} == {"doctors"}


def test_one_who_has_left_is_not_on_the_rota(begin, clock, nurse):
    on_duty(begin, nurse, time(0), time(0))
    change(begin, Staff, nurse.id, active=False)
    assert len(gaps(begin, clock)) == 7


def test_an_hour_that_comes_twice_is_answered_twice_and_one_that_is_skipped_is_no_gap(
    begin, clock, nurse
):
    """Berlin: 2026-10-25 has two hours from 02:00; 2027-03-28 has none."""
    change(begin, Clinic, "wuhan", time_zone="Europe/Berlin")
    on_duty(begin, nurse, time(3), time(2))
    autumn = gaps(begin, clock, datetime(2026, 10, 24, 12, 0, tzinfo=UTC))
    assert [one for one in autumn if one[0] == "10-25"] == [("10-25", "02:00", "03:00", "nobody")]
    spring = gaps(begin, clock, datetime(2027, 3, 27, 12, 0, tzinfo=UTC))
    assert [one for one in spring if one[0] == "03-28"] == []


def test_a_gap_is_where_nobody_would_be_called(begin, clock, nurse):
    """The page and the escalation tell the same of every half hour."""
    on_duty(begin, nurse, time(8, 30), time(17), weekdays=(0, 2))
    on_duty(begin, nurse, time(22), time(6), weekdays=(4, 6))
    from datetime import timedelta

    for step in range(2 * 24 * 7):
        clock.now = MONDAY + timedelta(minutes=30) * step
        with begin() as work:
            called = bool(on_call(work, "wuhan"))
            assert (answered(duty_of(work, "wuhan"), clock.now) == Answered.ROTA) == called


def test_each_day_lists_who_begins_on_it(begin, clock, nurse):
    on_duty(begin, nurse, time(20), time(8), weekdays=(0,))
    clock.now = MONDAY
    with begin() as work:
        week = week_ahead(duty_of(work, "wuhan"), clock.now)
        assert [len(day.slots) for day in week] == [1, 0, 0, 0, 0, 0, 0]
        assert work.session.exec(select(Rota)).one().weekday == 0
