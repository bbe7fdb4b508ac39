"""One click on the recall list: a visit is planned and the patient told."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from app.services.audit import audit
from app.services.draw_days import days_of
from app.services.errors import Conflict, Invalid
from app.services.patients import find_patient
from app.services.recall import purpose_of, suggested
from app.services.recall_rows import make_recall
from app.services.visit_changes import refuse_second
from app.services.visit_word import Told, tell_of_visit
from app.services.visits import STILL_CURRENT, plan_visit
from app.work import Work
from models import Patient, Recall, RecallKind, Visit


class NothingDue(Conflict):
    """This is not due for the patient any more; look at the list again."""


class PlannedAlready(Conflict):
    """A visit for this is planned already."""


class NoVisit(Invalid):
    """No visit is planned for this; open the patient instead."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A visit, and what becomes of the word to its patient."""

    visit: Visit
    told: Told


def plan_recall(
    work: Work, clinic_id: str, patient_id: str, kind: RecallKind, by: str,
    draw_at: datetime | None = None,
) -> Planned:  # fmt: skip
    """Plan a visit for what is due, as suggested or at another time, and tell the patient.

    Raises NoSuchPatient, NothingDue, PlannedAlready, NoVisit, VisitThen, Invalid.
    """
    patient = find_patient(work, clinic_id, patient_id)
    work.session.refresh(patient, with_for_update=True)
    row = _due(work, patient, kind)
    purpose = purpose_of(kind)
    at = draw_at or suggested(work, row, patient, days_of(work, clinic_id))
    if purpose is None or at is None:
        raise NoVisit(field="kind")
    refuse_second(work, patient, at)
    visit = plan_visit(work, patient, at, purpose)
    audit(work, clinic_id, by, "recall.plan", patient.id, visit.id)
    return Planned(visit, tell_of_visit(work, patient, visit))


def _due(work: Work, patient: Patient, kind: RecallKind) -> Recall:
    """As of now: what another has just planned is not planned twice."""
    make_recall(work, patient.clinic_id, [patient.id])
    query = select(Recall).where(
        Recall.clinic_id == patient.clinic_id, Recall.patient_id == patient.id,
        col(Recall.kind) == kind,
    )  # fmt: skip
    row = work.session.exec(query).first()
    if row is None:
        raise NothingDue(field="kind")
    if row.planned_at is not None and row.planned_at > work.now - STILL_CURRENT:
        raise PlannedAlready(field="kind")
    return row
