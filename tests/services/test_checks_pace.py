"""How often a patient is asked, at which wall-clock times, and when the SF-36 is due: pure."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.pace import Course, Paces, days_from, falls_on, next_check, pace_on
from app.services.prompt_times import check_times, sf36_times
from app.services.reminders import Day
from app.services.sf36_due import Past, sf36_due
from models import CheckPace

TWICE, WEEKLY = CheckPace.TWICE_WEEKLY, CheckPace.WEEKLY
FORTNIGHTLY, NEVER = CheckPace.FORTNIGHTLY, CheckPace.NEVER
PACES = Paces(WEEKLY, TWICE, FORTNIGHTLY)
BEGAN = date(2026, 1, 5)  # a Monday
CHANGED = date(2026, 3, 2)
FIRST_DOSE = Course(((BEGAN, 400),), BEGAN)
REDUCED = Course(((BEGAN, 400), (CHANGED, 300)), BEGAN)
MONDAY, ZONES = 0, ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Pacific/Kiritimati")


def after(start: date, days: int) -> date:
    return start + timedelta(days=days)


def day(zone: str) -> Day:
    return Day(ZoneInfo(zone), time(21), time(7), time(6), time(19))


@pytest.mark.parametrize(("days", "pace"), [
    (-1, WEEKLY), (0, TWICE), (27, TWICE), (28, WEEKLY), (89, WEEKLY), (90, FORTNIGHTLY),
])  # fmt: skip
def test_four_weeks_of_closer_checks_follow_a_change_of_dose(days, pace):
    assert pace_on(after(CHANGED, days), REDUCED, PACES) == pace


@pytest.mark.parametrize(("days", "pace"), [(-1, NEVER), (0, WEEKLY), (89, WEEKLY), (90, FORTNIGHTLY)])
def test_the_first_dose_is_no_change(days, pace):
    assert pace_on(after(BEGAN, days), FIRST_DOSE, PACES) == pace


def test_the_same_dose_noted_again_is_no_change():
    again = Course(((BEGAN, 400), (CHANGED, 400)), BEGAN)
    assert pace_on(CHANGED, again, PACES) == WEEKLY


def test_trouble_ends_a_stable_course_for_three_months():
    troubled = Course(((BEGAN, 400),), date(2026, 6, 1))
    assert pace_on(after(date(2026, 6, 1), 89), troubled, PACES) == WEEKLY
    assert pace_on(after(date(2026, 6, 1), 90), troubled, PACES) == FORTNIGHTLY


def test_each_of_the_three_paces_is_the_clinics():
    own = Paces(FORTNIGHTLY, NEVER, TWICE)
    found = [pace_on(after(CHANGED, days), REDUCED, own) for days in (-1, 0, 28, 90)]
    assert found == [FORTNIGHTLY, NEVER, FORTNIGHTLY, TWICE]


def asked_on(course: Course, paces: Paces, weekday: int, until: int) -> list[date]:
    """The days of the checks when each is planned after the one before."""
    found, last = [], None
    while (due := next_check(days_from(after(last or BEGAN, 1)), last, weekday, course, paces)):
        last = due[0]
        if last >= after(BEGAN, until):
            break
        found.append(last)
    return found


def test_weekly_is_each_week_on_the_patients_weekday_and_twice_weekly_three_days_on():
    assert {one.weekday() for one in asked_on(FIRST_DOSE, PACES, 2, 80)} == {2}
    close = [one for one in asked_on(REDUCED, PACES, MONDAY, 84) if one >= CHANGED]
    assert [(one - CHANGED).days for one in close] == [0, 3, 7, 10, 14, 17, 21, 24]


def test_every_two_weeks_when_stable():
    late = [one for one in asked_on(FIRST_DOSE, PACES, MONDAY, 200) if one >= after(BEGAN, 91)]
    assert {(b - a).days for a, b in zip(late, late[1:], strict=False)} == {14}


def test_where_the_clinic_asks_never_nobody_is_asked():
    assert asked_on(REDUCED, Paces(NEVER, NEVER, NEVER), MONDAY, 300) == []


def test_another_weekday_brings_no_second_check_within_days():
    last = date(2026, 1, 12)
    assert next_check(days_from(after(last, 1)), last, 1, FIRST_DOSE, PACES) == (date(2026, 1, 20), WEEKLY)


@pytest.mark.parametrize(("zone", "on", "utc"), [
    ("Europe/Berlin", date(2026, 3, 28), ["28. 09:00", "29. 08:00", "30. 08:00"]),
    ("Europe/Berlin", date(2026, 10, 24), ["24. 08:00", "25. 09:00", "26. 09:00"]),
    ("Asia/Shanghai", date(2026, 10, 24), ["24. 02:00", "25. 02:00", "26. 02:00"]),
])  # fmt: skip
def test_a_check_keeps_its_clock_time_over_a_change_of_the_clock(zone, on, utc):
    times = check_times(on, time(10), day(zone))
    told = [*(one.due_at for one in times.sendings), times.closes_at]
    assert [f"{at.astimezone(UTC):%d. %H:%M}" for at in told] == utc


NEITHER = timedelta(0), timedelta(days=1)  # the day of a check, and of its reminder
dates = st.dates(date(2026, 1, 1), date(2027, 12, 31))
clocks = st.times()


def wall(zone: str, at: datetime) -> time:
    return at.astimezone(ZoneInfo(zone)).time()


@given(dates, clocks, st.sampled_from(ZONES))
def test_no_check_is_sent_at_night_nor_more_than_twice(on, at, zone):
    times = check_times(on, at, day(zone))
    assert len(times.sendings) == 2
    for one in times.sendings:
        assert time(7) <= wall(zone, one.due_at) and wall(zone, one.not_after) < time(21)
        assert one.due_at <= one.not_after < times.closes_at


@given(dates, clocks, st.sampled_from(ZONES), st.integers(0, 6), st.sampled_from(list(CheckPace)))
def test_the_sf36_is_asked_at_most_three_times_never_at_night_nor_on_a_day_of_a_check(
    on, at, zone, weekday, pace
):
    times = sf36_times(on, at, day(zone), lambda one: falls_on(one, weekday, pace))
    assert len(times.sendings) == 3
    moments = [one.due_at for one in times.sendings]
    assert moments == sorted(set(moments)) and moments[-1] < times.closes_at
    for one in times.sendings:
        assert time(7) <= wall(zone, one.due_at) and wall(zone, one.not_after) < time(21)
    told = [moment.astimezone(ZoneInfo(zone)).date() for moment in moments]
    if time(7) <= at < time(21):
        assert not any(falls_on(one - ago, weekday, pace) for one in told for ago in NEITHER)


TODAY = date(2026, 3, 20)
ANSWERED = date(2026, 1, 5)


@pytest.mark.parametrize(("course", "past", "due"), [
    (FIRST_DOSE, Past(), (TODAY, "baseline")),
    (Course((), BEGAN), Past(), (TODAY, "baseline")),
    (FIRST_DOSE, Past(asked_on=(ANSWERED,)), (after(ANSWERED, 84), "baseline")),
    (FIRST_DOSE, Past((ANSWERED,)), (after(ANSWERED, 84), "twelve_weeks")),
    (FIRST_DOSE, Past((date(2025, 1, 1),)), (TODAY, "twelve_weeks")),
    (REDUCED, Past((ANSWERED,), visits_on=(CHANGED, date(2026, 3, 25))), (date(2026, 3, 24), "after_change")),
    (REDUCED, Past((ANSWERED,), visits_on=(date(2026, 3, 18),)), (TODAY, "after_change")),
    (REDUCED, Past((ANSWERED,), visits_on=(date(2026, 3, 12),)), (after(ANSWERED, 84), "twelve_weeks")),
    (REDUCED, Past((date(2026, 3, 15),), visits_on=(date(2026, 3, 25),)), (after(date(2026, 3, 15), 84), "twelve_weeks")),
    (REDUCED, Past((ANSWERED,), (CHANGED,), (CHANGED,), (date(2026, 3, 25),)), (after(CHANGED, 84), "twelve_weeks")),
    (FIRST_DOSE, Past((ANSWERED,), visits_on=(date(2026, 3, 25),)), (after(ANSWERED, 84), "twelve_weeks")),
])  # fmt: skip
def test_the_questionnaire_is_due_at_baseline_after_a_change_and_every_twelve_weeks(course, past, due):
    assert sf36_due(TODAY, course, past) == due
