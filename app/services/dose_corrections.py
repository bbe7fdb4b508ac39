"""A dose told wrongly: the old row is kept and counts no longer, what follows from it follows."""

from datetime import datetime

from sqlmodel import col, select

from app.services.audit import audit
from app.services.daily import replan_days
from app.services.desk_lines import leave_line
from app.services.doses import record_dose
from app.services.errors import NotFound
from app.services.meant import visit_of
from app.services.reminders import plan_for_visit
from app.work import Work
from models import Dose, DoseStatus, Patient, Provenance, Sample, Visit, VisitStatus


def withdraw_dose(work: Work, patient: Patient, dose: Dose, by: str) -> None:
    """It was told by mistake: it is kept, and counted nowhere."""
    if dose.withdrawn_at is not None:
        return
    dose.withdrawn_at = work.now
    work.session.flush()
    audit(work, patient.clinic_id, by, "dose.correct", patient.id, dose.id)
    for visit in _visits_of(work, patient, dose):
        visit.dose_before_draw_at = None
        plan_for_visit(work, patient, visit)
    replan_days(work, patient)
    _tell_of_levels(work, patient, dose)


def correct_dose(
    work: Work,
    patient: Patient,
    dose: Dose,
    *,
    taken_at: datetime,
    status: DoseStatus,
    provenance: Provenance,
    by: str,
) -> Dose:
    """Another time or another fate in its place. Raises Invalid for a time that has not come."""
    if (taken_at, status) == (dose.taken_at, dose.status):
        return dose
    withdraw_dose(work, patient, dose, by)
    return record_dose(
        work, patient, taken_at=taken_at, status=status, provenance=provenance,
        dose_mg=dose.dose_mg,
    )  # fmt: skip


def dose_of(work: Work, patient: Patient, dose_id: str) -> Dose:
    """A dose of this patient, also one that counts no longer. Raises NotFound."""
    dose = work.session.get(Dose, (patient.clinic_id, dose_id))
    if dose is None or dose.patient_id != patient.id:
        raise NotFound("No such dose of this patient.")
    return dose


def find_dose(work: Work, patient: Patient, dose_id: str) -> Dose | None:
    """A dose of this patient that counts."""
    dose = work.session.get(Dose, (patient.clinic_id, dose_id))
    if dose is None or dose.patient_id != patient.id or dose.withdrawn_at is not None:
        return None
    return dose


def _visits_of(work: Work, patient: Patient, dose: Dose) -> list[Visit]:
    """The planned visits that went by this dose."""
    meant = visit_of(work, patient, dose)
    query = select(Visit).where(
        Visit.clinic_id == patient.clinic_id, Visit.patient_id == patient.id,
        Visit.status == VisitStatus.PLANNED, col(Visit.dose_before_draw_at) == dose.taken_at,
    )  # fmt: skip
    spoiled = list(work.session.exec(query))
    return [*spoiled, meant] if meant and meant not in spoiled else spoiled


def _tell_of_levels(work: Work, patient: Patient, dose: Dose) -> None:
    """A level computed from it is not changed in silence: the clinic is told."""
    query = select(Sample).where(
        Sample.clinic_id == patient.clinic_id, Sample.patient_id == patient.id,
        Sample.last_dose_at == dose.taken_at,
    )  # fmt: skip
    if dose.provenance != Provenance.STAFF:  # staff may have asked anew at the draw
        query = query.where(Sample.dose_provenance != Provenance.STAFF)
    for sample in work.session.exec(query):
        leave_line(work, patient, "dose_of_level_corrected", {
            "drawn_at": sample.drawn_at.isoformat(), "taken_at": dose.taken_at.isoformat(),
        })  # fmt: skip
