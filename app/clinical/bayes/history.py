"""What an estimate starts from: doses that were kept down, and measured levels."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isfinite

import numpy as np

from app.clinical.bayes.kinetics import Floats
from app.clinical.errors import DrawBeforeDose, NoLevel, NotADose, NotATrough
from app.clinical.moments import HOUR, utc
from app.clinical.units import checked_ug_per_l

# The highest daily dose in use; a single entry above it is a slip of the keyboard.
DOSE_MOST_MG = 800.0
# After 14 half-lives of 17 h nothing is left that a level could tell of; the project's own choice.
DOSE_AT_MOST_BEFORE = timedelta(days=10)


@dataclass(frozen=True, slots=True)
class DoseGiven:
    """A dose in mg that was kept down. One missed or vomited is left out: as if not absorbed."""

    taken_at: datetime
    dose_mg: float


@dataclass(frozen=True, slots=True)
class LevelMeasured:
    """A level in ug/L, as measured, and when the blood was drawn."""

    drawn_at: datetime
    ug_per_l: float


@dataclass(frozen=True, slots=True)
class History:
    """Doses and levels in elapsed hours from the first dose."""

    doses_h: Floats
    doses_mg: Floats
    drawn_h: Floats
    log_levels: Floats


def history(doses: Sequence[DoseGiven], levels: Sequence[LevelMeasured]) -> History:
    """Check and line up what was taken and measured.

    Raises NoLevel, NotADose, NotAConcentration, NaiveTime, DrawBeforeDose (a level before every
    dose), NotATrough (a level more than 10 days after the last dose before it).
    """
    if not levels:
        raise NoLevel("levels")
    if not doses:
        raise NotADose("doses", "Send at least the dose before the draw.")
    taken = [utc(one.taken_at, "doses") for one in doses]
    given_mg = [_checked_mg(one.dose_mg) for one in doses]
    start = min(taken)
    drawn = [utc(one.drawn_at, "levels") for one in levels]
    if min(drawn) <= start:
        raise DrawBeforeDose("levels")
    if any(not _taken_lately(at, taken) for at in drawn):
        raise NotATrough("levels", "Each level needs a dose in the 10 days before it; check both.")
    values = [checked_ug_per_l(one.ug_per_l, "levels") for one in levels]
    return History(
        np.array([(at - start) / HOUR for at in taken]),
        np.array(given_mg),
        np.array([(at - start) / HOUR for at in drawn]),
        np.log(np.array(values)),
    )


def _taken_lately(drawn: datetime, taken: Sequence[datetime]) -> bool:
    return any(timedelta(0) < drawn - at <= DOSE_AT_MOST_BEFORE for at in taken)


def _checked_mg(dose_mg: float) -> float:
    if not (isfinite(dose_mg) and 0 < dose_mg <= DOSE_MOST_MG):
        raise NotADose("doses", "Each dose must be above 0 and at most 800 mg.")
    return float(dose_mg)
