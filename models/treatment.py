"""What the patient takes: regimens, doses, and the clinician's decisions."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import text
from sqlmodel import Index, SQLModel, UniqueConstraint

from models.columns import clinic_key, json_dict, of_patient, one_of, row_key, word

_STOPPED = text("daily_dose_mg = 0")


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
    WITHDRAWN = "withdrawn"  # takes back one that is not in force yet


class Regimen(SQLModel, table=True):
    """A daily dose from a day on; of 0 mg: the treatment is stopped."""

    __table_args__ = (
        of_patient(),
        Index("regimen_of_patient", "clinic_id", "patient_id"),
        Index("regimen_stopped", "clinic_id", "patient_id", "started_on",
              sqlite_where=_STOPPED, postgresql_where=_STOPPED),
    )  # fmt: skip
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
    """What the clinician decided on the proposal seen; never changed, amended by a new entry.

    `starts_on` of None is the day after it starts to hold.
    """

    __table_args__ = (
        of_patient(),
        one_of("decision", DecisionKind),
        Index("decision_of_patient", "clinic_id", "patient_id"),
        UniqueConstraint("clinic_id", "amends", name="decision_amended_once"),
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
    starts_on: date | None = None
    amends: str | None = None  # the entry whose place it takes
    needs_second: bool = False  # nothing starts before a second person has confirmed it


class DoseStart(SQLModel, table=True):
    """That a decision became a dose: once, which its key holds.

    `taken_back_at` is set when the decision is amended before the first day; the regimen and
    the visit planned with it are then gone, and what they were stays here.
    """

    __tablename__ = "dose_start"
    __table_args__ = (of_patient(), Index("dose_start_of_patient", "clinic_id", "patient_id"))
    clinic_id: str = clinic_key()
    decision_id: str = row_key()
    patient_id: str
    regimen_id: str
    daily_dose_mg: int
    started_on: date
    visit_id: str | None = None  # planned for the level that is due at this dose
    confirmed_by: str | None = None  # the second person, where the clinic asks for one
    at: datetime
    taken_back_at: datetime | None = None
    told_at: datetime | None = None  # the patient opened it, or a person told it
    told_by: str | None = None
