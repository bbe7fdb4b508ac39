"""Patients for a cohort: one as a test tells it, or the 70 of the paper as it printed them.

The paper prints counts and means, not patients: who is who among the 70 is made up here, so that
every printed count, mean and SD comes out.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from random import Random
from statistics import fmean, stdev
from typing import Any

from app.work import Work
from models import (
    Lab,
    Patient,
    Provenance,
    Questionnaire,
    Regimen,
    Sample,
    SymptomGrade,
    SymptomReport,
)
from models.columns import new_id

TERMS = {"edema": "periorbital_edema", "skin": "rash_maculo_papular", "gi": "nausea"}
BEGAN, LOWERED = date(2025, 1, 10), date(2025, 9, 20)
BEFORE, AFTER = date(2025, 6, 1), date(2026, 2, 1)


def noon(day: date) -> datetime:
    """12:00 in Shanghai."""
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def add_one(work: Work, clinic_id: str, number: int, **fields: Any) -> Patient:
    patient = Patient(**{
        "clinic_id": clinic_id, "id": new_id(work.now), "code": f"C-{number:04d}",
        "year_of_birth": 1964, "sex": "female", "surgery_date": date(2024, 12, 1),
        "registered_at": noon(date(2025, 1, 5)), **fields,
    })  # fmt: skip
    work.session.add(patient)
    return patient


class Told:
    """Writes what is known of one patient."""

    def __init__(self, work: Work, patient: Patient) -> None:
        self.work, self.patient = work, patient
        work.session.flush()

    def doses(self, *steps: tuple[int, date]) -> None:
        for mg, day in steps:
            self.add(Regimen, daily_dose_mg=mg, started_on=day, recorded_at=noon(day))

    def level(self, day: date, ug_per_l: float | None, *flags: str) -> None:
        self.add(
            Sample, drawn_at=noon(day), concentration=ug_per_l or 1.0, unit="ug/L",
            raw_ug_per_l=ug_per_l or 1.0, corrected_ug_per_l=ug_per_l, flags=list(flags),
            ke_per_h=0.041, recorded_at=noon(day),
        )  # fmt: skip

    def report(self, at: datetime, /, replaced_by: str | None = None, **grades: int) -> SymptomReport:
        report = self.add(
            SymptomReport, reported_at=at, provenance=Provenance.STAFF, recorded_at=at,
            families={**dict.fromkeys((*TERMS, "other"), 0), **grades}, replaced_by=replaced_by,
        )  # fmt: skip
        for family, grade in grades.items():
            self.add(SymptomGrade, report_id=report.id, term=TERMS[family], family=family,
                     grade=grade, graded_at=at)  # fmt: skip
        return report

    def lab(self, at: datetime, grade: int | None, family: str = "marrow") -> Lab:
        return self.add(Lab, analyte="neutrophils", value=1.0, unit="10^9/L", collected_at=at,
                        term="neutrophil_count_decreased", family=family, grade=grade,
                        recorded_at=at)  # fmt: skip

    def sf36(self, day: date, pcs: float, mcs: float, wording: str = "licensed") -> None:
        scales = dict.fromkeys(("PF", "RP", "BP", "GH"), pcs) | dict.fromkeys(("VT", "SF", "RE", "MH"), mcs)
        self.add(Questionnaire, items=[], scales=scales, pcs_mean=pcs, mcs_mean=mcs, pcs_t=50.0,
                 mcs_t=None, wording=wording, answered_at=noon(day), recorded_at=noon(day))  # fmt: skip

    def add(self, table: Any, **values: Any) -> Any:
        row = table(clinic_id=self.patient.clinic_id, id=new_id(self.work.now),
                    patient_id=self.patient.id, **values)  # fmt: skip
        self.work.session.add(row)
        return row


def lying(n: int, mean: float, sd: float) -> list[float]:
    """So many values of which mean and SD are exactly these, by chance but always the same."""
    chance = Random(n * 1000 + round(mean))
    raw = [chance.gauss(0, 1) for _ in range(n)]
    middle, wide = fmean(raw), stdev(raw)
    return [mean + sd * (one - middle) / wide for one in raw]


def aged() -> list[int]:
    """70 ages from 25 to 82 with the median 60."""
    below, above = [30 + (11 * i) % 30 for i in range(33)], [61 + (7 * i) % 21 for i in range(33)]
    ages = [25, 82, 60, 60, *below, *above]
    Random(60).shuffle(ages)
    return ages


def banded(counts: Sequence[int]) -> list[int]:
    """Grades of bands 0, 1-2 and 3, the worst first."""
    return [3] * counts[2] + [1 + i % 2 for i in range(counts[1])] + [0] * counts[0]


def words(counts: dict[str, int]) -> Iterator[str | None]:
    """Each word as often as it is counted, then None."""
    yield from (word for word, n in counts.items() for _ in range(n))
    yield from cycle([None])


def the_papers_70(work: Work, clinic_id: str, first: int = 1) -> None:
    """Table 1, the levels, Table 2, SF-36 and follow-up as printed."""
    from app.clinical.cohort.paper import ADVERSE_EVENTS, BASELINE

    told = {name: words(dict(counts)) for name, counts in BASELINE.items()}
    size = {"up_to_10": 6.0, "over_10": 12.0, None: None}
    grades = {family: (banded(one.before), banded(one.after)) for family, one in ADVERSE_EVENTS.items()}
    levels = lying(70, 1900, 568), [*lying(60, 1216, 350), *lying(10, 1023, 269)]
    scores = [lying(70, mean, sd) for mean, sd in ((76, 5), (75, 6), (88, 4), (89, 4))]
    heights, weights, ages = lying(70, 162, 7), lying(70, 56.5, 8), aged()
    for i in range(70):
        surgery = date(2020, 6, 1) + timedelta(days=13 * i)
        risk = next(told["risk"])
        recurred = i >= 64 and risk == "high"  # five
        patient = add_one(
            work, clinic_id, first + i, risk=risk, year_of_birth=surgery.year - ages[i],
            surgery_date=surgery, weight_kg=weights[i], height_cm=heights[i],
            recurrence_on=surgery + timedelta(days=400 + 110 * (i - 64)) if recurred else None,
            tumour_diameter_cm=size[next(told["diameter"])], mitoses_per_50_hpf=size[next(told["mitoses"])],
            **{name: next(told[name]) for name in ("sex", "site", "operation", "mutation")},
        )  # fmt: skip
        one = Told(work, patient)
        one.doses((400, BEGAN), (300 if i < 60 else 200, LOWERED))
        one.level(BEFORE, levels[0][i])
        one.level(AFTER, levels[1][i])
        for at, day in enumerate((BEFORE, AFTER)):
            one.report(noon(day), **{family: grades[family][at][i] for family in TERMS})
            one.lab(noon(day), grades["marrow"][at][i])
            one.sf36(day, scores[2 * at][i], scores[2 * at + 1][i])
