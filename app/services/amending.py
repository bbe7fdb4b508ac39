"""Which entry a new decision takes the place of, and where each entry stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlmodel import select

from app.services.draw_days import today_of
from app.services.errors import Conflict, NotFound
from app.work import Work
from models import Decision, DoseStart, Patient

Status = Literal["kept", "waiting", "planned", "begun", "replaced"]


class NoSuchDecision(NotFound):
    """There is no such decision on this patient."""


class AmendedAlready(Conflict):
    """This entry was amended before; amend the one that took its place."""


class AnotherNotInForce(Conflict):
    """Another decision is not in force yet; amend that one first."""


@dataclass(frozen=True, slots=True)
class Amended:
    """The entry that is amended; it `is_open` while it waits, or its dose has not begun."""

    row: Decision
    is_open: bool


def amended_by(work: Work, patient: Patient, named: str | None) -> Amended | None:
    """The entry that is named, or else the one that is not in force yet; None where none is.

    There is never more than one that is not in force. Raises NoSuchDecision, AmendedAlready,
    AnotherNotInForce.
    """
    rows, standing = decisions_of(work, patient), standing_of(work, patient)
    pending = next((row for row in rows if standing[row.id] in ("waiting", "planned")), None)
    if named is None:
        return Amended(pending, True) if pending else None
    row = next((one for one in rows if one.id == named), None)
    if row is None:
        raise NoSuchDecision(field="amends")
    if standing[row.id] == "replaced":
        raise AmendedAlready(field="amends")
    if pending is not None and pending is not row:
        raise AnotherNotInForce(field="amends")
    return Amended(row, pending is row)


def decisions_of(work: Work, patient: Patient) -> Sequence[Decision]:
    """The first first."""
    query = select(Decision).where(
        Decision.clinic_id == patient.clinic_id, Decision.patient_id == patient.id
    )
    rows = work.session.exec(query).all()
    return sorted(rows, key=lambda row: (row.decided_at, row.id))


def starts_of(work: Work, patient: Patient) -> Sequence[DoseStart]:
    query = select(DoseStart).where(
        DoseStart.clinic_id == patient.clinic_id, DoseStart.patient_id == patient.id
    )
    return work.session.exec(query).all()


def standing_of(work: Work, patient: Patient) -> Mapping[str, Status]:
    """Where each entry stands, by its id."""
    today = today_of(work, patient)
    return standings(decisions_of(work, patient), starts_of(work, patient), today)


def standings(
    rows: Sequence[Decision], starts: Sequence[DoseStart], today: date
) -> dict[str, Status]:
    replaced = {row.amends for row in rows if row.amends}
    begun = {start.decision_id: start for start in starts}
    return {row.id: _status(row, begun.get(row.id), row.id in replaced, today) for row in rows}


def _status(row: Decision, start: DoseStart | None, replaced: bool, today: date) -> Status:
    if replaced:
        return "replaced"
    if start is None:
        return "waiting" if row.needs_second else "kept"
    return "begun" if start.started_on <= today else "planned"
