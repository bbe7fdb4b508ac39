"""What the patient takes: regimens, doses, and the clinician's decisions."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Index, SQLModel, UniqueConstraint

from models.columns import clinic_key, json_dict, of_patient, one_of, row_key, word


class Provenance(StrEnum):
    """Who told a time, and when."""

    PATIENT_AT_THE_MOMENT = "patient_at_the_moment"
    PATIENT_LATER = "patient_later"
    STAFF = "staff"
    PROXY = "proxy"  # a carer, for the patient
    ASSUMED = "assumed"


class DoseStatus(StrEnum):
    TAKEN = "taken"
    MISSED = "missed"
    VOMITED = "vomited"


class DecisionKind(StrEnum):
    ACCEPTED = "accepted"
    OVERRIDDEN = "overridden"
    DEFERRED = "deferred"


class Regimen(SQLModel, table=True):
    __table_args__ = (of_patient(), Index("regimen_of_patient", "clinic_id", "patient_id"))
    clinic_id: str = clinic_key()
    id: str = row_key()
    patient_id: str
    daily_dose_mg: int
    started_on: date
    reason: str | None = None
    recorded_at: datetime


class Dose(SQLModel, table=True):
    """One dose; `taken_at` of a missed one is when it was due."""

    __table_args__ = (
        of_patient(),
        one_of("status", DoseStatus),
        one_of("provenance", Provenance),
        UniqueConstraint("clinic_id", "patient_id", "taken_at", "status", name="dose_once"),
    )
    clinic_id: str = clinic_key()
    id: str = row_key()
    patient_id: str
    taken_at: datetime
    dose_mg: int
    status: DoseStatus = word()
    provenance: Provenance = word()
    withdrawn_at: datetime | None = None  # told by mistake; kept, and counted nowhere
    recorded_at: datetime


class Decision(SQLModel, table=True):
    """What the clinician decided on the proposal seen; never changed."""

    __table_args__ = (
        of_patient(),
        one_of("decision", DecisionKind),
        Index("decision_of_patient", "clinic_id", "patient_id"),
    )
    clinic_id: str = clinic_key()
    id: str = row_key()
    patient_id: str
    decision: DecisionKind = word()
    dose_mg: int | None = None
    reason: str | None = None
    proposal: dict[str, Any] = json_dict()
    decided_by: str
    decided_at: datetime
