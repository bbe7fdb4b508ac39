"""Laboratory values are graded by CTCAE v5.0, at every edge that it prints."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clinical.errors import (
    ClinicalError,
    LimitsCrossed,
    NotAMeasurement,
    NotPositive,
    UnitDoesNotFit,
    UnknownAnalyte,
)
from app.clinical.grading import ANALYTES, FAMILIES, TERMS, UNITS, grade_lab

COUNTS = {
    "WBC": ((3.0, 2.0, 1.0), 4.0),
    "neutrophils": ((1.5, 1.0, 0.5), 1.8),
    "lymphocytes": ((0.8, 0.5, 0.2), 1.1),
    "platelets": ((75.0, 50.0, 25.0), 125.0),
}
TINY = 0.001


def grade(analyte, value, unit, **limits):
    return grade_lab(analyte, value, unit, **limits).grade


def count_edges():
    for analyte, (limits, lln) in COUNTS.items():
        yield analyte, lln, 0
        yield analyte, lln + TINY, 0
        yield analyte, lln - TINY, 1
        for reached, limit in enumerate(limits, start=1):
            yield analyte, limit + TINY, reached
            yield analyte, limit, reached
            yield analyte, limit - TINY, reached + 1
        yield analyte, 0, 4


@pytest.mark.parametrize(("analyte", "value", "expected"), count_edges())
def test_a_count_is_graded_with_its_lower_bound_closed(analyte, value, expected):
    lln = COUNTS[analyte][1]
    assert grade(analyte, value, "10^9/L", lln=lln) == expected
    assert grade(analyte, round(value * 1000, 6), "/mm3", lln=lln * 1000) == expected


@pytest.mark.parametrize("analyte", COUNTS)
def test_a_count_without_its_lower_limit_of_normal_is_unknown_where_only_that_could_tell(analyte):
    limits, _ = COUNTS[analyte]
    unknown = grade_lab(analyte, limits[0], "10^9/L")
    assert (unknown.grade, unknown.criterion, unknown.missing) == (None, None, ("lln",))
    known = grade_lab(analyte, limits[0] - TINY, "10^9/L")
    assert (known.grade, known.missing) == (2, ())


@pytest.mark.parametrize(
    ("unit", "lln", "edges"),
    [
        ("g/L", 130, [(130, 0), (129.9, 1), (100, 1), (99.9, 2), (80, 2), (79.9, 3), (79, 3)]),
        ("g/dL", 13, [(13, 0), (12.9, 1), (10.0, 1), (9.99, 2), (8.0, 2), (7.99, 3)]),
        ("mmol/L", 8.1, [(8.1, 0), (8.0, 1), (6.2, 1), (6.19, 2), (4.9, 2), (4.89, 3)]),
    ],
)
def test_anaemia_is_graded_by_the_column_of_its_unit_and_has_no_grade_4(unit, lln, edges):
    for value, expected in edges:
        assert grade("haemoglobin", value, unit, lln=lln) == expected
    assert grade("haemoglobin", 0, unit, lln=lln) == 3


def test_a_haemoglobin_of_79_is_grade_3_without_any_limit_and_100_is_unknown():
    assert grade("haemoglobin", 79, "g/L") == 3
    assert grade_lab("haemoglobin", 100, "g/L").missing == ("lln",)


def test_haemoglobin_in_mmol_is_not_converted_before_grading():
    graded = grade_lab("haemoglobin", 4.92, "mmol/L")
    assert (graded.grade, graded.criterion) == (2, "<6.2 - 4.9 mmol/L")


@pytest.mark.parametrize(
    ("unit", "criterion"),
    [("g/dL", "Hgb <8.0 g/dL"), ("mmol/L", "<4.9 mmol/L"), ("g/L", "<80 g/L")],
)
def test_the_criterion_is_the_alternative_of_the_unit(unit, criterion):
    assert grade_lab("haemoglobin", 1, unit).criterion == criterion


@pytest.mark.parametrize(
    ("unit", "value", "criterion"),
    [("10^9/L", 0.4, "<0.5 x 10e9 /L"), ("/mm3", 400, "<500/mm3")],
)
def test_the_criterion_of_a_count_is_the_alternative_of_the_unit(unit, value, criterion):
    assert grade_lab("neutrophils", value, unit).criterion == criterion


@pytest.mark.parametrize("analyte", ["ALT", "AST"])
@pytest.mark.parametrize(
    ("value", "baseline", "expected"),
    [
        (40, None, 0), (40.1, None, 1), (120, None, 1), (120.1, None, 2), (200, None, 2),
        (200.1, None, 3), (800, None, 3), (800.1, None, 4),
        (40.1, 40, 1), (120, 12, 1),
        (50, 100, 0), (100, 100, 0), (125, 100, 0), (149.9, 100, 0), (150, 100, 1),
        (300, 100, 1), (300.1, 100, 2), (500, 100, 2), (500.1, 100, 3), (2000, 100, 3),
        (2000.1, 100, 4),
    ],
)  # fmt: skip
def test_transaminases_go_by_the_limit_or_by_an_abnormal_baseline(
    analyte, value, baseline, expected
):
    assert grade(analyte, value, "U/L", uln=40, baseline=baseline) == expected


@pytest.mark.parametrize(
    ("value", "baseline", "expected"),
    [
        (100, None, 0), (100.1, None, 1), (250, None, 1), (250.1, None, 2), (500, None, 2),
        (500.1, None, 3), (2000, None, 3), (2000.1, None, 4),
        (200, 200, 0), (399.9, 200, 0), (400, 200, 1), (500, 200, 1), (500.1, 200, 2),
        (1000, 200, 2), (1000.1, 200, 3), (4000, 200, 3), (4000.1, 200, 4),
    ],
)  # fmt: skip
def test_alkaline_phosphatase_has_no_grade_up_to_twice_an_abnormal_baseline(
    value, baseline, expected
):
    assert grade("ALP", value, "U/L", uln=100, baseline=baseline) == expected


@pytest.mark.parametrize(
    ("value", "baseline", "expected"),
    [
        (20, None, 0), (20.1, None, 1), (30, None, 1), (30.1, None, 2), (60, None, 2),
        (60.1, None, 3), (200, None, 3), (200.1, None, 4),
        (40, 40, 0), (40.1, 40, 1), (60, 40, 1), (60.1, 40, 2), (120, 40, 2), (120.1, 40, 3),
        (400, 40, 3), (400.1, 40, 4),
    ],
)  # fmt: skip
def test_bilirubin_has_no_gap_above_an_abnormal_baseline(value, baseline, expected):
    assert grade("bilirubin", value, "umol/L", uln=20, baseline=baseline) == expected


def test_the_criterion_says_whether_the_baseline_was_normal():
    normal = grade_lab("ALT", 130, "U/L", uln=40)
    abnormal = grade_lab("ALT", 310, "U/L", uln=40, baseline=100)
    assert normal.criterion == ">3.0 - 5.0 x ULN if baseline was normal"
    assert abnormal.criterion == ">3.0 - 5.0 x baseline if baseline was abnormal"


@pytest.mark.parametrize("analyte", ["ALT", "AST", "ALP", "bilirubin"])
def test_a_liver_value_without_its_upper_limit_cannot_be_graded(analyte):
    graded = grade_lab(analyte, 5000, UNITS[analyte][0], baseline=10)
    assert (graded.grade, graded.missing, graded.family) == (None, ("uln",), "liver")


@pytest.mark.parametrize(
    ("value", "expected"),
    [(110, 0), (110.1, 1), (165, 1), (165.1, 2), (330, 2), (330.1, 3), (660, 3), (660.1, 4)],
)
def test_creatinine_goes_by_its_upper_limit(value, expected):
    assert grade("creatinine", value, "umol/L", uln=110, baseline=500) == expected


@pytest.mark.parametrize(("value", "expected"), [(90, 0), (90.1, 2), (180, 2), (180.1, 3)])
def test_creatinine_goes_by_its_baseline_too(value, expected):
    assert grade("creatinine", value, "umol/L", uln=500, baseline=60) == expected


def test_creatinine_from_60_to_100_is_grade_2_though_within_the_limit():
    graded = grade_lab("creatinine", 100, "\u03bcmol/L", uln=110, baseline=60)
    assert (graded.grade, graded.criterion) == (2, ">1.5 - 3.0 x baseline")


@pytest.mark.parametrize(
    ("value", "limits", "expected", "missing"),
    [
        (100, {}, None, ("uln", "baseline")),
        (90, {"baseline": 60}, None, ("uln",)),
        (100, {"baseline": 60}, 2, ("uln",)),
        (200, {"baseline": 60}, 3, ("uln",)),
        (100, {"uln": 110}, 0, ("baseline",)),
        (170, {"uln": 110}, 2, ("baseline",)),
        (340, {"uln": 110}, 3, ()),
        (670, {"uln": 110}, 4, ()),
        (100, {"uln": 110, "baseline": 90}, 0, ()),
    ],
)
def test_creatinine_says_what_could_still_raise_its_grade(value, limits, expected, missing):
    graded = grade_lab("creatinine", value, "umol/L", **limits)
    assert (graded.grade, graded.missing) == (expected, missing)


@pytest.mark.parametrize(("value", "uln"), [(5.7, 1.9), (3.9, 1.3), (0.3, 0.1), (6.3, 2.1)])
def test_three_times_a_decimal_limit_is_still_grade_1(value, uln):
    assert grade("ALT", value, "U/L", uln=uln) == 1


def test_red_cells_are_kept_and_not_graded():
    graded = grade_lab("RBC", 3.2, "10^12/L")
    assert (graded.term, graded.grade, graded.criterion, graded.missing) == (None, None, None, ())


@pytest.mark.parametrize("spelling", ["alt", "ALT", " Alt "])
def test_the_case_of_an_analyte_does_not_matter(spelling):
    assert grade_lab(spelling, 41, "U/L", uln=40).term == "alanine_aminotransferase_increased"


def test_a_grade_names_its_term_its_code_and_the_version():
    graded = grade_lab("platelets", 60, "10^9/L")
    assert (graded.term, graded.meddra) == ("platelet_count_decreased", "10035528")
    assert (graded.family, graded.ctcae_version) == ("marrow", "5.0")


@pytest.mark.parametrize(
    ("changed", "error", "field"),
    [
        ({"analyte": "sodium"}, UnknownAnalyte, "analyte"),
        ({"unit": "g/L"}, UnitDoesNotFit, "unit"),
        ({"unit": ""}, UnitDoesNotFit, "unit"),
        ({"value": -0.1}, NotAMeasurement, "value"),
        ({"value": math.nan}, NotAMeasurement, "value"),
        ({"value": math.inf}, NotAMeasurement, "value"),
        ({"lln": 0}, NotPositive, "lln"),
        ({"uln": -1}, NotPositive, "uln"),
        ({"baseline": math.nan}, NotPositive, "baseline"),
        ({"lln": 40, "uln": 40}, LimitsCrossed, "lln"),
    ],
)
def test_what_can_never_be_graded_is_refused_by_name(changed, error, field):
    with pytest.raises(error) as refused:
        grade_lab(**{"analyte": "ALT", "value": 41, "unit": "U/L", "uln": 40, **changed})
    assert isinstance(refused.value, ClinicalError)
    assert refused.value.field == field
    assert str(refused.value).endswith((".", "00"))


@pytest.mark.parametrize("analyte", ANALYTES)
def test_every_analyte_is_graded_in_each_of_its_units(analyte):
    for unit in UNITS[analyte]:
        graded = grade_lab(analyte, 1, unit, lln=0.5, uln=2, baseline=1)
        assert graded.family in FAMILIES


FALLING = ["haemoglobin", *COUNTS]
RISING = ["ALT", "AST", "ALP", "bilirubin", "creatinine"]
VALUES = st.floats(min_value=0, max_value=1e4)
LIMITS = st.floats(min_value=0.1, max_value=1e3)


@given(st.sampled_from(FALLING), st.data(), VALUES, VALUES, LIMITS)
def test_a_lower_count_never_has_a_lower_grade(analyte, data, one, other, lln):
    unit = data.draw(st.sampled_from(UNITS[analyte]))
    low, high = sorted((one, other))
    assert grade(analyte, low, unit, lln=lln) >= grade(analyte, high, unit, lln=lln)


@given(st.sampled_from(RISING), VALUES, VALUES, LIMITS, st.none() | LIMITS)
def test_a_higher_value_never_has_a_lower_grade(analyte, one, other, uln, baseline):
    unit = UNITS[analyte][0]
    low, high = (
        grade(analyte, value, unit, uln=uln, baseline=baseline) for value in sorted((one, other))
    )
    assert low <= high


@given(st.sampled_from(list(COUNTS)), st.integers(0, 300_000), st.integers(1, 200_000))
def test_a_count_has_one_grade_in_both_units(analyte, per_mm3, lln):
    litre = grade(analyte, per_mm3 / 1000, "10^9/L", lln=lln / 1000)
    assert litre == grade(analyte, per_mm3, "/mm3", lln=lln)


@given(st.sampled_from(ANALYTES), VALUES, st.none() | LIMITS, st.none() | LIMITS)
def test_no_value_reaches_a_grade_that_its_term_has_not(analyte, value, uln, baseline):
    graded = grade_lab(analyte, value, UNITS[analyte][0], uln=uln, baseline=baseline)
    if graded.grade:
        criterion = TERMS[graded.term].grades[graded.grade]
        assert graded.criterion in criterion.split("; ")
    else:
        assert graded.criterion is None
