"""A laboratory value with the limits that it is graded by, all in the unit reported."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from app.clinical.errors import ImplausibleValue, LimitsCrossed, NotAMeasurement, NotPositive

# The printed limits are decimal, and so are the values of a laboratory: 3 x 1.9 must be 5.7,
# which binary fractions miss.


@dataclass(frozen=True, slots=True)
class Measurement:
    """A value, and the lower and upper limit of normal and the baseline where they are known."""

    value: Decimal
    lln: Decimal | None
    uln: Decimal | None
    baseline: Decimal | None


@dataclass(frozen=True, slots=True)
class Judged:
    """A grade, which alternative of its printed criterion is met, and what could change it.

    Grade 0 is no criterion met; None is that what is missing would decide.
    """

    grade: int | None
    column: int = 0
    missing: tuple[str, ...] = ()


class Rule(Protocol):
    """How the values of one analyte are graded."""

    @property
    def term(self) -> str:
        """The code of the term."""

    @property
    def units(self) -> tuple[str, ...]:
        """The units in which the analyte is reported."""

    def judge(self, measured: Measurement, unit: str) -> Judged:
        """The grade of a value in one of the units."""


Rules = Mapping[str, Rule]

# No value of a living person lies above these: far beyond the highest that are known, yet below
# what a report in the next unit would give; the project's own choice [own].
CEILINGS: dict[str, dict[str, float]] = {
    "haemoglobin": {"g/L": 300, "g/dL": 30, "mmol/L": 19},
    "RBC": {"10^12/L": 15},
    "WBC": {"10^9/L": 1000, "/mm3": 1_000_000},
    "neutrophils": {"10^9/L": 500, "/mm3": 500_000},
    "lymphocytes": {"10^9/L": 1000, "/mm3": 1_000_000},
    "platelets": {"10^9/L": 5000, "/mm3": 5_000_000},
    "ALT": {"U/L": 50_000},
    "AST": {"U/L": 50_000},
    "bilirubin": {"umol/L": 2000, "mg/dL": 120},
    "ALP": {"U/L": 20_000},
    "creatinine": {"umol/L": 5000, "mg/dL": 57},
}

# Nor does haemoglobin lie below these; the project's own choice [own]. A count may be none at all,
# and one in the wrong unit looks too low, which calls a person: it has no floor.
FLOORS: dict[str, dict[str, float]] = {"haemoglobin": {"g/L": 20, "g/dL": 2, "mmol/L": 1.2}}


def measurement(
    value: float, lln: float | None, uln: float | None, baseline: float | None
) -> Measurement:
    """Check the numbers. Raises NotAMeasurement, NotPositive and LimitsCrossed."""
    if not (math.isfinite(value) and value >= 0):
        raise NotAMeasurement("value")
    checked = Measurement(
        Decimal(str(value)),
        _positive(lln, "lln"),
        _positive(uln, "uln"),
        _positive(baseline, "baseline"),
    )
    if checked.lln is not None and checked.uln is not None and checked.lln >= checked.uln:
        raise LimitsCrossed("lln")
    return checked


def check_plausible(measured: Measurement, analyte: str, unit: str) -> None:
    """Refuse what no person's blood holds. Raises ImplausibleValue, naming the field."""
    most, least = CEILINGS[analyte][unit], FLOORS.get(analyte, {}).get(unit, 0)
    for field in ("value", "lln", "uln", "baseline"):
        number: Decimal | None = getattr(measured, field)
        if number is not None and number > Decimal(str(most)):
            raise _implausible(field, f"{analyte} of {number} {unit} is above {most} {unit}")
    for field in ("value", "lln"):
        number = getattr(measured, field)
        if number is not None and number < Decimal(str(least)):
            raise _implausible(field, f"{analyte} of {number} {unit} is below {least} {unit}")


def _implausible(field: str, what: str) -> ImplausibleValue:
    return ImplausibleValue(field, f"{what}; check the unit.")


def _positive(limit: float | None, field: str) -> Decimal | None:
    """The limit, or None. Raises NotPositive, naming the field."""
    if limit is None:
        return None
    if not (math.isfinite(limit) and limit > 0):
        raise NotPositive(field, f"{field} must be a finite number above zero, or left out.")
    return Decimal(str(limit))
