"""What in the record shows that a patient was alive on a day."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import SQLModel, func, select

from app.work import Work
from models import Lab, Patient, Questionnaire, Sample, SymptomReport

# Each and its moment, beside the last day seen that stands on the patient.
SIGNS: Mapping[type[SQLModel], str] = {
    SymptomReport: "reported_at", Sample: "drawn_at", Lab: "collected_at",
    Questionnaire: "answered_at",
}  # fmt: skip


def last_sign(work: Work, patient: Patient) -> date | None:
    """The last such day, in the patient's calendar; None where nothing tells."""
    zone = ZoneInfo(patient.time_zone)
    moments = (work.session.exec(_last(patient, *one)).one() for one in SIGNS.items())
    days = [moment.astimezone(zone).date() for moment in moments if moment]
    return max([*days, *filter(None, [patient.last_follow_up_on])], default=None)


def _last(patient: Patient, table: Any, at: str) -> Any:
    return select(func.max(getattr(table, at))).where(
        table.clinic_id == patient.clinic_id, table.patient_id == patient.id
    )
