"""Patients: registering, finding, changing."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col, func, or_, select

from app.services.daily import replan_days
from app.services.errors import Conflict, NoSuchPatient, PatientErased
from app.services.moving import patient_moved, replan_prompts
from app.services.prompts import cancel_prompts
from app.services.recall_marks import mark_recall
from app.services.reminders import cancel_for_visit
from app.work import Work
from models import Clinic, Patient, Visit, VisitStatus
from models.columns import new_id

PAGE = 50


def register_patient(
    work: Work, clinic_id: str, fields: Mapping[str, Any], code: str | None = None
) -> Patient:
    """A new patient; without a code the next P-0001 is made."""
    chosen = code or _next_code(work, clinic_id)
    if find_by_code(work, clinic_id, chosen):
        raise Conflict(f"There is a patient with the code {chosen} already.", field="code")
    patient = Patient(
        clinic_id=clinic_id, id=new_id(work.now), code=chosen, registered_at=work.now, **fields
    )
    work.session.add(patient)
    work.session.flush()
    return patient


def _next_code(work: Work, clinic_id: str) -> str:
    clinic = work.session.get_one(Clinic, clinic_id, with_for_update=True)
    while True:
        clinic.patients_made += 1
        code = f"P-{clinic.patients_made:04d}"
        if not find_by_code(work, clinic_id, code):
            return code


def find_by_code(work: Work, clinic_id: str, code: str) -> Patient | None:
    query = select(Patient).where(Patient.clinic_id == clinic_id, Patient.code == code)
    return work.session.exec(query).first()


def find_patient(work: Work, clinic_id: str, patient_id: str) -> Patient:
    """A patient of this clinic. Raises NoSuchPatient."""
    patient = work.session.get(Patient, (clinic_id, patient_id))
    if patient is None:
        raise NoSuchPatient
    return patient


def list_patients(
    work: Work, clinic_id: str, q: str | None = None, after: str | None = None, limit: int = PAGE
) -> tuple[list[Patient], str | None]:
    """A page of patients in the order of registration, and where the next one starts."""
    query = select(Patient).where(Patient.clinic_id == clinic_id)
    if q:
        code = func.upper(col(Patient.code))
        query = query.where(or_(code.contains(q.upper(), autoescape=True), Patient.id == q))
    if after:
        query = query.where(Patient.id > after)
    rows = list(work.session.exec(query.order_by(col(Patient.id)).limit(limit + 1)))
    return rows[:limit], rows[limit - 1].id if len(rows) > limit else None


def change_patient(work: Work, patient: Patient, fields: Mapping[str, Any]) -> Patient:
    """Change the fields that are given; nothing more is sent to one who has died."""
    if patient.erased_at:
        raise PatientErased
    changed = {name for name, value in fields.items() if getattr(patient, name) != value}
    for name, value in fields.items():
        setattr(patient, name, value)
    _follow(work, patient, changed)
    mark_recall(work, patient.clinic_id, patient.id)
    return patient


def _follow(work: Work, patient: Patient, changed: set[str]) -> None:
    """What is planned follows what was changed."""
    if patient.died_on:
        _ask_no_more(work, patient)
    elif "time_zone" in changed:
        patient_moved(work, patient)
    elif changed & {"check_weekday", "check_at"}:
        replan_prompts(work, patient, "another time was chosen")
    if changed & {"usual_dose_time", "dose_reminder", "died_on"}:
        replan_days(work, patient)


def _ask_no_more(work: Work, patient: Patient) -> None:
    for visit in _planned(work, patient):
        cancel_for_visit(work, visit, "the patient has died")
    cancel_prompts(work, patient, "the patient has died")


def _planned(work: Work, patient: Patient) -> list[Visit]:
    query = select(Visit).where(
        Visit.clinic_id == patient.clinic_id,
        Visit.patient_id == patient.id,
        Visit.status == VisitStatus.PLANNED,
    )
    return list(work.session.exec(query))
