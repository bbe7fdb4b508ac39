"""After the dose was lowered: the level that is due, and a level that is too low."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clinical.errors import ClinicalError
from app.clinical.watch import watch_after_reduction


def watch(before=400, now=300, days=30, levels=()):
    return watch_after_reduction(before, now, days, levels)


@pytest.mark.parametrize(
    ("days", "state", "due_in"),
    [
        (0, "not_due", 28),
        (27, "not_due", 1),
        (28, "due", 0),
        (35, "due", -7),
        (36, "overdue", -8),
        (400, "overdue", -372),
    ],
)
def test_a_level_is_due_one_month_after_a_reduction(days, state, due_in):
    seen = watch(days=days)
    assert (seen.state, seen.due_in_days) == (state, due_in)
    assert (seen.first_level_ug_per_l, seen.flags, seen.sources) == (None, (), ("chen_2024",))


@pytest.mark.parametrize("days", [28, 100])
def test_a_level_at_steady_state_ends_the_wait(days):
    seen = watch(days=days, levels=[900.0])
    assert (seen.state, seen.first_level_ug_per_l) == ("done", 900.0)


@pytest.mark.parametrize(
    ("level", "flags"),
    [
        (759.99, ("below_after_reduction",)),
        (759.9999999, ("below_after_reduction",)),
        (760, ()),
        (1099.9, ()),
        (1500, ()),
    ],
)
def test_a_level_below_760_after_a_reduction_is_flagged_with_its_sources(level, flags):
    seen = watch(levels=[level])
    assert seen.flags == flags
    assert seen.below_ug_per_l == ((level,) if flags else ())
    low = ("bouchet_2016_760", "bouchet_2016_cv") if flags else ()
    assert seen.sources == ("chen_2024", *low)


def test_a_later_low_level_is_flagged_and_the_first_one_still_named():
    seen = watch(levels=[900.0, 700.0])
    assert (seen.first_level_ug_per_l, seen.below_ug_per_l) == (900.0, (700.0,))


def test_the_variation_within_a_patient_is_told_and_no_crossing_is_claimed():
    seen = watch(levels=[700.0])
    assert seen.within_patient_cv == 0.26
    assert not any("cross" in flag for flag in seen.flags)


@pytest.mark.parametrize(
    ("before", "now"), [(500, 400), (400, 300), (400, 200), (300, 200), (200, 100)]
)
def test_every_lower_dose_is_watched(before, now):
    seen = watch(before, now)
    assert (seen.from_dose_mg, seen.to_dose_mg) == (before, now)


@pytest.mark.parametrize(("before", "now"), [(400, 400), (300, 400), (100, 200)])
def test_a_dose_that_was_not_lowered_is_not_watched(before, now):
    assert watch(before, now, levels=[500.0]) is None


@pytest.mark.parametrize(
    ("case", "field"),
    [
        ({"before": 0}, "from_dose_mg"),
        ({"before": 350}, "from_dose_mg"),
        ({"now": -100}, "to_dose_mg"),
        ({"now": 900}, "to_dose_mg"),
        ({"days": -1}, "days_since_change"),
        ({"days": 2.5}, "days_since_change"),
        ({"levels": [0]}, "steady_ug_per_l"),
        ({"levels": [900, math.nan]}, "steady_ug_per_l"),
    ],
)
def test_an_input_that_cannot_be_is_refused_by_name(case, field):
    with pytest.raises(ClinicalError) as refused:
        watch(**case)
    assert refused.value.field == field
    assert str(refused.value)


DOSES = st.sampled_from(range(100, 801, 100))


@given(DOSES, DOSES, st.integers(0, 500), st.lists(st.floats(10, 10_000), max_size=4))
def test_only_a_reduction_is_watched_and_only_levels_below_760_are_flagged(
    before, now, days, levels
):
    seen = watch(before, now, days, levels)
    assert (seen is not None) == (now < before)
    if seen is not None:
        assert bool(seen.flags) == any(level < 760 for level in levels)
        assert (seen.state == "done") == bool(levels)
