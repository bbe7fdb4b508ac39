"""Grade a laboratory value by CTCAE v5.0, by the limits printed for the unit it came in."""

from app.clinical.errors import UnitDoesNotFit, UnknownAnalyte
from app.clinical.grading.counts import FALLING
from app.clinical.grading.measurement import Measurement, measurement
from app.clinical.grading.ratios import (
    CREATININE_TERM,
    CREATININE_UNITS,
    RISING,
    Met,
    creatinine_met,
    creatinine_missing,
)
from app.clinical.grading.term import Grade
from app.clinical.grading.terms import TERMS
from app.clinical.units import plain_unit

# RBC is kept as a covariate of clearance (Jiang 2023) and has no term in CTCAE v5.0.
NOT_GRADED = {"RBC": ("10^12/L",)}

UNITS: dict[str, tuple[str, ...]] = {
    "haemoglobin": tuple(FALLING["haemoglobin"].limits),
    **NOT_GRADED,
    **{analyte: tuple(rule.limits) for analyte, rule in FALLING.items()},
    **{analyte: rule.units for analyte, rule in RISING.items()},
    "creatinine": CREATININE_UNITS,
}
ANALYTES: tuple[str, ...] = tuple(UNITS)


def grade_lab(
    analyte: str,
    value: float,
    unit: str,
    lln: float | None = None,
    uln: float | None = None,
    baseline: float | None = None,
) -> Grade:
    """Grade a value; limits and baseline are in the value's unit.

    Grade None with `missing` where a limit that is not known would decide. Without a baseline an
    enzyme is graded as if it had been normal. Raises UnknownAnalyte, UnitDoesNotFit,
    NotAMeasurement, NotPositive, LimitsCrossed.
    """
    name = canonical_analyte(analyte)
    plain = checked_unit(name, unit)
    measured = measurement(value, lln, uln, baseline)
    if name in FALLING:
        return _by_fall(name, measured, plain)
    if name in RISING:
        return _by_rise(name, measured)
    if name == "creatinine":
        return _creatinine(measured)
    return Grade(None, None, None, "marrow")


def canonical_analyte(analyte: str) -> str:
    """The analyte as it is spelt here, whatever the case. Raises UnknownAnalyte."""
    for name in ANALYTES:
        if name.casefold() == analyte.strip().casefold():
            return name
    raise UnknownAnalyte("analyte", f"The analyte is not known; use one of {', '.join(ANALYTES)}.")


def checked_unit(analyte: str, unit: str) -> str:
    """The unit in plain letters. Raises UnitDoesNotFit when the analyte is not reported in it."""
    plain = plain_unit(unit)
    if plain not in UNITS[analyte]:
        fitting = " or ".join(UNITS[analyte])
        raise UnitDoesNotFit("unit", f"{analyte} is reported in {fitting}; convert the value.")
    return plain


def _by_fall(analyte: str, measured: Measurement, unit: str) -> Grade:
    """Grade haemoglobin or a count."""
    rule = FALLING[analyte]
    grade = rule.grade(measured, unit)
    if grade is None:
        return _grade(rule.term, None, missing=("lln",))
    return _grade(rule.term, (grade, rule.columns[unit]))


def _by_rise(analyte: str, measured: Measurement) -> Grade:
    """Grade a liver enzyme or bilirubin."""
    rule = RISING[analyte]
    if measured.uln is None:
        return _grade(rule.term, None, missing=("uln",))
    return _grade(rule.term, rule.met(measured))


def _creatinine(measured: Measurement) -> Grade:
    """Grade creatinine by ULN or baseline, whichever is higher."""
    grade, column = max(creatinine_met(measured), default=(0, 0))
    missing = creatinine_missing(measured, grade)
    if grade == 0 and "uln" in missing:
        return _grade(CREATININE_TERM, None, missing=missing)
    return _grade(CREATININE_TERM, (grade, column), missing)


def _grade(code: str, met: Met | None, missing: tuple[str, ...] = ()) -> Grade:
    """A grade of the term, with the printed alternative that is met."""
    term = TERMS[code]
    grade = None if met is None else met[0]
    criterion = term.grades[met[0]].split("; ")[met[1]] if met and met[0] else None
    return Grade(code, grade, criterion, term.family, term.meddra, missing)
