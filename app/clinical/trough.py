"""What an imatinib level would have been 24 hours after its dose."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from app.clinical.errors import DrawBeforeDose, NotADose, NotATrough, NotPositive
from app.clinical.moments import HOUR, utc
from app.clinical.units import checked_ug_per_l

Band = Literal["below", "expected", "above", "at_or_above_1500"]

# Elimination rate of imatinib per hour, typical, low and high: Wang 2009,
# Ther Drug Monit 31:579, PMID 19730279. A half-life of 16.906 h at the typical rate.
KE_TYPICAL = 0.041
KE_LOW = 0.023
KE_HIGH = 0.070
# A half-life under 42 minutes is a slip of the keyboard; the project's own choice.
KE_MOST_PER_HOUR = 1.0

# Once a day: the trough is at 24 h; drawn 22-26 h after the dose (Chen 2024, 27(11):1149).
TROUGH_HOURS = 24.0
WINDOW_HOURS = (22.0, 26.0)
# Before 8 h absorption is not over, after 48 h it is no once-daily trough: our own choice.
VALID_HOURS = (8.0, 48.0)

# Bands of a corrected level in ug/L: 760 Bouchet 2016 (advanced GIST, PFS), 1100 Demetri 2009
# (advanced GIST, TTP), 1500 the dose rule's line in Chen 2024, 27(11):1149.
EXPECTED_FROM_UG_PER_L = 760.0
EXPECTED_TO_UG_PER_L = 1100.0
RULE_LINE_UG_PER_L = 1500.0

# A level is due 1 month after the first dose and after each change (Chen 2024); a month is 28 days,
# and a missed dose counts for 4 days: the project's own choices.
STEADY_STATE_AFTER = timedelta(days=28)
MISSED_DOSE_COUNTS_FOR = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class Trough:
    """A level as measured and as corrected, in ug/L; None where it cannot be corrected."""

    raw_ug_per_l: float
    corrected_ug_per_l: float | None
    low_ug_per_l: float | None
    high_ug_per_l: float | None
    hours_after_dose: float | None
    band: Band | None
    flags: tuple[str, ...]


def trough(
    raw_ug_per_l: float, dose_taken_at: datetime, drawn_at: datetime, ke: float = KE_TYPICAL
) -> Trough:
    """Correct a level (ug/L) by the time from dose to draw; ke per hour.

    The range is the least and greatest correction for ke 0.023 to 0.070 and the ke used.
    Raises NotAConcentration, NaiveTime, DrawBeforeDose, NotATrough, NotPositive.
    """
    hours = hours_between(dose_taken_at, drawn_at)
    rates = (ke, KE_LOW, KE_HIGH)
    corrections = [corrected_trough(raw_ug_per_l, hours, rate) for rate in rates]
    return Trough(
        raw_ug_per_l=float(raw_ug_per_l),
        corrected_ug_per_l=corrections[0],
        low_ug_per_l=min(corrections),
        high_ug_per_l=max(corrections),
        hours_after_dose=hours,
        band=band(corrections[0]),
        flags=_window_flags(hours),
    )


def hours_between(dose_taken_at: datetime, drawn_at: datetime) -> float:
    """Elapsed hours from dose to draw. Raises NaiveTime and DrawBeforeDose."""
    elapsed = utc(drawn_at, "drawn_at") - utc(dose_taken_at, "dose_taken_at")
    if elapsed < timedelta(0):
        raise DrawBeforeDose("drawn_at")
    return elapsed / HOUR


def corrected_trough(raw_ug_per_l: float, hours: float, ke: float = KE_TYPICAL) -> float:
    """The level (ug/L) carried to 24 h: C(t) * exp(ke * (t - 24 h)), Wang 2009.

    Raises NotAConcentration, NotATrough outside 8 to 48 h, NotPositive for ke.
    """
    raw = checked_ug_per_l(raw_ug_per_l, "concentration")
    if not VALID_HOURS[0] <= hours <= VALID_HOURS[1]:
        raise NotATrough("drawn_at")
    if not 0 < ke <= KE_MOST_PER_HOUR:
        raise NotPositive("ke", "ke must be above 0 and at most 1 per hour; typical is 0.041.")
    return raw * math.exp(ke * (hours - TROUGH_HOURS))


def uncorrectable(raw_ug_per_l: float, hours: float | None = None) -> Trough:
    """A level (ug/L) kept as measured, because its draw allows no correction."""
    raw = checked_ug_per_l(raw_ug_per_l, "concentration")
    return Trough(raw, None, None, None, hours, None, ("uncorrectable",))


def limit_flags(comparator: str | None) -> tuple[str, ...]:
    """Flag a level of which the laboratory tells only a limit: "<10" or ">10000"."""
    if not comparator:
        return ()
    return ("below_limit",) if comparator.startswith("<") else ("above_limit",)


def band(ug_per_l: float) -> Band:
    """Where a corrected level (ug/L, unrounded) stands against the published bands."""
    if ug_per_l < EXPECTED_FROM_UG_PER_L:
        return "below"
    if ug_per_l <= EXPECTED_TO_UG_PER_L:
        return "expected"
    return "above" if ug_per_l < RULE_LINE_UG_PER_L else "at_or_above_1500"


def steady_state_flags(
    drawn_at: datetime, dose_started_at: datetime, missed_or_vomited_at: Sequence[datetime]
) -> tuple[str, ...]:
    """Flag a draw under 28 days at the dose, or within 4 days after a missed or vomited one."""
    drawn = utc(drawn_at, "drawn_at")
    too_early = drawn - utc(dose_started_at, "dose_started_at") < STEADY_STATE_AFTER
    gaps = [drawn - utc(missed, "missed_or_vomited_at") for missed in missed_or_vomited_at]
    missed_lately = any(timedelta(0) <= gap <= MISSED_DOSE_COUNTS_FOR for gap in gaps)
    return ("not_at_steady_state",) if too_early or missed_lately else ()


def projected(ug_per_l: float, from_mg: int, to_mg: int) -> float:
    """The level (ug/L) that linear kinetics expects at another daily dose: C * D2 / D1."""
    level = checked_ug_per_l(ug_per_l, "concentration")
    if from_mg <= 0 or to_mg <= 0:
        raise NotADose("dose_mg")
    return level * to_mg / from_mg


def _window_flags(hours: float) -> tuple[str, ...]:
    """Flag a draw outside 22 to 26 h after the dose."""
    return () if WINDOW_HOURS[0] <= hours <= WINDOW_HOURS[1] else ("outside_window",)
