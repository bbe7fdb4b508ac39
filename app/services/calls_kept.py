"""Keeps the call list as the record has it: read without a lock, only changes are written."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete
from sqlmodel import col, select

from app.services.calls_due import RANKS, Reason, calls_due
from app.work import Begin, Work
from models import CallDue, Clinic

BATCH = 500


def settle_calls(read: Begin, begin: Begin, size: int = BATCH) -> None:
    """The list of every clinic, made anew; one transaction a batch of changes."""
    with read() as work:
        clinics = list(work.session.exec(select(Clinic.id)))
    for clinic_id in clinics:
        with read() as work:
            gone, changed = _changes(work, clinic_id)
        for start in range(0, len(gone), size):
            with begin() as work:
                _forget(work, clinic_id, gone[start : start + size])
        for start in range(0, len(changed), size):
            with begin() as work:
                _keep(work, clinic_id, changed[start : start + size])


Changed = tuple[str, Sequence[Reason]]


def _changes(work: Work, clinic_id: str) -> tuple[list[str], Sequence[Changed]]:
    """Who is to be phoned no more, and who is new or for another reason."""
    due = calls_due(work, clinic_id)
    query = select(CallDue.patient_id, CallDue.reasons).where(CallDue.clinic_id == clinic_id)
    known: Mapping[str, Any] = dict(work.session.exec(query).all())
    gone = sorted(known.keys() - due.keys())
    changed: list[Changed] = [(one, due[one]) for one in sorted(due)
                              if known.get(one) != told(due[one])]  # fmt: skip
    return gone, changed


def told(reasons: Sequence[Reason]) -> list[dict[str, Any]]:
    """As a row keeps them."""
    return [
        {"why": one.why.value, "since": one.since.isoformat(), "about": one.about}
        for one in reasons
    ]


def _forget(work: Work, clinic_id: str, patients: Sequence[str]) -> None:
    mine = (col(CallDue.clinic_id) == clinic_id, col(CallDue.patient_id).in_(patients))
    work.session.execute(delete(CallDue).where(*mine))


def _keep(work: Work, clinic_id: str, changed: Sequence[Changed]) -> None:
    """A reason that was there before keeps the moment at which it was noticed."""
    ids = [patient_id for patient_id, _ in changed]
    query = select(CallDue).where(CallDue.clinic_id == clinic_id, col(CallDue.patient_id).in_(ids))
    known = {row.patient_id: row for row in work.session.exec(query)}
    for patient_id, reasons in changed:
        first, row = reasons[0], known.get(patient_id)
        if row is None:
            row = CallDue(
                clinic_id=clinic_id, patient_id=patient_id, rank=RANKS[first.why],
                since=first.since, noticed_at=work.now,
            )  # fmt: skip
            work.session.add(row)
        elif RANKS[first.why] < row.rank:
            row.noticed_at = work.now
        row.rank, row.since, row.reasons = RANKS[first.why], first.since, told(reasons)
