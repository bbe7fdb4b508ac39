"""Haemoglobin and blood counts: the lower the value, the higher the grade."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.clinical.grading.measurement import Judged, Measurement


@dataclass(frozen=True, slots=True)
class Falling:
    """A term graded by a falling value.

    `limits` holds, for each unit, the value under which each further grade begins. Where grade 1
    is `by_lln`, it lies between the first of them and the laboratory's LLN; else the first limit
    is that of grade 1. `columns` says which of the alternatives of a printed criterion is the
    unit's own.
    """

    term: str
    limits: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, int]
    by_lln: bool = True

    @property
    def units(self) -> tuple[str, ...]:
        """The units in which the analyte is reported."""
        return tuple(self.limits)

    def judge(self, measured: Measurement, unit: str) -> Judged:
        """The grade, or None where only an LLN that is not known could tell."""
        met = sum(measured.value < Decimal(limit) for limit in self.limits[unit])
        if not self.by_lln:
            return Judged(met, self.columns[unit])
        if met:
            return Judged(1 + met, self.columns[unit])
        if measured.lln is None:
            return Judged(None, missing=("lln",))
        return Judged(int(measured.value < measured.lln), self.columns[unit])


def _counts(term: str, *per_10e9: str, by_lln: bool = True) -> Falling:
    """A count with its limits in 10^9/L; the limits per mm3 are printed a thousand times those."""
    per_mm3 = tuple(str(Decimal(limit) * 1000) for limit in per_10e9)
    limits = {"10^9/L": per_10e9, "/mm3": per_mm3}
    return Falling(term, limits, {"/mm3": 0, "10^9/L": 1}, by_lln)


# CTCAE v5.0 and v6.0: "<100 - 80 g/L" is 80 <= x < 100. Anaemia has no numeric grade 4.
_ANEMIA = Falling(
    "anemia",
    {"g/dL": ("10.0", "8.0"), "mmol/L": ("6.2", "4.9"), "g/L": ("100", "80")},
    {"g/dL": 0, "mmol/L": 1, "g/L": 2},
)
_WHITE_CELLS = _counts("white_blood_cell_decreased", "3.0", "2.0", "1.0")

# CTCAE v5.0 (NCI, 27 November 2017).
FALLING_V5: dict[str, Falling] = {
    "haemoglobin": _ANEMIA,
    "WBC": _WHITE_CELLS,
    "neutrophils": _counts("neutrophil_count_decreased", "1.5", "1.0", "0.5"),
    "lymphocytes": _counts("lymphocyte_count_decreased", "0.8", "0.5", "0.2"),
    "platelets": _counts("platelet_count_decreased", "75.0", "50.0", "25.0"),
}

# CTCAE v6.0 (NCI, 10 July 2025): neutrophils shifted by a step, without an LLN. Lymphopenia is
# printed as "Present" alone; that a count under the LLN is present lymphopenia is read here [own].
FALLING_V6: dict[str, Falling] = {
    "haemoglobin": _ANEMIA,
    "WBC": _WHITE_CELLS,
    "neutrophils": _counts(
        "neutrophil_count_decreased", "1.5", "1.0", "0.5", "0.1", by_lln=False
    ),
    "lymphocytes": Falling(
        "lymphocyte_count_decreased", {"10^9/L": (), "/mm3": ()}, {"10^9/L": 0, "/mm3": 0}
    ),
    "platelets": _counts("platelet_count_decreased", "75.0", "50.0", "10.0"),
}
