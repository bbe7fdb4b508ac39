"""What may be told of a patient, a dose step and a dose: over HTTP and by forms alike."""

from datetime import date, time
from typing import Annotated

from pydantic import AwareDatetime, Field

from app.services.shapes import Body, Phone, Positive, WallClock, Weekday, Zone
from models import (
    DoseStatus,
    Language,
    Mutation,
    Operation,
    Provenance,
    Risk,
    Sex,
    Site,
)


class PatientFields(Body):
    language: Language = Language.CHINESE
    time_zone: Zone = "Asia/Shanghai"
    phone: Phone | None = None
    surgery_date: date | None = None
    risk: Risk | None = None
    site: Site | None = None
    operation: Operation | None = None
    mutation: Mutation | None = None
    weight_kg: Positive | None = None
    height_cm: Positive | None = None
    tumour_diameter_cm: Positive | None = None
    mitoses_per_50_hpf: Annotated[float, Field(ge=0)] | None = None
    preoperative_imatinib: bool = False
    recurrent_or_unresectable: bool = False
    other_malignancy: bool = False
    recurrence_on: date | None = None
    died_on: date | None = None
    last_follow_up_on: date | None = None


class PatientBody(PatientFields):
    code: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,20}$")] | None = None
    year_of_birth: Annotated[int, Field(ge=1900, le=2100)]
    sex: Sex


class PatientChange(PatientFields):
    year_of_birth: Annotated[int, Field(ge=1900, le=2100)] = 1900
    sex: Sex = Sex.FEMALE
    usual_dose_time: WallClock = time(8)
    dose_reminder: bool = False
    check_weekday: Weekday = 0
    check_at: WallClock = time(10)
    sms_consent: bool = False


class RegimenBody(Body):
    daily_dose_mg: Annotated[int, Field(ge=100, le=800, multiple_of=100)]
    started_on: date
    reason: str | None = None


class DoseBody(Body):
    taken_at: AwareDatetime
    dose_mg: Annotated[int, Field(ge=100, le=800, multiple_of=100)] | None = None
    status: DoseStatus = DoseStatus.TAKEN
    provenance: Provenance = Provenance.STAFF
