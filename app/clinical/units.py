"""Units of an imatinib level, and which values must be confirmed by a person."""

import math

from app.clinical.errors import NotAConcentration, UnknownUnit

# Imatinib base, 493.6 g/mol: 1 umol/L = 493.6 ug/L; ng/mL and ug/L are the same.
UG_PER_L_IN = {"ug/L": 1.0, "ng/mL": 1.0, "mg/L": 1000.0, "umol/L": 493.6}

# A level outside these is more likely a wrong unit than a patient; the project's own choice.
CONFIRM_BELOW_UG_PER_L = 10.0
CONFIRM_ABOVE_UG_PER_L = 10_000.0

# Above a gram in each millilitre there is no plasma left; the project's own choice.
MOST_UG_PER_L = 1e9


def plain_unit(unit: str) -> str:
    """The unit with the micro sign (U+00B5) and the Greek mu (U+03BC) written as u."""
    return unit.strip().replace("\u00b5", "u").replace("\u03bc", "u")


def ug_per_l(concentration: float, unit: str) -> float:
    """An imatinib level in ug/L. Raises UnknownUnit and NotAConcentration."""
    factor = UG_PER_L_IN.get(plain_unit(unit))
    if factor is None:
        raise UnknownUnit("unit")
    return checked_ug_per_l(concentration * factor, "concentration")


def checked_ug_per_l(level: float, field: str) -> float:
    """The level itself. Raises NotAConcentration when it is not finite, above 0, up to 1e9."""
    if not (math.isfinite(level) and 0 < level <= MOST_UG_PER_L):
        raise NotAConcentration(field)
    return float(level)


def needs_confirmation(ug_per_l: float) -> bool:
    """Whether a person must confirm the level (ug/L) before it is kept."""
    return not CONFIRM_BELOW_UG_PER_L <= ug_per_l <= CONFIRM_ABOVE_UG_PER_L
