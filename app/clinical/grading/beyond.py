"""A laboratory result as it is written: a number, or only a limit like "<0.5"."""

import math
from dataclasses import replace

from app.clinical.errors import LimitTellsNoGrade
from app.clinical.grading.laboratory import grade_lab
from app.clinical.grading.term import CTCAE_VERSION, Grade

COMPARATORS = ("<", "<=", ">=", ">")
_FALLING = "marrow"  # the family whose values are the worse the lower they are


def grade_result(
    analyte: str,
    value: float,
    unit: str,
    lln: float | None = None,
    uln: float | None = None,
    baseline: float | None = None,
    ctcae_version: str = CTCAE_VERSION,
    comparator: str | None = None,
) -> Grade:
    """Grade a number as `grade_lab`, or a limit by the values just beyond it.

    Neutrophils "<0.5" are at least as bad as a value just under 0.5: the grade is the least there
    is, and "value" is missing. Where the limit is the best that the value can be the grade is 0,
    or cannot be told. Raises as `grade_lab`, and LimitTellsNoGrade.
    """
    if comparator is None:
        return grade_lab(analyte, value, unit, lln, uln, baseline, ctcae_version)
    beyond = just_beyond(value, comparator)
    grade = grade_lab(analyte, beyond, unit, lln, uln, baseline, ctcae_version)
    if grade.term and _is_least(grade, comparator):
        return replace(grade, missing=(*grade.missing, "value"))
    if grade.grade == 0:
        return grade
    raise LimitTellsNoGrade("value")


def just_beyond(value: float, comparator: str) -> float:
    """The first number that the limit allows; the limit itself where it is included."""
    toward = {"<": 0.0, ">": math.inf}.get(comparator, value)
    return math.nextafter(value, toward)


def _is_least(grade: Grade, comparator: str) -> bool:
    """Whether all that lies beyond the limit is as bad or worse."""
    return comparator.startswith("<") == (grade.family == _FALLING)
