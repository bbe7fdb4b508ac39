"""What is watched after the dose was lowered: the level that is due, and one that is too low.

A level is due 1 month after every dose change (Chen ZL et al., Chin J Gastrointest Surg
2024;27(11):1149). Below 760 ug/L progression came sooner in advanced GIST (Bouchet 2016).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.clinical.dose_rule import checked_day_count, checked_dose_mg
from app.clinical.trough import EXPECTED_FROM_UG_PER_L, STEADY_STATE_AFTER
from app.clinical.units import checked_ug_per_l

State = Literal["not_due", "due", "overdue", "done"]

# Chen 2024: 1 month after a dose change; a month is 28 days, our own choice [own].
DUE_ON_DAY = STEADY_STATE_AFTER.days
# A week to draw the blood before it is called overdue, our own choice [own].
OVERDUE_AFTER_DAY = DUE_ON_DAY + 7
# Bouchet 2016, within-patient variation: one level alone never tells that a band was crossed.
WITHIN_PATIENT_CV = 0.26
DUE_SOURCE = "chen_2024"
BELOW_SOURCES = ("bouchet_2016_760", "bouchet_2016_cv")


@dataclass(frozen=True, slots=True)
class Watch:
    """A reduction (mg/d), the level due after it, and the levels (ug/L) under 760, if any.

    `due_in_days` counts from now and is negative once the day has passed.
    """

    from_dose_mg: int
    to_dose_mg: int
    state: State
    due_in_days: int
    first_level_ug_per_l: float | None
    below_ug_per_l: tuple[float, ...]
    flags: tuple[str, ...]
    sources: tuple[str, ...]
    within_patient_cv: float = WITHIN_PATIENT_CV


def watch_after_reduction(
    from_dose_mg: int, to_dose_mg: int, days_since_change: int, steady_ug_per_l: Sequence[float]
) -> Watch | None:
    """The watch after the last change of dose; None when the dose was not lowered.

    `steady_ug_per_l` are the corrected levels at steady state since the change, oldest first.
    Raises NotADose, NotADayCount, NotAConcentration naming the input.
    """
    checked_dose_mg(from_dose_mg, "from_dose_mg")
    checked_dose_mg(to_dose_mg, "to_dose_mg")
    checked_day_count(days_since_change, "days_since_change")
    levels = [checked_ug_per_l(level, "steady_ug_per_l") for level in steady_ug_per_l]
    if to_dose_mg >= from_dose_mg:
        return None
    below = tuple(level for level in levels if level < EXPECTED_FROM_UG_PER_L)
    return Watch(
        from_dose_mg=from_dose_mg,
        to_dose_mg=to_dose_mg,
        state="done" if levels else _state(days_since_change),
        due_in_days=DUE_ON_DAY - days_since_change,
        first_level_ug_per_l=levels[0] if levels else None,
        below_ug_per_l=below,
        flags=("below_after_reduction",) if below else (),
        sources=(DUE_SOURCE, *(BELOW_SOURCES if below else ())),
    )


def _state(days: int) -> State:
    """Where the level that is due stands while there is none."""
    if days < DUE_ON_DAY:
        return "not_due"
    return "due" if days <= OVERDUE_AFTER_DAY else "overdue"
