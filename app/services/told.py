"""What may be told of a patient, a dose step and a dose: over HTTP and by forms alike."""

from datetime import date, time
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

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


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("no such time zone; use an IANA name like Asia/Shanghai") from None
    return name


def _phone(number: str) -> str:
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        raise ValueError("not a phone number; start with + and the country code") from None
    if not phonenumbers.is_possible_number(parsed):
        raise ValueError("not a possible phone number; check its digits")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _on_the_wall(clock: time) -> time:
    if clock.tzinfo is not None or clock.second or clock.microsecond:
        raise ValueError("a time of day in hours and minutes like 08:30, without an offset")
    return clock


WallClock = Annotated[time, AfterValidator(_on_the_wall)]
Zone = Annotated[str, AfterValidator(_zone)]
Phone = Annotated[str, AfterValidator(_phone)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    def sent(self) -> dict[str, Any]:
        """Only the fields that were sent."""
        return self.model_dump(exclude_unset=True)


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
    check_weekday: Annotated[int, Field(ge=0, le=6)] = 0
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
