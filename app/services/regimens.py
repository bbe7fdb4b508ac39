"""Which daily dose since when."""

from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from app.services.errors import Conflict
from app.services.prompts import rethink
from app.services.recall_marks import mark_recall
from app.work import Work
from models import Patient, Regimen
from models.columns import new_id


def add_regimen(
    work: Work, patient: Patient, *, daily_dose_mg: int, started_on: date, reason: str | None = None
) -> Regimen:
    """A dose step. Two cannot start on one day."""
    if any(step.started_on == started_on for step in list_regimens(work, patient)):
        raise Conflict("A dose already starts on this day.", field="started_on")
    step = Regimen(
        clinic_id=patient.clinic_id, id=new_id(work.now), patient_id=patient.id,
        daily_dose_mg=daily_dose_mg, started_on=started_on, reason=reason, recorded_at=work.now,
    )  # fmt: skip
    work.session.add(step)
    work.session.flush()
    rethink(work, patient, "the dose has changed")
    mark_recall(work, patient.clinic_id, patient.id)
    return step


def list_regimens(work: Work, patient: Patient) -> list[Regimen]:
    """The dose steps, the first first."""
    query = select(Regimen).where(
        Regimen.clinic_id == patient.clinic_id, Regimen.patient_id == patient.id
    )
    return list(work.session.exec(query.order_by(col(Regimen.started_on))))


def regimen_on(work: Work, patient: Patient, day: date) -> Regimen | None:
    """The dose step in force on a day of the patient's calendar."""
    begun = [step for step in list_regimens(work, patient) if step.started_on <= day]
    return begun[-1] if begun else None


def current_regimen(work: Work, patient: Patient) -> Regimen | None:
    return regimen_on(work, patient, work.now.astimezone(ZoneInfo(patient.time_zone)).date())
