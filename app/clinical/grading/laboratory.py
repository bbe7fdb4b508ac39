"""Grade a laboratory value by CTCAE, by the limits printed for the unit it came in."""

from app.clinical.errors import UnitDoesNotFit, UnknownAnalyte
from app.clinical.grading.editions import RULES, known_version, laboratory_terms
from app.clinical.grading.measurement import Judged, check_plausible, measurement
from app.clinical.grading.term import CTCAE_VERSION, Grade, Term
from app.clinical.units import plain_unit

# RBC is kept as a covariate of clearance (Jiang 2023) and has no term in CTCAE.
NOT_GRADED = {"RBC": ("10^12/L",)}

UNITS: dict[str, tuple[str, ...]] = {
    "haemoglobin": RULES[CTCAE_VERSION]["haemoglobin"].units,
    **NOT_GRADED,
    **{analyte: rule.units for analyte, rule in RULES[CTCAE_VERSION].items()},
}
ANALYTES: tuple[str, ...] = tuple(UNITS)


def grade_lab(
    analyte: str,
    value: float,
    unit: str,
    lln: float | None = None,
    uln: float | None = None,
    baseline: float | None = None,
    ctcae_version: str = CTCAE_VERSION,
) -> Grade:
    """Grade a value; limits and baseline are in the value's unit.

    Grade None with `missing` where a limit that is not known would decide, or where the edition
    prints no criterion for the value. Without a baseline an enzyme is graded as if it had been
    normal, but for v6.0's alkaline phosphatase, whose one criterion names the baseline. Raises
    UnknownCtcaeVersion, UnknownAnalyte, UnitDoesNotFit, NotAMeasurement, NotPositive,
    LimitsCrossed, ImplausibleValue.
    """
    version = known_version(ctcae_version)
    name = canonical_analyte(analyte)
    plain = checked_unit(name, unit)
    measured = measurement(value, lln, uln, baseline)
    check_plausible(measured, name, plain)
    rule = RULES[version].get(name)
    if rule is None:
        return Grade(None, None, None, "marrow", ctcae_version=version)
    judged = rule.judge(measured, plain)
    return _grade(laboratory_terms(version)[rule.term], judged, version)


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


def _grade(term: Term, judged: Judged, version: str) -> Grade:
    """A grade of the term, with the printed alternative that is met."""
    criterion = term.grades[judged.grade].split("; ")[judged.column] if judged.grade else None
    return Grade(
        term.code, judged.grade, criterion, term.family, term.meddra, judged.missing, version,
        term.name,
    )  # fmt: skip
