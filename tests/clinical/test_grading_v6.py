"""Laboratory values are graded by CTCAE v6.0 where a clinic chose it, at every edge it prints."""

import pytest

from app.clinical.grading import grade_lab


def grade(analyte, value, unit, **limits):
    return grade_lab(analyte, value, unit, ctcae_version="6.0", **limits).grade


def missing(analyte, value, unit, **limits):
    graded = grade_lab(analyte, value, unit, ctcae_version="6.0", **limits)
    return graded.grade, graded.missing


COUNTS = [
    ("WBC", 4.0, [(4.0, 0), (3.999, 1), (3.0, 1), (2.999, 2), (2.0, 2), (1.999, 3), (1.0, 3),
                  (0.999, 4), (0, 4)]),
    ("neutrophils", None, [(1.5, 0), (1.499, 1), (1.0, 1), (0.999, 2), (0.5, 2), (0.499, 3),
                           (0.1, 3), (0.099, 4), (0, 4)]),
    ("platelets", 125, [(125, 0), (124.999, 1), (75, 1), (74.999, 2), (50, 2), (49.999, 3),
                        (10, 3), (9.999, 4), (0, 4)]),
    ("lymphocytes", 1.1, [(1.1, 0), (1.099, 1), (0.5, 1), (0.1, 1), (0, 1)]),
]  # fmt: skip
EDGES = [(analyte, lln, value, grade) for analyte, lln, own in COUNTS for value, grade in own]


@pytest.mark.parametrize(("analyte", "lln", "value", "expected"), EDGES)
def test_a_count_is_graded_with_its_lower_bound_closed(analyte, lln, value, expected):
    assert grade(analyte, value, "10^9/L", lln=lln) == expected
    per_mm3 = lln and lln * 1000
    assert grade(analyte, round(value * 1000, 6), "/mm3", lln=per_mm3) == expected


@pytest.mark.parametrize(
    ("unit", "lln", "edges"),
    [
        ("g/L", 130, [(130, 0), (129.9, 1), (100, 1), (99.9, 2), (80, 2), (79.9, 3), (20, 3)]),
        ("g/dL", 13, [(13, 0), (12.9, 1), (10.0, 1), (9.99, 2), (8.0, 2), (7.99, 3), (2, 3)]),
        ("mmol/L", 8.1, [(8.1, 0), (8.0, 1), (6.2, 1), (6.19, 2), (4.9, 2), (4.89, 3), (1.2, 3)]),
    ],
)
def test_anaemia_is_as_in_v5(unit, lln, edges):
    assert [grade("haemoglobin", value, unit, lln=lln) for value, _ in edges] == [
        expected for _, expected in edges
    ]


@pytest.mark.parametrize(
    ("analyte", "told"),
    [("WBC", (None, ("lln",))), ("platelets", (None, ("lln",))),
     ("lymphocytes", (None, ("lln",))), ("neutrophils", (0, ()))],
)  # fmt: skip
def test_only_neutrophils_need_no_lower_limit_of_normal(analyte, told):
    assert missing(analyte, 100, "10^9/L") == told


@pytest.mark.parametrize("analyte", ["ALT", "AST"])
@pytest.mark.parametrize(
    ("value", "baseline", "expected"),
    [
        (40, None, 0), (40.1, None, 1), (120, None, 1), (120.1, None, 2), (200, None, 2),
        (200.1, None, 3), (800, None, 3), (800.1, None, 4), (40.1, 40, 1), (40, 40, 0),
        (99.9, 100, 0), (100, 100, 1), (150, 100, 1), (150.1, 100, 2), (200, 100, 2),
        (200.1, 100, 3), (400, 100, 3), (400.1, 100, 4),
        (400.1, 200, 3), (800, 200, 3), (800.1, 200, 4),
        (400, 200.1, 2), (400.2, 200.1, 2), (400.3, 200.1, None), (800.4, 200.1, None),
        (800.5, 200.1, 4),
    ],
)  # fmt: skip
def test_transaminases_by_baseline_have_no_grade_3_over_five_times_the_limit(
    analyte, value, baseline, expected
):
    assert grade(analyte, value, "U/L", uln=40, baseline=baseline) == expected


def test_a_value_that_no_printed_criterion_covers_says_so():
    assert missing("ALT", 600, "U/L", uln=40, baseline=210) == (None, ("criterion",))


@pytest.mark.parametrize(
    ("value", "baseline", "expected"),
    [
        (20, None, 0), (20.1, None, 1), (30, None, 1), (30.1, None, 2), (60, None, 2),
        (60.1, None, 3), (200, None, 3), (200.1, None, 4), (20.1, 20, 1),
        (39.9, 40, 0), (40, 40, 1), (60, 40, 1), (60.1, 40, 2), (100, 40, 2), (100.1, 40, 3),
        (400, 40, 3), (400.1, 40, 4),
    ],
)  # fmt: skip
def test_bilirubin_by_baseline_reaches_grade_3_above_two_and_a_half_times(
    value, baseline, expected
):
    assert grade("bilirubin", value, "umol/L", uln=20, baseline=baseline) == expected
    tenth = {"uln": 2, "baseline": baseline and baseline / 10}
    assert grade("bilirubin", round(value / 10, 3), "mg/dL", **tenth) == expected


@pytest.mark.parametrize(
    ("value", "limits", "told"),
    [
        (100, {"uln": 100, "baseline": 80}, (0, ())),
        (100.1, {"uln": 100, "baseline": 80}, (1, ())),
        (10_000, {"uln": 100, "baseline": 80}, (1, ())),
        (150, {"uln": 100, "baseline": 150}, (0, ())),
        (150.1, {"uln": 100, "baseline": 150}, (1, ())),
        (90, {"uln": 100}, (0, ())),
        (150, {"baseline": 150}, (0, ())),
        (150, {"uln": 100}, (None, ("baseline",))),
        (150, {"baseline": 100}, (None, ("uln",))),
        (150, {}, (None, ("uln", "baseline"))),
    ],
)
def test_alkaline_phosphatase_is_grade_1_above_both_baseline_and_limit(value, limits, told):
    assert missing("ALP", value, "U/L", **limits) == told


@pytest.mark.parametrize(
    ("value", "expected"),
    [(110, 0), (110.1, 1), (165, 1), (165.1, 2), (330, 2), (330.1, 3), (660, 3), (660.1, 4)],
)
def test_creatinine_goes_by_its_upper_limit(value, expected):
    assert grade("creatinine", value, "umol/L", lln=50, uln=110, baseline=60) == expected
    as_mg = {"lln": 0.5, "uln": 1.1, "baseline": 0.6}
    assert grade("creatinine", round(value / 100, 4), "mg/dL", **as_mg) == expected


@pytest.mark.parametrize(
    ("baseline", "value", "expected"),
    [(40, 60, 0), (40, 60.1, 2), (40, 120, 2), (40, 120.1, 3), (49.9, 74.9, 2), (50, 100, 0)],
)
def test_creatinine_goes_by_its_baseline_only_below_the_lower_limit(baseline, value, expected):
    limits = {"lln": 50, "uln": 500, "baseline": baseline}
    assert grade("creatinine", value, "umol/L", **limits) == expected


@pytest.mark.parametrize(
    ("value", "limits", "told"),
    [
        (100, {}, (None, ("uln", "baseline", "lln"))),
        (100, {"uln": 110}, (0, ("baseline", "lln"))),
        (100, {"uln": 110, "lln": 50}, (0, ("baseline",))),
        (100, {"uln": 110, "baseline": 60}, (None, ("lln",))),
        (100, {"uln": 110, "baseline": 90}, (0, ())),
        (100, {"baseline": 60}, (None, ("uln", "lln"))),
        (100, {"lln": 50, "baseline": 60}, (None, ("uln",))),
        (100, {"lln": 50, "baseline": 40}, (2, ("uln",))),
        (120, {"uln": 110, "baseline": 60}, (1, ("lln",))),
        (170, {"uln": 110, "baseline": 60}, (2, ())),
        (181, {"uln": 110, "baseline": 60}, (2, ("lln",))),
        (340, {"uln": 110}, (3, ())),
    ],
)
def test_creatinine_says_what_could_still_raise_its_grade(value, limits, told):
    assert missing("creatinine", value, "umol/L", **limits) == told


@pytest.mark.parametrize(
    ("analyte", "value", "unit", "limits", "criterion"),
    [
        ("neutrophils", 0.4, "10^9/L", {}, "<0.5 - 0.1 x 10^9/L"),
        ("neutrophils", 90, "/mm3", {}, "<100/mm3"),
        ("platelets", 9, "10^9/L", {}, "<10.0 x 10^9/L"),
        ("platelets", 9000, "/mm3", {}, "<10,000/mm3"),
        ("lymphocytes", 0.4, "10^9/L", {"lln": 1.1}, "Present"),
        ("lymphocytes", 400, "/mm3", {"lln": 1100}, "Present"),
        ("haemoglobin", 79, "g/L", {}, "<80 g/L"),
        ("ALT", 130, "U/L", {"uln": 40},
         ">3.0 - 5.0 x ULN if baseline was normal or less than normal"),
        ("ALT", 300, "U/L", {"uln": 40, "baseline": 100},
         ">2.0 - 4.0 x baseline if baseline was >ULN up to 5 x ULN"),
        ("ALP", 130, "U/L", {"uln": 100, "baseline": 90}, ">Baseline and ULN"),
        ("creatinine", 90, "umol/L", {"lln": 50, "uln": 110, "baseline": 40},
         ">1.5 - 3.0 x baseline if baseline is below LLN"),
        ("creatinine", 700, "umol/L", {"uln": 110}, ">6.0 x ULN"),
    ],
)  # fmt: skip
def test_the_criterion_is_the_alternative_that_v6_prints(analyte, value, unit, limits, criterion):
    graded = grade_lab(analyte, value, unit, ctcae_version="6.0", **limits)
    assert (graded.criterion, graded.ctcae_version) == (criterion, "6.0")


def test_a_grade_names_its_term_as_its_edition_prints_it():
    five = grade_lab("platelets", 30, "10^9/L")
    six = grade_lab("platelets", 30, "10^9/L", ctcae_version="6.0")
    assert (five.term, five.name) == ("platelet_count_decreased", "Platelet count decreased")
    assert (six.term, six.name) == ("platelet_count_decreased", "Thrombocytopenia")
    assert (six.family, six.meddra) == ("marrow", None)


@pytest.mark.parametrize(
    ("analyte", "value", "unit", "limits", "five", "six"),
    [
        ("neutrophils", 1.2, "10^9/L", {"lln": 1.8}, 2, 1),
        ("neutrophils", 1.6, "10^9/L", {"lln": 1.8}, 1, 0),
        ("platelets", 20, "10^9/L", {}, 4, 3),
        ("lymphocytes", 0.4, "10^9/L", {"lln": 1.1}, 3, 1),
        ("ALP", 600, "U/L", {"uln": 100, "baseline": 90}, 3, 1),
        ("ALT", 410, "U/L", {"uln": 40, "baseline": 100}, 2, 4),
        ("creatinine", 100, "umol/L", {"lln": 50, "uln": 110, "baseline": 60}, 2, 0),
    ],
)
def test_the_editions_part_where_v6_moved_a_grade(analyte, value, unit, limits, five, six):
    assert grade_lab(analyte, value, unit, **limits).grade == five
    assert grade(analyte, value, unit, **limits) == six


def test_red_cells_have_no_term_in_v6_either():
    graded = grade_lab("RBC", 3.2, "10^12/L", ctcae_version="6.0")
    assert (graded.term, graded.grade, graded.ctcae_version) == (None, None, "6.0")
