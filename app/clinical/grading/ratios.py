"""Liver enzymes and bilirubin: graded by multiples of the ULN or of an abnormal baseline."""

from dataclasses import dataclass
from decimal import Decimal

from app.clinical.grading.measurement import Judged, Measurement

ENZYME = ("U/L",)
SUBSTANCE = ("umol/L", "mg/dL")


@dataclass(frozen=True, slots=True)
class Rising:
    """A term graded by multiples of the ULN (normal baseline) or of an abnormal baseline.

    `of_uln` and `of_baseline` hold the multiple above which each grade from 2 up begins. Grade 1
    begins above the ULN, or from `first` times an abnormal baseline: with that bound itself where
    `first_included`. Under that bound an abnormal baseline has no grade. Grade 3 of a baseline
    above `third_up_to` times the ULN is not printed: the grade is then unknown.
    """

    term: str
    units: tuple[str, ...]
    of_uln: tuple[str, ...]
    of_baseline: tuple[str, ...]
    first: str
    first_included: bool = True
    third_up_to: str | None = None

    def judge(self, measured: Measurement, unit: str) -> Judged:
        """The grade; without a baseline, as if it had been normal."""
        if measured.uln is None:
            return Judged(None, missing=("uln",))
        if measured.baseline is None or measured.baseline <= measured.uln:
            above = measured.value > measured.uln
            return Judged(_above(measured.value, measured.uln, self.of_uln) if above else 0)
        return self._by_baseline(measured.value, measured.baseline, measured.uln)

    def _by_baseline(self, value: Decimal, baseline: Decimal, uln: Decimal) -> Judged:
        """The grade by a baseline above the ULN."""
        first = Decimal(self.first) * baseline
        if value < first or (value == first and not self.first_included):
            return Judged(0)
        grade = _above(value, baseline, self.of_baseline)
        if grade == 3 and self.third_up_to and baseline > Decimal(self.third_up_to) * uln:
            return Judged(None, missing=("criterion",))
        return Judged(grade, 1)


@dataclass(frozen=True, slots=True)
class AboveBoth:
    """A term whose only grade is a value above the baseline and above the ULN."""

    term: str
    units: tuple[str, ...]

    def judge(self, measured: Measurement, unit: str) -> Judged:
        """Grade 1 above both, 0 when not above one of them, None where one that is not known."""
        limits = {"uln": measured.uln, "baseline": measured.baseline}
        if any(limit is not None and measured.value <= limit for limit in limits.values()):
            return Judged(0)
        missing = tuple(name for name, limit in limits.items() if limit is None)
        return Judged(None, missing=missing) if missing else Judged(1)


def _above(value: Decimal, reference: Decimal, multiples: tuple[str, ...]) -> int:
    """1 and one more for each multiple of the reference that the value is above."""
    return 1 + sum(value > Decimal(multiple) * reference for multiple in multiples)


def _enzyme_v5(term: str, *multiples: str, first: str) -> Rising:
    """An enzyme of v5.0, which has one row of multiples for both references."""
    return Rising(term, ENZYME, multiples, multiples, first)


def _transaminase_v6(term: str) -> Rising:
    """ALT or AST of v6.0."""
    return Rising(
        term, ENZYME, ("3.0", "5.0", "20.0"), ("1.5", "2.0", "4.0"), "1.0", third_up_to="5.0"
    )


_ALT, _AST = "alanine_aminotransferase_increased", "aspartate_aminotransferase_increased"
_ALP, _BILIRUBIN = "alkaline_phosphatase_increased", "blood_bilirubin_increased"

# CTCAE v5.0: ">ULN - 3.0 x ULN if baseline was normal; 1.5 - 3.0 x baseline if abnormal".
RISING_V5: dict[str, Rising] = {
    "ALT": _enzyme_v5(_ALT, "3.0", "5.0", "20.0", first="1.5"),
    "AST": _enzyme_v5(_AST, "3.0", "5.0", "20.0", first="1.5"),
    "bilirubin": Rising(
        _BILIRUBIN, SUBSTANCE, ("1.5", "3.0", "10.0"), ("1.5", "3.0", "10.0"), "1.0", False
    ),
    "ALP": _enzyme_v5(_ALP, "2.5", "5.0", "20.0", first="2.0"),
}

# CTCAE v6.0: "1.0 - 1.5 x baseline if baseline was >ULN", with its lower bound closed as v5.0's
# "1.5 - 3.0 x baseline" is; grade 3 of ALT and AST only with a baseline "up to 5 x ULN".
RISING_V6: dict[str, Rising | AboveBoth] = {
    "ALT": _transaminase_v6(_ALT),
    "AST": _transaminase_v6(_AST),
    "bilirubin": Rising(
        _BILIRUBIN, SUBSTANCE, ("1.5", "3.0", "10.0"), ("1.5", "2.5", "10.0"), "1.0"
    ),
    "ALP": AboveBoth(_ALP, ENZYME),
}
