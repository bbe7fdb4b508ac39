"""One click on the recall list: a visit is planned and the patient told, or a person has told."""

from datetime import datetime

from sqlmodel import col, select

from app.services.about import about_visit
from app.services.audit import audit
from app.services.draw_days import days_of
from app.services.errors import Conflict, Invalid
from app.services.messages import tell
from app.services.patients import find_patient
from app.services.recall import purpose_of, suggested
from app.services.recall_rows import make_recall
from app.services.reminders import day_of
from app.services.visits import STILL_CURRENT, plan_visit
from app.work import Work
from models import Clinic, Patient, Recall, RecallKind, Visit, VisitPurpose


class NothingDue(Conflict):
    """This is not due for the patient any more; look at the list again."""


class PlannedAlready(Conflict):
    """A visit for this is planned already."""


class NoVisit(Invalid):
    """No visit is planned for this; open the patient instead."""


def plan_recall(
    work: Work, clinic_id: str, patient_id: str, kind: RecallKind, by: str,
    draw_at: datetime | None = None,
) -> Visit:  # fmt: skip
    """Plan a visit for what is due, as suggested or at another time, and tell the patient.

    Raises NoSuchPatient, NothingDue, PlannedAlready, NoVisit, Invalid.
    """
    patient = find_patient(work, clinic_id, patient_id)
    work.session.refresh(patient, with_for_update=True)
    row = _due(work, patient, kind)
    purpose = purpose_of(kind)
    at = draw_at or suggested(work, row, patient, days_of(work, clinic_id))
    if purpose is None or at is None:
        raise NoVisit(field="kind")
    visit = plan_visit(work, patient, at, purpose)
    audit(work, clinic_id, by, "recall.plan", patient.id, visit.id)
    tell_of_visit(work, patient, visit)
    return visit


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


def tell_of_visit(work: Work, patient: Patient, visit: Visit) -> None:
    """A person has planned it: the patient hears when, in the hours in which the clinic sends."""
    day = day_of(work.session.get_one(Clinic, visit.clinic_id), patient)
    key = "visit.new" if visit.purpose == VisitPurpose.TROUGH else "visit.new_plain"
    tell(
        work, patient, f"{key}:{visit.id}", key, {"draw_at": visit.draw_at.isoformat()},
        about=about_visit(visit), due_at=day.after_quiet(work.now), not_after=visit.draw_at,
    )  # fmt: skip
