"""Makes what is due anew for patients whose record has changed, in bounded batches.

The worker does it with its plans, the list itself before it is read; any number may at once.
A patient is locked first, so that whoever comes last has seen all that was kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import delete
from sqlmodel import col, select

from app.services.recall_due import Due, dues_of
from app.services.recall_facts import facts_of
from app.services.recall_marks import unmarked
from app.work import Begin, Work
from models import Clinic, Patient, Recall, RecallMark
from models.columns import new_id

BATCH = 200


def settle_recall(begin: Begin, size: int = BATCH) -> None:
    """All that is marked, of every clinic; one transaction a batch."""
    more = True
    while more:
        with begin() as work:
            marked = work.session.exec(select(RecallMark.clinic_id).limit(1)).first()
            more = marked is not None and settle_batch(work, marked, size)
    with begin() as work:
        for clinic in work.session.exec(select(Clinic.id)).all():
            forget_past(work, clinic)


def settle_batch(work: Work, clinic_id: str, size: int = BATCH) -> bool:
    """The next marks of a clinic; False when there were none, or others are at them."""
    work.session.flush()
    unmarked(work)
    query = select(RecallMark).where(RecallMark.clinic_id == clinic_id)
    query = query.order_by(col(RecallMark.id)).limit(size)
    marks = work.session.exec(query.with_for_update(skip_locked=True)).all()
    if marks:
        make_recall(work, clinic_id, {mark.patient_id for mark in marks})
        done = col(RecallMark.id).in_([mark.id for mark in marks])
        unsynced = {"synchronize_session": False}
        gone = delete(RecallMark).where(col(RecallMark.clinic_id) == clinic_id, done)
        work.session.execute(gone, execution_options=unsynced)
    return bool(marks)


def forget_past(work: Work, clinic_id: str) -> None:
    """What is of no use any more: the results of a level of long ago."""
    zone = ZoneInfo(work.session.get_one(Clinic, clinic_id).time_zone)
    past = col(Recall.until_on) < work.now.astimezone(zone).date()
    work.session.execute(delete(Recall).where(col(Recall.clinic_id) == clinic_id, past))


def make_recall(work: Work, clinic_id: str, ids: Iterable[str]) -> None:
    """What is due of some patients, as of now."""
    work.session.flush()
    patients = _locked(work, clinic_id, ids)
    facts = facts_of(work, clinic_id, [one for one in patients if _is_here(one)])
    known = _known(work, clinic_id, [one.id for one in patients])
    for patient in patients:
        dues = dues_of(facts[patient.id]) if patient.id in facts else []
        _keep(work, patient, dues, known)
    work.session.flush()


def _locked(work: Work, clinic_id: str, ids: Iterable[str]) -> Sequence[Patient]:
    query = select(Patient).where(Patient.clinic_id == clinic_id, col(Patient.id).in_(list(ids)))
    query = query.order_by(col(Patient.id)).with_for_update()
    return work.session.exec(query.execution_options(populate_existing=True)).all()


def _is_here(patient: Patient) -> bool:
    return patient.died_on is None and patient.erased_at is None


def _known(work: Work, clinic_id: str, ids: Sequence[str]) -> dict[tuple[str, str], Recall]:
    query = select(Recall).where(Recall.clinic_id == clinic_id, col(Recall.patient_id).in_(ids))
    return {(row.patient_id, row.kind): row for row in work.session.exec(query)}


def _keep(
    work: Work, patient: Patient, dues: Sequence[Due], known: Mapping[tuple[str, str], Recall]
) -> None:
    """A row keeps its id, so that the pages of the list keep their places."""
    wanted = {due.kind: due for due in dues}
    for (patient_id, kind), row in known.items():
        if patient_id == patient.id and kind not in wanted:
            work.session.delete(row)
    for kind, due in wanted.items():
        row = known.get((patient.id, kind)) or Recall(
            clinic_id=patient.clinic_id, id=new_id(work.now), patient_id=patient.id, kind=kind,
            due_on=date.min, overdue_on=date.min,
        )  # fmt: skip
        row.due_on, row.overdue_on, row.until_on = due.due_on, due.overdue_on, due.until_on
        row.planned_at, row.missing, row.about = due.planned_at, list(due.missing), due.about
        work.session.add(row)
