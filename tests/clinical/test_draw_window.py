"""From when to when blood may be drawn, and when to take the dose before."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clinical.draw_window import (
    DoseWindow,
    Unfit,
    Window,
    dose_times,
    fits,
    status,
    unfit,
    window_after,
)
from app.clinical.errors import ClinicalError

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
SECOND = timedelta(seconds=1)
DOSE = datetime(2026, 3, 2, 1, 10, tzinfo=UTC)
WINDOW = window_after(DOSE)


def at(day, hour, minute=0):
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def test_a_dose_at_9_10_in_shanghai_opens_the_window_from_7_10_to_11_10():
    window = window_after(datetime(2026, 3, 2, 9, 10, tzinfo=SHANGHAI))
    assert window == Window(
        opens_at=at(2, 23, 10), ideal_at=at(3, 1, 10), closes_at=at(3, 3, 10)
    )  # fmt: skip
    assert window.opens_at.astimezone(SHANGHAI).strftime("%H:%M") == "07:10"
    assert window.closes_at.astimezone(SHANGHAI).strftime("%H:%M") == "11:10"


def test_a_draw_at_9_asks_for_the_dose_between_7_and_11_the_day_before():
    draw = datetime(2026, 3, 3, 9, 0, tzinfo=SHANGHAI)
    assert dose_times(draw) == DoseWindow(at(1, 23), at(2, 1), at(2, 3))


def test_the_window_keeps_its_hours_when_the_clocks_go_forward():
    window = window_after(datetime(2026, 3, 28, 8, 0, tzinfo=BERLIN))
    assert window.ideal_at.astimezone(BERLIN) == datetime(2026, 3, 29, 9, 0, tzinfo=BERLIN)
    assert window.ideal_at.tzinfo is UTC


def test_the_dose_time_keeps_its_hours_when_the_clocks_go_back():
    times = dose_times(datetime(2026, 10, 25, 8, 0, tzinfo=BERLIN))
    assert times.ideal.astimezone(BERLIN) == datetime(2026, 10, 24, 9, 0, tzinfo=BERLIN)
    assert times.ideal.tzinfo is UTC


def test_a_draw_on_the_night_of_the_change_is_placed_by_its_own_hour():
    """02:30 comes twice; a window that closes in the first has passed in the second."""
    window = window_after(datetime(2026, 10, 24, 0, 30, tzinfo=BERLIN))
    first = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    assert fits(window, first)
    assert not fits(window, first.replace(fold=1))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (WINDOW.opens_at - SECOND, "too_early"),
        (WINDOW.opens_at, "open"),
        (WINDOW.ideal_at, "open"),
        (WINDOW.closes_at - timedelta(minutes=30) - SECOND, "open"),
        (WINDOW.closes_at - timedelta(minutes=30), "closing"),
        (WINDOW.closes_at, "closing"),
        (WINDOW.closes_at + SECOND, "late"),
    ],
)
def test_a_moment_is_too_early_open_closing_or_late(now, expected):
    assert status(WINDOW, now) == expected
    assert status(WINDOW, now.astimezone(SHANGHAI)) == expected
    assert fits(WINDOW, now) is (expected in {"open", "closing"})


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (window_after, "dose_at"),
        (dose_times, "draw_at"),
        (lambda naive: unfit(naive, SHANGHAI), "draw_at"),
        (lambda naive: status(WINDOW, naive), "now"),
        (lambda naive: fits(WINDOW, naive), "draw_at"),
    ],
)
def test_a_time_without_an_offset_is_refused(call, field):
    with pytest.raises(ClinicalError) as refused:
        call(datetime(2026, 3, 2, 9, 0))  # noqa: DTZ001
    assert refused.value.field == field


@pytest.mark.parametrize("asked", [status, fits])
@pytest.mark.parametrize("field", ["opens_at", "closes_at"])
def test_a_window_without_an_offset_is_refused(asked, field):
    naive = getattr(WINDOW, field).replace(tzinfo=None)
    with pytest.raises(ClinicalError) as refused:
        asked(replace(WINDOW, **{field: naive}), WINDOW.ideal_at)
    assert refused.value.field == field


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(BERLIN)))  # noqa: DTZ001
def test_a_dose_at_the_time_aimed_for_makes_the_planned_draw_ideal(draw):
    times = dose_times(draw)
    assert window_after(times.ideal).ideal_at == draw.astimezone(UTC)
    assert window_after(times.earliest).closes_at == draw.astimezone(UTC)
    assert window_after(times.latest).opens_at == draw.astimezone(UTC)


@pytest.mark.parametrize(
    ("draw", "reason"),
    [
        ((0, 30, 0), "too_early"),
        ((5, 59, 59), "too_early"),
        ((6, 0, 0), None),
        ((9, 0, 0), None),
        ((10, 0, 0), None),
        ((10, 0, 1), "too_late"),
        ((15, 30, 0), "too_late"),
        ((23, 59, 59), "too_late"),
    ],
)
def test_an_appointment_suits_a_morning_dose_or_says_why_not(draw, reason):
    found = unfit(datetime(2026, 3, 3, *draw, tzinfo=SHANGHAI), SHANGHAI)
    assert (found and found.reason) == reason


def test_an_unfit_appointment_names_the_draws_that_would_fit():
    draw = datetime(2026, 3, 3, 15, 0, tzinfo=SHANGHAI)
    found = unfit(draw, SHANGHAI)
    assert found == Unfit("too_late", at(2, 7), at(2, 22), at(3, 2))
    assert found.draw_from.tzinfo is found.draw_to.tzinfo is UTC


def test_a_morning_is_that_of_the_patients_own_zone():
    draw = datetime(2026, 3, 3, 9, 0, tzinfo=SHANGHAI)
    assert unfit(draw, SHANGHAI) is None
    assert unfit(draw, BERLIN).reason == "too_early", "02:00 in Berlin"


@pytest.mark.parametrize(
    ("month", "day", "fits_from", "fits_to"),
    [(3, 29, "07:00", "11:00"), (10, 25, "05:00", "09:00")],
    ids=["clocks forward", "clocks back"],
)
def test_the_draws_that_fit_move_with_a_change_of_the_clock(month, day, fits_from, fits_to):
    found = unfit(datetime(2026, month, day, 15, 0, tzinfo=BERLIN), BERLIN)
    assert found.draw_from.astimezone(BERLIN).strftime("%d %H:%M") == f"{day} {fits_from}"
    assert found.draw_to.astimezone(BERLIN).strftime("%d %H:%M") == f"{day} {fits_to}"
    assert unfit(found.draw_from, BERLIN) is None
    assert unfit(found.draw_to, BERLIN) is None
    assert unfit(found.draw_from - SECOND, BERLIN).reason == "too_early"
    assert unfit(found.draw_to + SECOND, BERLIN).reason == "too_late"
