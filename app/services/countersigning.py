"""A second person confirms a decision, where the clinic asks for one; only then the dose starts."""

from sqlmodel import select

from app.services.amending import NoSuchDecision, standing_of
from app.services.audit import audit
from app.services.decisions import PatientDied
from app.services.dose_starts import start_dose
from app.services.errors import Conflict
from app.services.patients import find_patient
from app.work import Work
from models import Decision


class SamePerson(Conflict):
    """Whoever signed a decision cannot confirm it; ask another doctor or nurse."""


class NotWaiting(Conflict):
    """This decision waits for nobody: it was confirmed or amended, or starts no dose."""


def countersign(work: Work, clinic_id: str, decision_id: str, by: str) -> Decision:
    """The dose that was decided starts. Raises NoSuchDecision, NotWaiting, SamePerson."""
    row = find_decision(work, clinic_id, decision_id)
    patient = find_patient(work, clinic_id, row.patient_id)
    work.session.refresh(patient, with_for_update=True)
    if standing_of(work, patient)[row.id] != "waiting":
        raise NotWaiting
    if row.decided_by == by:
        raise SamePerson
    if patient.died_on is not None or patient.erased_at is not None:
        raise PatientDied
    start_dose(work, patient, row, confirmed_by=by)
    audit(work, clinic_id, by, "decision.confirm", patient.id, row.id)
    return row


def find_decision(work: Work, clinic_id: str, decision_id: str) -> Decision:
    query = select(Decision).where(Decision.clinic_id == clinic_id, Decision.id == decision_id)
    row = work.session.exec(query).first()
    if row is None:
        raise NoSuchDecision
    return row
