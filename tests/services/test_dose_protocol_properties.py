"""Whatever the draw, the place and the dose: nobody is woken, and the window is elapsed time."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clinical.draw_window import dose_times
from app.services.daily_times import daily_at, latest_of
from app.services.reminders import Day, reminders_for, reminders_of_dose
from app.services.snooze import SNOOZE, snoozed_until

ZONES = [ZoneInfo(name) for name in (
    "Asia/Shanghai", "Asia/Kathmandu", "Australia/Lord_Howe", "America/New_York",
    "Europe/Berlin", "Pacific/Apia", "UTC",
)]  # fmt: skip
# Both days on which the clocks change in New York, in Berlin and on Lord Howe, and their eves.
CHANGES = [datetime(2026, month, day, tzinfo=UTC) for month, day in (
    (3, 7), (3, 8), (10, 31), (11, 1), (4, 4), (4, 5), (10, 3), (10, 4), (3, 28), (3, 29),
    (10, 24), (10, 25),
)]  # fmt: skip
NEAR = st.builds(lambda at, minutes: at + timedelta(minutes=minutes),
                 st.sampled_from(CHANGES), st.integers(0, 48 * 60))  # fmt: skip
ANY = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))
MOMENTS = st.one_of(NEAR, ANY).map(lambda at: at.replace(second=0, microsecond=0))
PLACES = st.sampled_from(ZONES)
QUESTIONS = {"visit.drawn_ask"}


def day(zone: ZoneInfo) -> Day:
    return Day(zone, time(21), time(7), time(6), time(19))


def is_awake(at: datetime, key: str, zone: ZoneInfo) -> bool:
    """A message of the protocol from 06:00, a question from 07:00, and none from 21:00."""
    opens = time(7) if key in QUESTIONS else time(6)
    return opens <= at.astimezone(zone).time() < time(21)


@given(MOMENTS, PLACES)
def test_no_reminder_of_a_draw_wakes_anybody_or_comes_after_its_time(draw_at, zone):
    for one in reminders_for(draw_at, day(zone)):
        assert is_awake(one.due_at, one.key, zone), one
        assert one.due_at <= one.not_after, one


@given(MOMENTS, PLACES)
def test_the_window_told_is_22_to_26_elapsed_hours_after_the_dose(dose_at, zone):
    for one in reminders_of_dose(dose_at, day(zone)):
        opens, closes = (datetime.fromisoformat(one.data[k]) for k in ("opens_at", "closes_at"))
        assert (opens - dose_at, closes - dose_at) == (timedelta(hours=22), timedelta(hours=26))
        assert is_awake(one.due_at, one.key, zone), one
        assert one.due_at <= one.not_after == closes


@given(MOMENTS, PLACES)
def test_the_dose_told_for_a_draw_is_24_elapsed_hours_before_it(draw_at, zone):
    asked = {one.key: one for one in reminders_for(draw_at, day(zone))}
    told = datetime.fromisoformat(asked["visit.dose"].data["dose_at"])
    assert draw_at - told == timedelta(hours=24)
    assert asked["visit.dose"].not_after == draw_at - timedelta(hours=22)


@given(MOMENTS, PLACES, st.integers(-40 * 60, 0))
def test_a_snooze_never_leaves_the_time_that_suits_the_draw(draw_at, zone, minutes):
    now = draw_at + timedelta(minutes=minutes)
    again = snoozed_until(draw_at, now, day(zone))
    if again is None:
        return
    dose = dose_times(draw_at)
    assert again == now + SNOOZE
    assert dose.earliest <= now < again <= dose.latest
    assert is_awake(again, "visit.dose_again", zone)


@given(ANY, PLACES, st.times())
def test_the_daily_reminder_is_of_its_day_and_never_at_night(at, zone, usual):
    on = at.astimezone(zone).date()
    due = daily_at(day(zone), on, usual.replace(tzinfo=None))
    latest = latest_of(day(zone), due)
    assert due.astimezone(zone).date() == on
    assert time(7) <= due.astimezone(zone).time() < time(21)
    assert due < latest <= due + timedelta(hours=4)
    assert latest.astimezone(zone).time() <= time(21)


@pytest.mark.parametrize(
    ("draw", "zone", "dose", "window"),
    [
        ("2026-03-08T09:00", "America/New_York", "07. 08:00", "07:00-11:00"),
        ("2026-11-01T07:00", "America/New_York", "31. 08:00", "05:00-09:00"),
        ("2026-10-04T08:30", "Australia/Lord_Howe", "03. 08:00", "06:30-10:30"),
        ("2026-04-05T07:30", "Australia/Lord_Howe", "04. 08:00", "05:30-09:30"),
        ("2026-11-25T08:00", "Asia/Kathmandu", "24. 08:00", "06:00-10:00"),
    ],
)
def test_a_clock_change_between_dose_and_draw_moves_the_clock_and_not_the_hours(draw, zone, dose, window):
    here = ZoneInfo(zone)
    at = datetime.fromisoformat(draw).replace(tzinfo=here).astimezone(UTC)
    asked = {one.key: one for one in reminders_for(at, day(here))}
    dose_at = datetime.fromisoformat(asked["visit.dose"].data["dose_at"])
    assert f"{dose_at.astimezone(here):%d. %H:%M}" == dose
    told = next(iter(reminders_of_dose(dose_at, day(here)))).data
    shown = [f"{datetime.fromisoformat(told[k]).astimezone(here):%H:%M}"
             for k in ("opens_at", "closes_at")]  # fmt: skip
    assert "-".join(shown) == window
