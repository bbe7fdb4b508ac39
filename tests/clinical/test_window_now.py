"""How a draw stands at a moment: each bound, and what is told with it."""

from datetime import UTC, datetime, timedelta

import pytest

from app.clinical.draw_window import window_after
from app.clinical.window_now import drawn, standing

DOSE = datetime(2026, 11, 23, 1, 10, tzinfo=UTC)
WINDOW = window_after(DOSE)  # 22 to 26 h after
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(("hours", "minutes", "state"), [
    (0, 0, "opens"), (21, 59, "opens"), (22, 0, "open"), (24, 0, "open"), (25, 29, "open"),
    (25, 30, "closing"), (25, 59, "closing"), (26, 0, "closing"), (26, 1, "closed"), (50, 0, "closed"),
])  # fmt: skip
def test_a_window_stands_by_the_minute(hours, minutes, state):
    seen = standing(WINDOW, DOSE + timedelta(hours=hours, minutes=minutes))
    at = WINDOW.opens_at if state == "opens" else WINDOW.closes_at
    assert (seen.state, seen.at, seen.hours_after_dose) == (state, at, None)


def test_without_a_dose_that_is_told_nothing_is_known_of_the_window():
    assert (standing(None, DOSE).state, standing(None, DOSE).at) == ("unknown", None)


def test_a_draw_says_how_long_after_the_dose_it_was():
    seen = drawn(DOSE + timedelta(hours=24, minutes=6), DOSE)
    assert (seen.state, seen.hours_after_dose) == ("drawn", pytest.approx(24.1))


def test_a_draw_whose_dose_is_not_known_says_its_time_alone():
    assert drawn(DOSE, None).hours_after_dose is None
