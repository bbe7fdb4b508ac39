"""Laboratory values are graded by CTCAE v5.0, at every edge that it prints."""

import math

import pytest

from app.clinical.errors import (
    ClinicalError,
    ImplausibleValue,
    LimitsCrossed,
    NotAMeasurement,
    NotPositive,
    UnitDoesNotFit,
    UnknownAnalyte,
    UnknownCtcaeVersion,
)
from app.clinical.grading import ANALYTES, FAMILIES, UNITS, grade_lab
from app.clinical.grading.editions import RULES
from app.clinical.grading.measurement import CEILINGS, FLOORS

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


@pytest.mark.parametrize(("analyte", "value", "expected"), list(count_edges()))
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
    assert grade("haemoglobin", FLOORS["haemoglobin"][unit], unit, lln=lln) == 3


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
    assert grade_lab("haemoglobin", FLOORS["haemoglobin"][unit], unit).criterion == criterion


@pytest.mark.parametrize(
    ("unit", "value", "criterion"),
    [("10^9/L", 0.4, "<0.5 x 10e9 /L"), ("/mm3", 400, "<500/mm3")],
)
def test_the_criterion_of_a_count_is_the_alternative_of_the_unit(unit, value, criterion):
    assert grade_lab("neutrophils", value, unit).criterion == criterion


@pytest.mark.parametrize(
    ("unit", "value", "lln", "criterion"),
    [("10^9/L", 3.5, 4, "<LLN - 3.0 x 10e9 /L"), ("/mm3", 3500, 4000, "<LLN - 3000/mm3")],
)
def test_a_count_just_under_its_lower_limit_has_the_alternative_of_the_unit_too(
    unit, value, lln, criterion
):
    assert grade_lab("WBC", value, unit, lln=lln).criterion == criterion


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
        ({"value": -math.inf}, NotAMeasurement, "value"),
        ({"value": 1e300}, ImplausibleValue, "value"),
        ({"analyte": ""}, UnknownAnalyte, "analyte"),
        ({"ctcae_version": "4.03"}, UnknownCtcaeVersion, "ctcae_version"),
        ({"uln": 50_001}, ImplausibleValue, "uln"),
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
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("analyte", ANALYTES)
def test_every_analyte_is_graded_in_each_of_its_units(analyte):
    for unit in UNITS[analyte]:
        value = FLOORS.get(analyte, {}).get(unit, 1)
        graded = grade_lab(analyte, value, unit, lln=value, uln=value + 1, baseline=1)
        assert graded.family in FAMILIES


@pytest.mark.parametrize(
    ("analyte", "value", "unit", "next_unit"),
    [
        ("haemoglobin", 2000, "g/L", 200),
        ("haemoglobin", 120, "g/dL", 30),
        ("haemoglobin", 120, "mmol/L", 19),
        ("RBC", 450, "10^12/L", 15),
        ("WBC", 4500, "10^9/L", 1000),
        ("neutrophils", 1500, "10^9/L", 500),
        ("lymphocytes", 1500, "10^9/L", 1000),
        ("platelets", 150_000, "10^9/L", 5000),
        ("creatinine", 80, "mg/dL", 57),
        ("bilirubin", 150, "mg/dL", 120),
    ],
)
def test_a_value_that_looks_like_another_unit_is_refused_with_the_remedy(
    analyte, value, unit, next_unit
):
    with pytest.raises(ImplausibleValue, match="check the unit") as refused:
        grade_lab(analyte, value, unit, uln=1)
    assert refused.value.field == "value"
    assert grade_lab(analyte, min(next_unit, CEILINGS[analyte][unit]), unit, uln=1)


@pytest.mark.parametrize(
    ("analyte", "unit", "most"),
    [(analyte, unit, most) for analyte, own in CEILINGS.items() for unit, most in own.items()],
)
def test_the_highest_plausible_value_is_still_taken(analyte, unit, most):
    assert grade_lab(analyte, most, unit, uln=1).family in FAMILIES
    with pytest.raises(ImplausibleValue):
        grade_lab(analyte, most * 1.001, unit, uln=1)


@pytest.mark.parametrize(
    ("analyte", "unit", "least"),
    [(analyte, unit, least) for analyte, own in FLOORS.items() for unit, least in own.items()],
)
def test_a_value_that_only_the_next_unit_explains_is_refused(analyte, unit, least):
    assert grade(analyte, least, unit) == 3
    with pytest.raises(ImplausibleValue, match=f"below {least} {unit}; check the unit"):
        grade(analyte, least * 0.999, unit)
    with pytest.raises(ImplausibleValue) as refused:
        grade(analyte, least, unit, lln=least * 0.999)
    assert refused.value.field == "lln"


def test_every_unit_of_every_analyte_has_its_ceiling():
    assert {analyte: set(units) for analyte, units in UNITS.items()} == {
        analyte: set(own) for analyte, own in CEILINGS.items()
    }


@pytest.mark.parametrize("version", RULES)
def test_both_editions_take_the_same_units(version):
    for analyte, rule in RULES[version].items():
        assert set(rule.units) == set(UNITS[analyte])


@pytest.mark.parametrize("micro", ["u", "\u00b5", "\u03bc"])
@pytest.mark.parametrize("analyte", ["bilirubin", "creatinine"])
def test_every_way_to_write_micro_is_one_unit(analyte, micro):
    assert grade_lab(analyte, 50, f" {micro}mol/L ", uln=20).grade == 2
