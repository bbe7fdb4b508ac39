"""The level that a draw would have given 24 hours after the dose."""

import math
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clinical.errors import ClinicalError
from app.clinical.trough import (
    KE_HIGH,
    KE_LOW,
    KE_TYPICAL,
    band,
    corrected_trough,
    hours_between,
    trough,
    uncorrectable,
)
from app.clinical.units import ug_per_l

DOSE = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")
SECOND = timedelta(seconds=1)


def drawn_after(hours, raw=1000.0, **settings):
    return trough(raw, DOSE, DOSE + timedelta(hours=hours), **settings)


@pytest.mark.parametrize(
    ("hours", "corrected"),
    [(22, 921.27), (23, 959.83), (24, 1000), (25, 1041.85), (26, 1085.46)],
)
def test_a_level_is_carried_to_24_hours_as_published(hours, corrected):
    assert drawn_after(hours).corrected_ug_per_l == pytest.approx(corrected, abs=0.005)


def test_a_report_of_1_2_mg_per_l_half_an_hour_early_is_1175_65():
    level = drawn_after(23.5, raw=ug_per_l(1.2, "mg/L"))
    assert level.raw_ug_per_l == 1200
    assert level.corrected_ug_per_l == pytest.approx(1175.65, abs=0.005)
    assert (level.hours_after_dose, level.band, level.flags) == (23.5, "above", ())


@pytest.mark.parametrize(
    ("true_ke", "raw_error", "corrected_error"),
    [(KE_LOW, 0.071, 0.053), (KE_TYPICAL, 0.131, 0), (KE_HIGH, 0.234, 0.091)],
)
def test_three_hours_early_errs_as_published_before_and_after_correction(
    true_ke, raw_error, corrected_error
):
    level = drawn_after(21, raw=1000 * math.exp(true_ke * 3))
    assert level.raw_ug_per_l / 1000 - 1 == pytest.approx(raw_error, abs=0.0006)
    assert abs(level.corrected_ug_per_l / 1000 - 1) == pytest.approx(corrected_error, abs=0.0006)


@pytest.mark.parametrize("hours", [8, 22, 23, 25, 26, 48])
def test_the_range_covers_slow_and_fast_elimination(hours):
    level = drawn_after(hours)
    slow, fast = (corrected_trough(1000, hours, ke) for ke in (KE_LOW, KE_HIGH))
    assert (level.low_ug_per_l, level.high_ug_per_l) == (min(slow, fast), max(slow, fast))
    assert level.low_ug_per_l <= level.corrected_ug_per_l <= level.high_ug_per_l


@pytest.mark.parametrize(
    ("ke", "edge"), [(0.01, "high_ug_per_l"), (0.09, "low_ug_per_l"), (1, "low_ug_per_l")]
)
def test_a_clinics_own_rate_widens_the_range(ke, edge):
    level = drawn_after(22, ke=ke)
    assert getattr(level, edge) == level.corrected_ug_per_l


@pytest.mark.parametrize("ke", [0, -0.041, 1.01, math.nan, math.inf])
def test_a_rate_that_is_none_is_refused(ke):
    with pytest.raises(ClinicalError) as refused:
        drawn_after(24, ke=ke)
    assert refused.value.field == "ke"
    assert str(refused.value) == "ke must be above 0 and at most 1 per hour; typical is 0.041."


@pytest.mark.parametrize(
    ("elapsed", "flags"),
    [
        (timedelta(hours=8), ("outside_window",)),
        (timedelta(hours=22) - SECOND, ("outside_window",)),
        (timedelta(hours=22), ()),
        (timedelta(hours=24), ()),
        (timedelta(hours=26), ()),
        (timedelta(hours=26) + SECOND, ("outside_window",)),
        (timedelta(hours=48), ("outside_window",)),
    ],
)
def test_a_draw_outside_22_to_26_hours_is_flagged(elapsed, flags):
    assert trough(1000, DOSE, DOSE + elapsed).flags == flags


@pytest.mark.parametrize(
    "elapsed",
    [-SECOND, timedelta(0), timedelta(hours=8) - SECOND, timedelta(hours=48) + SECOND],
)
def test_a_draw_before_8_or_after_48_hours_is_not_corrected(elapsed):
    with pytest.raises(ClinicalError) as refused:
        trough(1000, DOSE, DOSE + elapsed)
    assert refused.value.field == "drawn_at"
    assert str(refused.value)


def test_a_draw_before_the_dose_says_so():
    with pytest.raises(ClinicalError, match="before the dose"):
        drawn_after(-1)


def test_a_draw_at_the_moment_of_the_dose_is_not_before_it():
    assert hours_between(DOSE, DOSE) == 0
    with pytest.raises(ClinicalError, match="8 to 48 hours"):
        drawn_after(0)


@pytest.mark.parametrize("raw", [0, -5, math.nan, math.inf])
def test_a_level_that_is_none_is_not_corrected(raw):
    with pytest.raises(ClinicalError) as refused:
        drawn_after(24, raw=raw)
    assert refused.value.field == "concentration"


@pytest.mark.parametrize("field", ["dose_taken_at", "drawn_at"])
def test_a_time_without_an_offset_is_refused(field):
    times = {"dose_taken_at": DOSE, "drawn_at": DOSE + timedelta(hours=24)}
    times[field] = times[field].replace(tzinfo=None)
    with pytest.raises(ClinicalError) as refused:
        trough(1000, **times)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("month", "day", "hours"),
    [(3, 7, 23.0), (10, 31, 25.0)],
    ids=["clocks forward", "clocks back"],
)
def test_hours_are_elapsed_hours_across_a_change_of_the_clock(month, day, hours):
    dose = datetime(2026, month, day, 8, 0, tzinfo=NEW_YORK)
    draw = dose + timedelta(days=1)
    assert (draw - dose) / timedelta(hours=1) == 24.0, "the wall clock says 24"
    level = trough(1000, dose, draw)
    assert level.hours_after_dose == hours
    assert level.corrected_ug_per_l == pytest.approx(corrected_trough(1000, hours))


@pytest.mark.parametrize(("month", "day", "hours"), [(3, 28, 23.0), (10, 24, 25.0)])
def test_a_day_of_the_clock_change_in_berlin_has_23_or_25_hours(month, day, hours):
    berlin = ZoneInfo("Europe/Berlin")
    dose = datetime(2026, month, day, 8, 0, tzinfo=berlin)
    assert trough(1000, dose, dose + timedelta(days=1)).hours_after_dose == hours


def test_the_hour_that_comes_twice_is_told_apart():
    berlin = ZoneInfo("Europe/Berlin")
    dose = datetime(2026, 10, 24, 3, 30, tzinfo=berlin)
    first = datetime(2026, 10, 25, 2, 30, tzinfo=berlin)
    hours = [trough(1000, dose, first.replace(fold=fold)).hours_after_dose for fold in (0, 1)]
    assert hours == [23.0, 24.0]


def test_a_patient_who_travels_between_dose_and_draw_keeps_the_elapsed_hours():
    dose = datetime(2026, 3, 2, 8, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    draw = datetime(2026, 3, 3, 2, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    assert trough(1000, dose, draw).hours_after_dose == 25.0


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (759.999, "below"),
        (760, "expected"),
        (1100, "expected"),
        (1100.001, "above"),
        (1499.999, "above"),
        (1500, "at_or_above_1500"),
    ],
)
def test_the_bands_are_those_of_the_publications(level, expected):
    assert band(level) == expected


def test_the_band_is_that_of_the_corrected_level():
    assert (drawn_after(22, raw=1110).band, drawn_after(24, raw=1110).band) == ("expected", "above")
    level = drawn_after(22, raw=1180)
    assert (level.band, band(level.high_ug_per_l)) == ("expected", "above")


@pytest.mark.parametrize("hours", [None, 3.5])
def test_a_draw_after_todays_dose_is_kept_as_measured(hours):
    level = uncorrectable(1200, hours)
    assert level.raw_ug_per_l == 1200
    assert level.hours_after_dose == hours
    assert level.corrected_ug_per_l is level.low_ug_per_l is level.high_ug_per_l is None
    assert (level.band, level.flags) == (None, ("uncorrectable",))


def test_a_level_that_is_none_is_not_kept_either():
    with pytest.raises(ClinicalError) as refused:
        uncorrectable(0)
    assert refused.value.field == "concentration"


@given(
    st.floats(min_value=10, max_value=1e4),
    st.floats(min_value=8, max_value=40),
    st.sampled_from([KE_LOW, KE_TYPICAL, KE_HIGH]),
)
def test_correcting_undoes_the_decay(at_24_hours, hours, ke):
    measured = at_24_hours * math.exp(-ke * (hours - 24))
    assert corrected_trough(measured, hours, ke) == pytest.approx(at_24_hours)


@given(
    st.integers(min_value=8 * 3600, max_value=48 * 3600),
    st.integers(min_value=-12 * 60, max_value=14 * 60),
)
def test_the_offset_in_which_a_time_is_written_changes_nothing(seconds, offset):
    draw = DOSE + timedelta(seconds=seconds)
    elsewhere = draw.astimezone(timezone(timedelta(minutes=offset)))
    assert trough(1000, DOSE, elsewhere) == trough(1000, DOSE, draw)


LEVELS = st.floats(min_value=10, max_value=1e4)
HOURS = st.floats(min_value=8, max_value=48)
RATES = st.floats(min_value=KE_LOW, max_value=KE_HIGH)


@given(LEVELS, st.floats(min_value=8, max_value=40), RATES)
def test_correcting_is_undone_by_the_mirrored_interval(raw, hours, ke):
    there = corrected_trough(raw, hours, ke)
    assert corrected_trough(there, 48 - hours, ke) == pytest.approx(raw)


@given(LEVELS, RATES)
def test_at_24_hours_nothing_is_corrected(raw, ke):
    assert corrected_trough(raw, 24, ke) == raw


@given(LEVELS, LEVELS, HOURS, HOURS, RATES)
def test_a_higher_level_or_a_later_draw_never_corrects_to_less(one, other, early, late, ke):
    lower, higher = sorted((one, other))
    early, late = sorted((early, late))
    assert corrected_trough(lower, early, ke) <= corrected_trough(higher, early, ke)
    assert corrected_trough(lower, early, ke) <= corrected_trough(lower, late, ke)


@given(LEVELS, st.integers(8 * 3600, 48 * 3600), st.floats(min_value=0.001, max_value=1))
def test_the_corrected_level_lies_in_its_range(raw, seconds, ke):
    level = trough(raw, DOSE, DOSE + timedelta(seconds=seconds), ke)
    assert level.low_ug_per_l <= level.corrected_ug_per_l <= level.high_ug_per_l


@given(LEVELS, HOURS)
def test_the_unit_of_the_report_changes_nothing(raw, hours):
    reported = {"ug/L": raw, "ng/mL": raw, "mg/L": raw / 1000, "umol/L": raw / 493.6}
    corrected = [corrected_trough(ug_per_l(value, unit), hours) for unit, value in reported.items()]
    assert corrected == pytest.approx([corrected[0]] * 4)
