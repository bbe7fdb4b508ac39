"""Creatinine: graded by multiples of the ULN or of the baseline, whichever is higher."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from app.clinical.grading.measurement import Judged, Measurement
from app.clinical.grading.ratios import SUBSTANCE

# A grade, and which of the alternatives of its printed criterion is met.
Met = tuple[int, int]

# CTCAE v5.0 and v6.0, creatinine: the multiple, its grade and the printed alternative. The ULN
# has grades 1 to 4 (the criterion's last alternative), the baseline 2 and 3 (its first).
_OF_ULN = (("1.0", 1, 0), ("1.5", 2, 1), ("3.0", 3, 1), ("6.0", 4, 0))
_OF_BASELINE = (("1.5", 2, 0), ("3.0", 3, 0))
_MOST_OF_BASELINE = 3


@dataclass(frozen=True, slots=True)
class Creatinine:
    """The rule of one edition: v6.0 looks at the baseline only where it is below the LLN."""

    below_lln: bool
    term: str = "creatinine_increased"
    units: tuple[str, ...] = SUBSTANCE

    def judge(self, measured: Measurement, unit: str) -> Judged:
        """The higher grade, with what could still raise it; None where it may be above 0."""
        by_uln = _met(measured.value, measured.uln, _OF_ULN)
        by_baseline = _met(measured.value, measured.baseline, _OF_BASELINE)
        counts = self._baseline_counts(measured)
        grade, column = max((*by_uln, *(by_baseline if counts else ())), default=(0, 0))
        reach = max((one for one, _ in by_baseline), default=0)
        missing = tuple(self._missing(measured, grade, reach))
        decides = "uln" in missing or missing == ("lln",)
        if grade == 0 and decides:
            return Judged(None, missing=missing)
        return Judged(grade, column, missing)

    def _baseline_counts(self, measured: Measurement) -> bool:
        """Whether the alternative by the baseline applies."""
        if not self.below_lln:
            return True
        known = measured.baseline is not None and measured.lln is not None
        return known and (measured.baseline or 0) < (measured.lln or 0)

    def _missing(self, measured: Measurement, grade: int, reach: int) -> Iterator[str]:
        """What is not known and could raise the grade: a ULN up to 4, a baseline up to 3.

        `reach` is the grade by the baseline if that counted.
        """
        if measured.uln is None:
            yield "uln"
        if measured.baseline is None and grade < _MOST_OF_BASELINE:
            yield "baseline"
            reach = _MOST_OF_BASELINE
        if self.below_lln and measured.lln is None and grade < reach:
            yield "lln"


def _met(
    value: Decimal, reference: Decimal | None, rules: tuple[tuple[str, int, int], ...]
) -> tuple[Met, ...]:
    """The grades and alternatives of the rules whose multiple of the reference is exceeded."""
    if reference is None:
        return ()
    return tuple((g, c) for multiple, g, c in rules if value > Decimal(multiple) * reference)
