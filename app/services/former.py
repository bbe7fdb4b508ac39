"""What counts no longer: the versions of levels and laboratory values that a person replaced."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from app.work import Work
from models import Ending, FormerResult, Lab, Patient, ResultKind, Sample
from models.columns import new_id

TABLES: dict[ResultKind, type[Sample] | type[Lab]] = {
    ResultKind.LEVEL: Sample, ResultKind.LAB: Lab,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Former:
    """A version as its row was, with how it ended, why, by whom and when."""

    kind: ResultKind
    row: Any  # Sample or Lab, of no session
    ended: Ending
    reason: str
    by: str
    at: datetime

    @property
    def drawn_at(self) -> datetime:
        row = self.row
        at: datetime = row.drawn_at if self.kind == ResultKind.LEVEL else row.collected_at
        return at


def kind_of(row: Sample | Lab) -> ResultKind:
    return ResultKind.LEVEL if isinstance(row, Sample) else ResultKind.LAB


def keep_former(work: Work, row: Sample | Lab, ended: Ending, reason: str, by: str) -> None:
    """Keep a version before it is changed or removed."""
    work.session.add(FormerResult(
        clinic_id=row.clinic_id, id=new_id(work.now), patient_id=row.patient_id,
        kind=kind_of(row), result_id=row.id, identifier=row.identifier,
        told=row.model_dump(mode="json", warnings=False), ended=ended, reason=reason,
        recorded_by=by, recorded_at=work.now,
    ))  # fmt: skip
    work.session.flush()


def former_results(work: Work, patient: Patient) -> list[Former]:
    """All of a patient, the latest change first."""
    return _read(work, FormerResult.clinic_id == patient.clinic_id,
                 FormerResult.patient_id == patient.id)  # fmt: skip


def former_of(work: Work, clinic_id: str, patient_ids: Sequence[str]) -> list[Former]:
    """All of some patients."""
    return _read(work, FormerResult.clinic_id == clinic_id,
                 col(FormerResult.patient_id).in_(patient_ids))  # fmt: skip


def former_identified(work: Work, clinic_id: str, identifier: str) -> list[Former]:
    """By the laboratory system's own identifier."""
    return _read(work, FormerResult.clinic_id == clinic_id,
                 FormerResult.identifier == identifier)  # fmt: skip


def find_withdrawn(work: Work, clinic_id: str, result_id: str) -> Former | None:
    """A result that was entered in error, by its id."""
    found = _read(work, FormerResult.clinic_id == clinic_id, FormerResult.result_id == result_id,
                  FormerResult.ended == Ending.WITHDRAWN)  # fmt: skip
    return found[0] if found else None


def versions_of(work: Work, clinic_id: str, result_id: str) -> list[Former]:
    """Of one result, the latest change first."""
    return _read(work, FormerResult.clinic_id == clinic_id, FormerResult.result_id == result_id)


def _read(work: Work, *where: Any) -> list[Former]:
    query = select(FormerResult).where(*where).order_by(col(FormerResult.id).desc())
    return list(_shown(work.session.exec(query)))


def _shown(rows: Iterable[FormerResult]) -> Iterable[Former]:
    for one in rows:
        kind = ResultKind(one.kind)
        yield Former(
            kind, TABLES[kind].model_validate(one.told), Ending(one.ended), one.reason,
            one.recorded_by, one.recorded_at,
        )  # fmt: skip
