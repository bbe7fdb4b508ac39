"""When a level counts as at steady state, and what another dose would make of it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.clinical.errors import ClinicalError
from app.clinical.trough import projected, steady_state_flags

DOSE = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_28_days_at_a_dose_are_elapsed_days_across_a_change_of_the_clock():
    berlin = ZoneInfo("Europe/Berlin")
    started = datetime(2026, 3, 2, 8, 0, tzinfo=berlin)
    same_clock = started + timedelta(days=28)
    assert steady_state_flags(same_clock, started, []) == ("not_at_steady_state",)
    assert steady_state_flags(same_clock + timedelta(hours=1), started, []) == ()


@pytest.mark.parametrize(
    ("at_dose", "flags"),
    [
        (timedelta(days=28), ()),
        (timedelta(days=28) - SECOND, ("not_at_steady_state",)),
        (timedelta(0), ("not_at_steady_state",)),
    ],
)
def test_under_28_days_at_the_dose_is_not_steady_state(at_dose, flags):
    assert steady_state_flags(DOSE + at_dose, DOSE, []) == flags


@pytest.mark.parametrize(
    ("before_draw", "flags"),
    [
        (timedelta(days=4), ("not_at_steady_state",)),
        (timedelta(days=4) + SECOND, ()),
        (timedelta(hours=24), ("not_at_steady_state",)),
        (timedelta(0), ("not_at_steady_state",)),
        (-SECOND, ()),
    ],
)
def test_a_dose_missed_or_vomited_in_the_last_four_days_counts(before_draw, flags):
    started = DOSE - timedelta(days=100)
    long_ago = DOSE - timedelta(days=50)
    assert steady_state_flags(DOSE, started, [long_ago, DOSE - before_draw]) == flags


@pytest.mark.parametrize(("to_mg", "level"), [(300, 1200.0), (200, 800.0), (400, 1600.0)])
def test_another_dose_is_projected_in_proportion(to_mg, level):
    assert projected(1600, 400, to_mg) == pytest.approx(level)


@pytest.mark.parametrize("doses", [(0, 300), (400, 0), (-400, 300)])
def test_a_projection_needs_doses(doses):
    with pytest.raises(ClinicalError) as refused:
        projected(1600, *doses)
    assert refused.value.field == "dose_mg"


def test_a_dose_of_one_milligram_is_a_dose():
    assert (projected(1600, 1, 2), projected(1600, 2, 1)) == (3200, 800)


def test_a_level_that_is_none_is_not_projected():
    with pytest.raises(ClinicalError) as refused:
        projected(0, 400, 300)
    assert refused.value.field == "concentration"


@pytest.mark.parametrize("field", ["drawn_at", "dose_started_at", "missed_or_vomited_at"])
def test_a_time_without_an_offset_is_refused_at_steady_state_too(field):
    times = {"drawn_at": DOSE, "dose_started_at": DOSE, "missed_or_vomited_at": DOSE}
    times[field] = times[field].replace(tzinfo=None)
    with pytest.raises(ClinicalError) as refused:
        steady_state_flags(
            times["drawn_at"], times["dose_started_at"], [times["missed_or_vomited_at"]]
        )
    assert refused.value.field == field
