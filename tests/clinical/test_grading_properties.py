"""What holds of every laboratory grade, whatever the value."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.clinical.grading import ANALYTES, UNITS, VERSIONS, Grade, grade_lab, printed_term
from app.clinical.grading.measurement import CEILINGS, FLOORS
from app.clinical.symptoms.report import worst_by_family

COUNTS = ["WBC", "neutrophils", "lymphocytes", "platelets"]
FALLING = ["haemoglobin", *COUNTS]
RISING = ["ALT", "AST", "ALP", "bilirubin", "creatinine"]
EDITION = st.sampled_from(VERSIONS)


def least(analyte, unit):
    return FLOORS.get(analyte, {}).get(unit, 0)


def values(analyte, unit):
    return st.floats(min_value=least(analyte, unit), max_value=CEILINGS[analyte][unit])


def limits(analyte, unit):
    return st.floats(min_value=least(analyte, unit) or 0.001, max_value=CEILINGS[analyte][unit])


def unknown_or(strategy):
    return st.none() | strategy


@given(st.sampled_from(FALLING), st.data(), EDITION)
def test_a_lower_count_never_has_a_lower_grade(analyte, data, version):
    unit = data.draw(st.sampled_from(UNITS[analyte]))
    low, high = sorted(data.draw(st.tuples(values(analyte, unit), values(analyte, unit))))
    lln = data.draw(limits(analyte, unit))
    below, above = (
        grade_lab(analyte, value, unit, lln=lln, ctcae_version=version).grade
        for value in (low, high)
    )
    assert below >= above


@given(st.sampled_from(RISING), st.data(), EDITION)
def test_a_higher_value_never_has_a_lower_grade(analyte, data, version):
    unit = data.draw(st.sampled_from(UNITS[analyte]))
    low, high = sorted(data.draw(st.tuples(values(analyte, unit), values(analyte, unit))))
    lln, uln = sorted(data.draw(st.tuples(limits(analyte, unit), limits(analyte, unit))))
    assume(lln < uln)
    baseline = data.draw(unknown_or(limits(analyte, unit)))
    below, above = (
        grade_lab(analyte, value, unit, lln, uln, baseline, version).grade for value in (low, high)
    )
    assert below is None or above is None or below <= above



def scaled(number, factor):
    return None if number is None else float(Decimal(str(number)) * factor)


@pytest.mark.parametrize(
    ("analytes", "unit", "other", "factor"),
    [
        (COUNTS, "10^9/L", "/mm3", 1000),
        (["haemoglobin"], "g/dL", "g/L", 10),
    ],
)
@given(data=st.data(), version=EDITION)
def test_an_exact_conversion_of_the_unit_changes_no_grade(
    analytes, unit, other, factor, data, version
):
    analyte = data.draw(st.sampled_from(analytes))
    decimals = st.decimals(least(analyte, unit), max_value=30, places=3).map(float)
    value, lln = data.draw(decimals), data.draw(unknown_or(decimals.filter(bool)))
    one = grade_lab(analyte, value, unit, lln=lln, ctcae_version=version)
    same = grade_lab(
        analyte, scaled(value, factor), other, lln=scaled(lln, factor), ctcae_version=version
    )
    assert (one.grade, one.missing) == (same.grade, same.missing)


# Molar masses to the printed digit: any factor will do, as the limits are converted with it.
@pytest.mark.parametrize(("analyte", "factor"), [("bilirubin", "17.1"), ("creatinine", "88.4")])
@given(data=st.data(), version=EDITION)
def test_a_ratio_does_not_depend_on_the_unit(analyte, factor, data, version):
    decimals = st.decimals(min_value="0.01", max_value=50, places=2).map(float)
    value, baseline = data.draw(decimals), data.draw(unknown_or(decimals))
    lln, uln = sorted(data.draw(st.tuples(decimals, decimals)))
    assume(lln < uln)
    numbers = (value, lln, uln, baseline)
    one = grade_lab(analyte, value, "mg/dL", lln, uln, baseline, version)
    converted = [scaled(number, Decimal(factor)) for number in numbers]
    same = grade_lab(analyte, converted[0], "umol/L", *converted[1:], version)
    assert (one.grade, one.criterion, one.missing) == (same.grade, same.criterion, same.missing)


@given(st.sampled_from(ANALYTES), st.data(), EDITION)
def test_no_value_reaches_a_grade_that_its_term_has_not(analyte, data, version):
    unit = data.draw(st.sampled_from(UNITS[analyte]))
    value = data.draw(values(analyte, unit))
    uln, baseline = (data.draw(unknown_or(limits(analyte, unit))) for _ in range(2))
    graded = grade_lab(analyte, value, unit, None, uln, baseline, version)
    if graded.grade:
        printed = printed_term(graded.term, version).grades[graded.grade]
        assert graded.criterion in printed.split("; ")
    else:
        assert graded.criterion is None


@given(st.lists(st.tuples(st.sampled_from(["edema", "skin", "gi", "other"]), st.integers(0, 4))))
def test_a_familys_grade_is_its_highest_and_0_where_nothing_was_told(told):
    worst = worst_by_family([Grade("any", grade, None, family) for family, grade in told])
    for family, grade in worst.items():
        assert grade == max((one for of, one in told if of == family), default=0)
