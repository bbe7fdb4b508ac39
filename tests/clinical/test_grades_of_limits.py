"""A result that is only a limit: what can be said of its grade, and what cannot."""

import pytest

from app.clinical.errors import LimitTellsNoGrade
from app.clinical.grading import grade_lab, grade_result


def graded(analyte, value, unit, sign, **limits):
    return grade_result(analyte, value, unit, comparator=sign, **limits)


@pytest.mark.parametrize(("value", "sign", "grade"), [
    (0.5, "<", 4), (0.5, "<=", 3), (1.0, "<", 3), (1.0, "<=", 2), (0.4, "<", 4),
])  # fmt: skip
def test_a_count_under_a_limit_is_at_least_as_bad_as_the_value_just_below(value, sign, grade):
    found = graded("neutrophils", value, "10^9/L", sign, lln=1.8)
    assert (found.grade, "value" in found.missing) == (grade, True)


def test_an_enzyme_over_a_limit_is_at_least_as_bad_as_the_value_just_above():
    assert graded("ALT", 250, "U/L", ">", uln=50).grade == 3
    assert graded("ALT", 250, "U/L", ">=", uln=50).grade == 2


def test_a_limit_on_the_good_side_is_grade_0_or_cannot_be_told():
    assert graded("ALT", 5, "U/L", "<", uln=50).grade == 0
    assert graded("platelets", 400, "10^9/L", ">", lln=125).grade == 0
    with pytest.raises(LimitTellsNoGrade):
        graded("ALT", 500, "U/L", "<", uln=50)
    with pytest.raises(LimitTellsNoGrade):
        graded("RBC", 2, "10^12/L", "<")


def test_a_number_is_graded_as_ever():
    told = ("platelets", 40, "10^9/L", 125)
    assert grade_result(*told) == grade_lab(*told)
