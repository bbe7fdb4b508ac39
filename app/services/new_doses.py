"""That a patient knows a new dose: they opened it in the chat, or a person told them."""

from sqlmodel import col, select

from app.services.audit import audit
from app.services.errors import Conflict
from app.services.patients import find_patient
from app.services.recall_marks import mark_recall
from app.work import Work
from models import DoseStart, Patient


class ToldAlready(Conflict):
    """There is no new dose of this patient that is still to be told."""


def told_by_person(work: Work, clinic_id: str, patient_id: str, by: str) -> DoseStart:
    """Somebody has told the patient the new dose. Raises NoSuchPatient, ToldAlready."""
    patient = find_patient(work, clinic_id, patient_id)
    start = note_told(work, patient, by)
    if start is None:
        raise ToldAlready
    return start


def note_told(work: Work, patient: Patient, by: str) -> DoseStart | None:
    """The dose that is to be known is known; None where none was left to be told."""
    start = last_start(work, patient)
    if start is None or start.told_at is not None:
        return None
    start.told_at, start.told_by = work.now, by
    audit(work, patient.clinic_id, by, "dose.told", patient.id, start.decision_id)
    mark_recall(work, patient.clinic_id, patient.id)
    return start


def last_start(work: Work, patient: Patient) -> DoseStart | None:
    """The dose that was decided last, where it was not taken back."""
    query = select(DoseStart).where(
        DoseStart.clinic_id == patient.clinic_id, DoseStart.patient_id == patient.id,
        col(DoseStart.taken_back_at).is_(None),
    )  # fmt: skip
    return work.session.exec(query.order_by(col(DoseStart.at).desc()).with_for_update()).first()
