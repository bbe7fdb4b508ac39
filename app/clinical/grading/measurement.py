"""A laboratory value with the limits that it is graded by, all in the unit reported."""

import math
from dataclasses import dataclass
from decimal import Decimal

from app.clinical.errors import LimitsCrossed, NotAMeasurement, NotPositive

# The printed limits are decimal, and so are the values of a laboratory: 3 x 1.9 must be 5.7,
# which binary fractions miss.


@dataclass(frozen=True, slots=True)
class Measurement:
    """A value, and the lower and upper limit of normal and the baseline where they are known."""

    value: Decimal
    lln: Decimal | None
    uln: Decimal | None
    baseline: Decimal | None


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


def _positive(limit: float | None, field: str) -> Decimal | None:
    """The limit, or None. Raises NotPositive, naming the field."""
    if limit is None:
        return None
    if not (math.isfinite(limit) and limit > 0):
        raise NotPositive(field, f"{field} must be a finite number above zero, or left out.")
    return Decimal(str(limit))
