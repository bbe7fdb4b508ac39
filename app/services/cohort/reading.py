"""The clinic's patients as a cohort: a handful of statements, columns only.

Whatever is told, drawn or answered on the day of a dose change is of the dose before.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import String, cast, func, select, union_all
from sqlmodel import SQLModel, col

from app.clinical.cohort import bmi_kg_per_m2, bsa_m2
from app.services.cohort.course import Reduction, Spell, first_reduction, spells_of
from app.services.cohort.wanted import Wanted, asked_of_patient, fits, fits_age
from app.work import Work
from models import Lab, Patient, Questionnaire, Regimen, Sample, SymptomReport

# The dose that every patient of the paper began with (Chen 2024, 27(11):1149).
FIRST_DOSE_MG = 400
_COLUMNS = (
    "id", "year_of_birth", "sex", "time_zone", "risk", "site", "operation", "mutation",
    "weight_kg", "height_cm", "tumour_diameter_cm", "mitoses_per_50_hpf",
    "preoperative_imatinib", "recurrent_or_unresectable", "other_malignancy", "surgery_date",
    "recurrence_on", "died_on", "last_follow_up_on", "registered_at",
)  # fmt: skip

# What shows that a patient was alive, and its moment.
_SIGNS: Mapping[type[SQLModel], str] = {
    SymptomReport: "reported_at", Sample: "drawn_at", Lab: "collected_at",
    Questionnaire: "answered_at",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """One patient: who, the doses, and the levels that count, in ug/L by the day of the draw."""

    row: Any
    age: int
    bmi: float | None
    bsa: float | None
    spells: tuple[Spell, ...]
    reduction: Reduction | None
    levels: tuple[tuple[date, float], ...]
    last_on: date | None

    @property
    def id(self) -> str:
        return str(self.row.id)

    @property
    def eligible(self) -> bool:
        """By the paper's criteria: neither recurrent nor unresectable, no other malignancy."""
        return not (self.row.recurrent_or_unresectable or self.row.other_malignancy)

    @property
    def first_level(self) -> float | None:
        """The first that counts at 400 mg, the dose that all began with in the paper."""
        at_400 = (one for one in self.spells if one.dose_mg == FIRST_DOSE_MG)
        return next((ug for one in at_400 if (ug := self.level_in(one)) is not None), None)

    def level_in(self, spell: Spell) -> float | None:
        return next((ug_per_l for day, ug_per_l in self.levels if spell.holds(day)), None)


@dataclass(frozen=True, slots=True)
class _Told:
    """By patient: dose steps, levels that count, and the last sign of life."""

    steps: Mapping[str, Sequence[tuple[int, date]]]
    drawn: Mapping[str, Sequence[tuple[datetime, float]]]
    seen: Mapping[str, datetime]


def read_cases(work: Work, clinic_id: str, wanted: Wanted, zone: ZoneInfo) -> list[Case]:
    """The patients that are wanted, with their doses, levels and last signs of life."""
    today = work.now.astimezone(zone).date()
    whose = (
        Patient.clinic_id == clinic_id,
        col(Patient.year_of_birth) > 0,  # a record that was removed keeps its row, empty
        *asked_of_patient(wanted, zone),
    )
    told = _Told(
        _steps(work, clinic_id, whose, today), _drawn(work, clinic_id, whose),
        _last_seen(work, clinic_id, whose),
    )  # fmt: skip
    rows = work.session.execute(select(*_columns()).where(*whose).order_by(Patient.id))
    cases = (_case(row, zone, told) for row in rows)
    return [one for one in cases if fits_age(wanted, one.age) and _fits(wanted, one)]


def _columns() -> list[Any]:
    return [getattr(Patient, name) for name in _COLUMNS]


def _case(row: Any, clinics: ZoneInfo, told: _Told) -> Case:
    year = (row.surgery_date or row.registered_at.astimezone(clinics).date()).year
    zone, spells = ZoneInfo(row.time_zone), spells_of(told.steps.get(row.id, ()))
    return Case(
        row, year - row.year_of_birth, bmi_kg_per_m2(row.weight_kg, row.height_cm),
        bsa_m2(row.weight_kg, row.height_cm), spells, first_reduction(spells),
        tuple(_levels(told.drawn.get(row.id, ()), spells, zone)),
        _last_on(row, told.seen.get(row.id), zone),
    )  # fmt: skip


def _levels(
    drawn: Iterable[tuple[datetime, float]], spells: Sequence[Spell], zone: ZoneInfo
) -> Iterator[tuple[date, float]]:
    """Those drawn at a dose that is known."""
    for at, ug_per_l in drawn:
        day = at.astimezone(zone).date()
        if any(spell.holds(day) for spell in spells):
            yield day, ug_per_l


def _last_on(row: Any, seen: datetime | None, zone: ZoneInfo) -> date | None:
    days = (row.last_follow_up_on, seen and seen.astimezone(zone).date())
    return max((day for day in days if day), default=None)


def _fits(wanted: Wanted, case: Case) -> bool:
    dose = case.spells[-1].dose_mg if case.spells else None
    return (
        (not wanted.dose_mg or dose in wanted.dose_mg)
        and fits(wanted.lowered, case.reduction is not None)
        and fits(wanted.with_level, bool(case.levels))
    )


def of_patients(table: Any, clinic_id: str, whose: Iterable[Any]) -> tuple[Any, ...]:
    ids = select(col(Patient.id)).where(*whose)
    return table.clinic_id == clinic_id, table.patient_id.in_(ids)


def _steps(
    work: Work, clinic_id: str, whose: Sequence[Any], today: date
) -> Mapping[str, list[tuple[int, date]]]:
    step: Any = Regimen
    query = select(step.patient_id, step.daily_dose_mg, step.started_on).where(
        *of_patients(step, clinic_id, whose), step.started_on <= today
    )
    return _by_patient(work.session.execute(query.order_by(step.started_on, step.recorded_at)))


def _drawn(
    work: Work, clinic_id: str, whose: Sequence[Any]
) -> Mapping[str, list[tuple[datetime, float]]]:
    """The levels that count: corrected, and at steady state."""
    level: Any = Sample
    unsteady = cast(level.flags, String).contains("not_at_steady_state")
    query = select(level.patient_id, level.drawn_at, level.corrected_ug_per_l).where(
        *of_patients(level, clinic_id, whose), level.corrected_ug_per_l.is_not(None), ~unsteady
    )
    return _by_patient(work.session.execute(query.order_by(level.drawn_at, level.id)))


def _by_patient(rows: Iterable[Any]) -> Mapping[str, list[Any]]:
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for patient_id, *rest in rows:
        found[patient_id].append(tuple(rest))
    return found


def _last_seen(work: Work, clinic_id: str, whose: Sequence[Any]) -> Mapping[str, datetime]:
    """When each was last heard of: a report, a draw, a laboratory value or a questionnaire."""
    told = union_all(*_signs(clinic_id, whose)).subquery()
    query = select(told.c.patient_id, func.max(told.c.at)).group_by(told.c.patient_id)
    return {patient_id: at for patient_id, at in work.session.execute(query)}


def _signs(clinic_id: str, whose: Sequence[Any]) -> Iterator[Any]:
    table: Any
    for table, at in _SIGNS.items():
        query = select(table.patient_id, func.max(getattr(table, at)).label("at"))
        yield query.where(*of_patients(table, clinic_id, whose)).group_by(table.patient_id)
