"""Liver values and creatinine are graded by CTCAE v5.0, at every edge that it prints."""

import pytest

from app.clinical.grading import UNITS, grade_lab


def grade(analyte, value, unit, **limits):
    return grade_lab(analyte, value, unit, **limits).grade


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
    mg_per_dl = {"uln": 2, "baseline": baseline and baseline / 10}
    assert grade("bilirubin", round(value / 10, 3), "mg/dL", **mg_per_dl) == expected


def test_the_criterion_says_whether_the_baseline_was_normal():
    normal = grade_lab("ALT", 130, "U/L", uln=40)
    abnormal = grade_lab("ALT", 310, "U/L", uln=40, baseline=100)
    assert normal.criterion == ">3.0 - 5.0 x ULN if baseline was normal"
    assert abnormal.criterion == ">3.0 - 5.0 x baseline if baseline was abnormal"


@pytest.mark.parametrize("analyte", ["ALT", "AST", "ALP", "bilirubin"])
def test_a_liver_value_without_its_upper_limit_cannot_be_graded(analyte):
    graded = grade_lab(analyte, 1500, UNITS[analyte][0], baseline=10)
    assert (graded.grade, graded.missing, graded.family) == (None, ("uln",), "liver")


@pytest.mark.parametrize(
    ("value", "expected"),
    [(110, 0), (110.1, 1), (165, 1), (165.1, 2), (330, 2), (330.1, 3), (660, 3), (660.1, 4)],
)
def test_creatinine_goes_by_its_upper_limit(value, expected):
    assert grade("creatinine", value, "umol/L", uln=110, baseline=500) == expected
    assert grade("creatinine", round(value / 100, 4), "mg/dL", uln=1.1, baseline=5) == expected


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
