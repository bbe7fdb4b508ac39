"""What the record holds already of the patients that a list names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlmodel import col, select

from app.clinical.grading import canonical_analyte
from app.clinical.units import plain_unit, ug_per_l
from app.services.former import former_of
from app.services.lab_list.lines import Line
from app.services.lab_list.names import IMATINIB
from app.work import Work
from models import Comparator, Lab, Patient, Provenance, Sample

Key = tuple[str, str, datetime]  # patient, analyte, moment of the draw in UTC
_AT_ONCE = 500  # values in one IN ()


@dataclass(frozen=True, slots=True)
class Result:
    """A result of a draw: `told` is what makes two of them the same.

    `dose_at` is the dose time that came with a level, None where none was told; `row` is where
    it stands in the list, None in the record. A former one was corrected or taken back by a person:
    the same again is known, another value is no conflict with it.
    """

    told: tuple[float, Comparator | None, str]
    shown: str
    dose_at: datetime | None = None
    row: int | None = None
    is_former: bool = False

    @classmethod
    def of(cls, line: Line) -> Result:
        shown = f"{line.comparator or ''}{line.value:g} {line.unit}"
        if line.is_level:
            level = round(ug_per_l(line.value, line.unit), 6)
            return cls((level, line.comparator, "ug/L"), shown, line.last_dose_at, line.row)
        return cls((line.value, line.comparator, plain_unit(line.unit)), shown, None, line.row)

    def is_same(self, other: Result) -> bool:
        """The same value; and no other dose time, where both tell one."""
        doses = {self.dose_at, other.dose_at} - {None}
        return self.told == other.told and len(doses) < 2


Known = dict[Key, list[Result]]


def patients_called(work: Work, clinic_id: str, codes: Iterable[str]) -> dict[str, Patient]:
    """The patients of a clinic by their codes; those that it has not are left out."""
    found: dict[str, Patient] = {}
    for some in parts(sorted(codes)):
        query = select(Patient).where(Patient.clinic_id == clinic_id, col(Patient.code).in_(some))
        found.update({one.code: one for one in work.session.exec(query)})
    return found


def known_results(work: Work, clinic_id: str, patients: Iterable[Patient]) -> Known:
    """Every level and laboratory value of the patients, by patient, analyte and moment."""
    known: Known = {}
    for ids in parts([one.id for one in patients]):
        for sample in _of(work, Sample, clinic_id, ids):
            key = _key(sample, IMATINIB, sample.drawn_at)
            known.setdefault(key, []).append(result_of(sample))
        for lab in _of(work, Lab, clinic_id, ids):
            key = _key(lab, canonical_analyte(lab.analyte), lab.collected_at)
            known.setdefault(key, []).append(result_of(lab))
    return known


def add_former(work: Work, clinic_id: str, patients: Iterable[Patient], known: Known) -> None:
    """What a person corrected or took back is not kept again by a list that still has it."""
    for ids in parts([one.id for one in patients]):
        for one in former_of(work, clinic_id, ids):
            level = isinstance(one.row, Sample)
            analyte = IMATINIB if level else canonical_analyte(one.row.analyte)
            key = _key(one.row, analyte, one.drawn_at)
            known.setdefault(key, []).append(replace(result_of(one.row), is_former=True))


def lock_patients(work: Work, clinic_id: str, patients: Iterable[Patient]) -> None:
    """Two lists at once: the second waits, and finds what the first has left."""
    for ids in parts(sorted(one.id for one in patients)):
        query = select(Patient.id).where(Patient.clinic_id == clinic_id, col(Patient.id).in_(ids))
        work.session.exec(query.order_by(col(Patient.id)).with_for_update(key_share=True)).all()


def result_of(row: Sample | Lab) -> Result:
    """A row of the record as a result of its draw."""
    return _level(row) if isinstance(row, Sample) else _value(row)


def _level(sample: Sample) -> Result:
    told = (round(sample.raw_ug_per_l, 6), sample.comparator, "ug/L")
    by_staff = sample.dose_provenance == Provenance.STAFF
    shown = f"{sample.comparator or ''}{sample.concentration:g} {sample.unit}"
    return Result(told, shown, sample.last_dose_at if by_staff else None)


def _value(lab: Lab) -> Result:
    told = (lab.value, lab.comparator, plain_unit(lab.unit))
    return Result(told, f"{lab.comparator or ''}{lab.value:g} {lab.unit}")


def _key(row: Sample | Lab, analyte: str, at: datetime) -> Key:
    return row.patient_id, analyte, at.astimezone(UTC)


def _of(work: Work, table: Any, clinic_id: str, ids: Sequence[str]) -> Iterable[Any]:
    query = select(table).where(table.clinic_id == clinic_id, col(table.patient_id).in_(ids))
    return work.session.exec(query)


def parts(values: Sequence[str]) -> Iterable[Sequence[str]]:
    return (values[at : at + _AT_ONCE] for at in range(0, len(values), _AT_ONCE))
