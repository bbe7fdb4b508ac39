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
from sqlmodel import col

from app.clinical.cohort import bmi_kg_per_m2, bsa_m2
from app.services.cohort.course import Reduction, Spell, first_reduction, spells_of
from app.services.cohort.wanted import Wanted, asked_of_patient, fits, fits_age
from app.services.signs_of_life import SIGNS
from app.work import Work
from models import Patient, Regimen, Sample

# The dose that every patient of the paper began with (Chen 2024, 27(11):1149).
FIRST_DOSE_MG = 400
_COLUMNS = (
    "id", "year_of_birth", "sex", "time_zone", "risk", "site", "operation", "mutation",
    "weight_kg", "height_cm", "tumour_diameter_cm", "mitoses_per_50_hpf",
    "preoperative_imatinib", "recurrent_or_unresectable", "other_malignancy", "surgery_date",
    "recurrence_on", "died_on", "last_follow_up_on", "registered_at",
)  # fmt: skip

IN_PARTS = {"yield_per": 10_000}  # many rows of which few are kept


@dataclass(frozen=True, slots=True)
class Case:
    """One patient: who, the doses, and the first level that counts at each, in ug/L."""

    row: Any
    age: int
    bmi: float | None
    bsa: float | None
    spells: tuple[Spell, ...]
    reduction: Reduction | None
    levels: tuple[tuple[Spell, float], ...]
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
        return next((ug_per_l for one, ug_per_l in self.levels if one == spell), None)


def read_cases(work: Work, clinic_id: str, wanted: Wanted, zone: ZoneInfo) -> list[Case]:
    """The patients that are wanted, with their doses, levels and last signs of life."""
    today = work.now.astimezone(zone).date()
    whose = (
        Patient.clinic_id == clinic_id,
        col(Patient.year_of_birth) > 0,  # a record that was removed keeps its row, empty
        *asked_of_patient(wanted, zone),
    )
    rows = work.session.execute(select(*_columns()).where(*whose).order_by(Patient.id)).all()
    steps = _steps(work, clinic_id, whose, today)
    spells = {row.id: spells_of(steps.get(row.id, ())) for row in rows}
    zones = {row.id: ZoneInfo(row.time_zone) for row in rows}
    levels = _levels(work, clinic_id, whose, spells, zones)
    seen = _last_seen(work, clinic_id, whose)
    cases = (
        _case(row, zone, spells[row.id], levels.get(row.id, {}), seen.get(row.id)) for row in rows
    )
    return [one for one in cases if fits_age(wanted, one.age) and _fits(wanted, one)]


def _columns() -> list[Any]:
    return [getattr(Patient, name) for name in _COLUMNS]


def _case(
    row: Any, clinics: ZoneInfo, spells: tuple[Spell, ...], levels: Mapping[Spell, float],
    seen: datetime | None,
) -> Case:  # fmt: skip
    year = (row.surgery_date or row.registered_at.astimezone(clinics).date()).year
    return Case(
        row, year - row.year_of_birth, bmi_kg_per_m2(row.weight_kg, row.height_cm),
        bsa_m2(row.weight_kg, row.height_cm), spells, first_reduction(spells),
        tuple(levels.items()), _last_on(row, seen, ZoneInfo(row.time_zone)),
    )  # fmt: skip


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
    found: defaultdict[str, list[tuple[int, date]]] = defaultdict(list)
    order = (step.started_on, step.recorded_at)
    for patient_id, dose_mg, day in work.session.execute(query.order_by(*order)):
        found[patient_id].append((dose_mg, day))
    return found


def _levels(
    work: Work, clinic_id: str, whose: Sequence[Any], spells: Mapping[str, Sequence[Spell]],
    zones: Mapping[str, ZoneInfo],
) -> Mapping[str, Mapping[Spell, float]]:  # fmt: skip
    """The first level at each dose that counts: corrected, and at steady state."""
    level: Any = Sample
    unsteady = cast(level.flags, String).contains("not_at_steady_state")
    query = select(level.patient_id, level.drawn_at, level.corrected_ug_per_l).where(
        *of_patients(level, clinic_id, whose), level.corrected_ug_per_l.is_not(None), ~unsteady
    )
    query = query.order_by(level.drawn_at, level.id)
    found: defaultdict[str, dict[Spell, float]] = defaultdict(dict)
    for patient_id, at, ug_per_l in work.session.execute(query, execution_options=IN_PARTS):
        day = at.astimezone(zones[patient_id]).date()
        for spell in spells[patient_id]:
            if spell.holds(day):
                found[patient_id].setdefault(spell, ug_per_l)
    return found


def _last_seen(work: Work, clinic_id: str, whose: Sequence[Any]) -> Mapping[str, datetime]:
    """When each was last heard of: a report, a draw, a laboratory value or a questionnaire."""
    told = union_all(*_signs(clinic_id, whose)).subquery()
    query = select(told.c.patient_id, func.max(told.c.at)).group_by(told.c.patient_id)
    return {patient_id: at for patient_id, at in work.session.execute(query)}


def _signs(clinic_id: str, whose: Sequence[Any]) -> Iterator[Any]:
    table: Any
    for table, at in SIGNS.items():
        query = select(table.patient_id, func.max(getattr(table, at)).label("at"))
        yield query.where(*of_patients(table, clinic_id, whose)).group_by(table.patient_id)
