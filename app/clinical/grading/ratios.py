"""Liver enzymes, bilirubin and creatinine: graded by multiples of the ULN or of the baseline."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from app.clinical.grading.measurement import Measurement

# A grade and which of the alternatives of its printed criterion is met.
Met = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Rising:
    """A term graded by multiples of the ULN (normal baseline) or of an abnormal baseline.

    `above` holds the multiple above which each grade from 2 up begins. Grade 1 begins above the
    ULN, or from `first_of_baseline` times an abnormal baseline: with that bound itself where
    `first_included`. Between an abnormal baseline and that bound there is no grade.
    """

    term: str
    units: tuple[str, ...]
    above: tuple[str, ...]
    first_of_baseline: str
    first_included: bool

    def met(self, measured: Measurement) -> Met:
        """The criterion met, (0, 0) for none; the ULN must be known."""
        uln = measured.uln or Decimal(0)
        abnormal = measured.baseline is not None and measured.baseline > uln
        reference = measured.baseline if abnormal and measured.baseline else uln
        grade = _above(measured.value, reference, self.above)
        if grade == 1 and not self._first_met(measured.value, reference, abnormal):
            return (0, 0)
        return (grade, int(abnormal))

    def _first_met(self, value: Decimal, reference: Decimal, abnormal: bool) -> bool:
        """Whether a value under the bound of grade 2 reaches grade 1."""
        if not abnormal:
            return value > reference
        first = Decimal(self.first_of_baseline) * reference
        return value >= first if self.first_included else value > first


def _above(value: Decimal, reference: Decimal, multiples: tuple[str, ...]) -> int:
    """1 and one more for each multiple of the reference that the value is above."""
    return 1 + sum(value > Decimal(multiple) * reference for multiple in multiples)


_ENZYME = ("U/L",)
_SUBSTANCE = ("umol/L", "mg/dL")

# CTCAE v5.0: ">ULN - 3.0 x ULN if baseline was normal; 1.5 - 3.0 x baseline if abnormal".
RISING: dict[str, Rising] = {
    "ALT": Rising(
        "alanine_aminotransferase_increased", _ENZYME, ("3.0", "5.0", "20.0"), "1.5", True
    ),
    "AST": Rising(
        "aspartate_aminotransferase_increased", _ENZYME, ("3.0", "5.0", "20.0"), "1.5", True
    ),
    "bilirubin": Rising(
        "blood_bilirubin_increased", _SUBSTANCE, ("1.5", "3.0", "10.0"), "1.0", False
    ),
    "ALP": Rising("alkaline_phosphatase_increased", _ENZYME, ("2.5", "5.0", "20.0"), "2.0", True),
}

CREATININE_TERM = "creatinine_increased"
CREATININE_UNITS = _SUBSTANCE
# CTCAE v5.0, creatinine: by multiples of the ULN (grades 1 to 4, the criterion's last alternative)
# or of the baseline (grades 2 and 3, its first); the higher grade wins.
_OF_ULN = (("1.0", 1, 0), ("1.5", 2, 1), ("3.0", 3, 1), ("6.0", 4, 0))
_OF_BASELINE = (("1.5", 2, 0), ("3.0", 3, 0))


def creatinine_met(measured: Measurement) -> tuple[Met, ...]:
    """Every criterion of creatinine that is met by the ULN or by the baseline."""
    return (
        *_multiples_met(measured.value, measured.baseline, _OF_BASELINE),
        *_multiples_met(measured.value, measured.uln, _OF_ULN),
    )


def creatinine_missing(measured: Measurement, grade: int) -> tuple[str, ...]:
    """What is not known and could raise the grade: a ULN up to 4, a baseline up to 3."""
    uln = ("uln",) if measured.uln is None else ()
    baseline = ("baseline",) if measured.baseline is None and grade < _OF_BASELINE[-1][1] else ()
    return uln + baseline


def _multiples_met(
    value: Decimal, reference: Decimal | None, rules: tuple[tuple[str, int, int], ...]
) -> Iterator[Met]:
    """The grades and alternatives of the rules whose multiple of the reference is exceeded."""
    if reference is not None:
        yield from ((g, c) for multiple, g, c in rules if value > Decimal(multiple) * reference)
