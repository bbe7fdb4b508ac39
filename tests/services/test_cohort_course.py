"""Doses as spells, and the first reduction among them: what always holds."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.cohort.course import bounds_of, first_reduction, spells_of

START = date(2025, 1, 1)
STEPS = st.lists(
    st.tuples(st.sampled_from([200, 300, 400, 600]), st.integers(0, 900)), max_size=8,
    unique_by=lambda step: step[1],
).map(lambda steps: sorted(((mg, START + timedelta(day)) for mg, day in steps), key=lambda s: s[1]))  # fmt: skip


@given(STEPS)
def test_spells_follow_each_other_and_each_changes_the_dose(steps):
    spells = spells_of(steps)
    assert bool(spells) == bool(steps)
    for one, following in pairwise(spells):
        assert one.ended_on == following.began_on
        assert one.dose_mg != following.dose_mg
    assert not spells or spells[-1].ended_on is None


@given(STEPS, st.integers(-10, 1000))
def test_a_day_is_of_at_most_one_dose_and_that_is_the_one_in_force_the_evening_before(steps, day):
    on = START + timedelta(day)
    holding = [spell.dose_mg for spell in spells_of(steps) if spell.holds(on)]
    begun = [mg for mg, began in steps if began < on]
    assert holding == begun[-1:]


@given(STEPS)
def test_the_reduction_is_the_first_step_down(steps):
    found = first_reduction(spells_of(steps))
    doses = [mg for mg, _ in steps]
    downs = [at for at, (one, following) in enumerate(pairwise(doses)) if following < one]
    assert (found is None) == (not downs)
    if found:
        assert found.on == steps[downs[0] + 1][1]
        assert (found.before.dose_mg, found.after.dose_mg) == (doses[downs[0]], doses[downs[0] + 1])
        assert found.treated_from == steps[0][1]


@pytest.mark.parametrize(("doses", "reduced"), [
    ([400, 0], None), ([400, 0, 400], None), ([400, 0, 300], (400, 300)), ([0, 400, 200], (400, 200)),
])  # fmt: skip
def test_a_time_without_treatment_is_no_lower_dose(doses, reduced):
    steps = [(mg, START + timedelta(100 * n)) for n, mg in enumerate(doses)]
    found = first_reduction(spells_of(steps))
    assert (found and (found.before.dose_mg, found.after.dose_mg)) == reduced


@given(STEPS, st.sampled_from(["Asia/Shanghai", "America/New_York", "Pacific/Auckland"]))
def test_the_bounds_in_utc_are_the_spells_days_in_the_patients_zone(steps, name):
    zone = ZoneInfo(name)
    found = first_reduction(spells_of(steps))
    if found is None:
        return
    begins, changed, ends = bounds_of(found, zone)
    assert begins < changed < ends
    for spell, low, high in ((found.before, begins, changed), (found.after, changed, ends)):
        for at in (low, high - timedelta(minutes=1)):
            assert spell.holds(at.astimezone(zone).date() if at.year < 9000 else START + timedelta(5000))
        assert not spell.holds((low - timedelta(minutes=1)).astimezone(zone).date())


def test_a_change_across_a_clock_change_is_at_the_walls_midnight():
    """New York turns its clocks back on 2 November 2025: 3 November begins at 05:00 UTC."""
    reduction = first_reduction(spells_of([(400, date(2025, 9, 1)), (300, date(2025, 11, 2))]))
    _, changed, _ = bounds_of(reduction, ZoneInfo("America/New_York"))
    assert changed == datetime(2025, 11, 3, 5, tzinfo=UTC)
