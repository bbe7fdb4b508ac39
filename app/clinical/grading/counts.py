"""Haemoglobin and blood counts: the lower the value, the higher the grade."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.clinical.grading.measurement import Measurement

NO_GRADE = 0


@dataclass(frozen=True, slots=True)
class Falling:
    """A term graded by a falling value.

    `limits` holds, for each unit, the value under which each grade from 2 up begins; grade 1 lies
    between the first of them and the laboratory's LLN. `columns` says which of the alternatives
    of a printed criterion is the unit's own.
    """

    term: str
    limits: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, int]

    def grade(self, measured: Measurement, unit: str) -> int | None:
        """The grade, or None where only an LLN that is not known could tell."""
        met = [Decimal(limit) for limit in self.limits[unit] if measured.value < Decimal(limit)]
        if met:
            return 1 + len(met)
        if measured.lln is None:
            return None
        return 1 if measured.value < measured.lln else NO_GRADE


def _counts(term: str, *per_10e9: str) -> Falling:
    """A count with its limits in 10^9/L; the limits per mm3 are printed a thousand times those."""
    per_mm3 = tuple(str(Decimal(limit) * 1000) for limit in per_10e9)
    return Falling(term, {"10^9/L": per_10e9, "/mm3": per_mm3}, {"/mm3": 0, "10^9/L": 1})


# CTCAE v5.0: "<100 - 80 g/L" is 80 <= x < 100. Anaemia has no numeric grade 4.
FALLING: dict[str, Falling] = {
    "haemoglobin": Falling(
        "anemia",
        {"g/dL": ("10.0", "8.0"), "mmol/L": ("6.2", "4.9"), "g/L": ("100", "80")},
        {"g/dL": 0, "mmol/L": 1, "g/L": 2},
    ),
    "WBC": _counts("white_blood_cell_decreased", "3.0", "2.0", "1.0"),
    "neutrophils": _counts("neutrophil_count_decreased", "1.5", "1.0", "0.5"),
    "lymphocytes": _counts("lymphocyte_count_decreased", "0.8", "0.5", "0.2"),
    "platelets": _counts("platelet_count_decreased", "75.0", "50.0", "25.0"),
}
