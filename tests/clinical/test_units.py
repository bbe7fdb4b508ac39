"""Units of an imatinib level."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clinical.errors import ClinicalError
from app.clinical.units import needs_confirmation, ug_per_l

LEVELS = st.floats(min_value=1, max_value=1e5)


@pytest.mark.parametrize(
    ("concentration", "unit", "expected"),
    [
        (1200, "ug/L", 1200),
        (1200, "ng/mL", 1200),
        (1.2, "mg/L", 1200),
        (1, "umol/L", 493.6),
        (2, "\u00b5mol/L", 987.2),
        (2, "\u03bcmol/L", 987.2),
        (1200, "\u00b5g/L", 1200),
        (1200, " \u03bcg/L ", 1200),
    ],
)
def test_a_level_is_read_in_the_unit_it_was_reported_in(concentration, unit, expected):
    assert ug_per_l(concentration, unit) == pytest.approx(expected)


@pytest.mark.parametrize("unit", ["", "g/L", "UG/L", "nmol/L", "ug", "mmol/L"])
def test_a_unit_that_is_not_known_is_refused(unit):
    with pytest.raises(ClinicalError) as refused:
        ug_per_l(1200, unit)
    assert refused.value.field == "unit"
    assert "ng/mL" in str(refused.value)


@pytest.mark.parametrize("concentration", [0, -1, math.nan, math.inf, -math.inf, 1e300])
def test_a_level_that_no_blood_can_have_is_refused(concentration):
    with pytest.raises(ClinicalError) as refused:
        ug_per_l(concentration, "mg/L")
    assert refused.value.field == "concentration"
    assert str(refused.value) == refused.value.detail


def test_a_level_of_1e9_is_the_highest_that_is_taken():
    assert ug_per_l(1e9, "ug/L") == 1e9
    with pytest.raises(ClinicalError):
        ug_per_l(1e9 + 1, "ug/L")


@pytest.mark.parametrize(
    ("level", "asked"),
    [(9.99, True), (10, False), (1200, False), (10_000, False), (10_000.01, True)],
)
def test_an_unlikely_level_must_be_confirmed(level, asked):
    assert needs_confirmation(level) is asked


@given(LEVELS)
def test_the_unit_of_a_report_changes_nothing(level):
    reported = {"ug/L": level, "ng/mL": level, "mg/L": level / 1000, "umol/L": level / 493.6}
    for unit, concentration in reported.items():
        assert ug_per_l(concentration, unit) == pytest.approx(level)
