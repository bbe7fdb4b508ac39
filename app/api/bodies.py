"""What may be sent. Unknown fields are refused; times carry their offset."""

from datetime import date, time
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from models import (
    CtcaeVersion,
    Disposition,
    DoseStatus,
    Language,
    Mutation,
    Operation,
    Provenance,
    Risk,
    Sex,
    Site,
    VisitPurpose,
    VisitStatus,
)
from models.report import OWN_WORDING


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


class PatientPath(BaseModel):
    patient_id: str


class RowPath(BaseModel):
    id: str


class GradePath(RowPath):
    term: str


class PageQuery(Body):
    after: str | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


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


class InvitationBody(Body):
    """May be left out."""

    proxy: bool = False

    @model_validator(mode="before")
    @classmethod
    def _none_is_empty(cls, told: Any) -> Any:
        return {} if told is None else told


class RegimenBody(Body):
    daily_dose_mg: Annotated[int, Field(ge=100, le=800, multiple_of=100)]
    started_on: date
    reason: str | None = None


class DoseBody(Body):
    taken_at: AwareDatetime
    dose_mg: Annotated[int, Field(ge=100, le=800, multiple_of=100)] | None = None
    status: DoseStatus = DoseStatus.TAKEN
    provenance: Provenance = Provenance.STAFF


class VisitBody(Body):
    draw_at: AwareDatetime
    purpose: VisitPurpose = VisitPurpose.TROUGH


class VisitChange(Body):
    draw_at: AwareDatetime | None = None
    status: VisitStatus | None = None
    purpose: VisitPurpose | None = None


class ReportBody(Body):
    reported_at: AwareDatetime | None = None
    provenance: Provenance = Provenance.STAFF
    answers: dict[str, str]
    intolerable: bool = False
    note: Annotated[str, Field(max_length=4000)] | None = None


class QuestionnaireBody(Body):
    instrument: Annotated[str, Field(pattern="^sf36$")] = "sf36"
    items: list[int | None]
    answered_at: AwareDatetime | None = None
    wording: Annotated[str, Field(min_length=1, max_length=200)] = OWN_WORDING


class AcknowledgeBody(Body):
    by: Annotated[str, Field(max_length=80)] | None = None


class CloseBody(Body):
    disposition: Disposition
    note: Annotated[str, Field(max_length=4000)] | None = None


class ConfirmBody(Body):
    """A reason is asked for where the grade is far from the suggestion, or below an alert's."""

    grade: Annotated[int, Field(ge=0, le=5)]
    reason: Annotated[str, Field(max_length=500)] | None = None


class TroughBody(Body):
    concentration: float
    unit: str
    dose_taken_at: AwareDatetime
    drawn_at: AwareDatetime
    ke: float = 0.041  # Wang 2009, Ther Drug Monit 31:579


class GradeBody(Body):
    analyte: str | None = None
    value: float | None = None
    unit: str | None = None
    lln: float | None = None
    uln: float | None = None
    baseline: float | None = None
    term: str | None = None
    answers: dict[str, str] | None = None
    ctcae_version: CtcaeVersion = CtcaeVersion.V5


class Sf36Body(Body):
    items: list[int | None]


class DoseRuleBody(Body):
    worst_grade: int | None = None
    intolerable: bool
    first_trough_ug_per_l: float | None = None
    current_dose_mg: int
    days_at_dose: int | None = None


class PatientsQuery(PageQuery):
    q: str | None = None


class TriageBody(Body):
    text: str
    language: Language


class LanguageQuery(Body):
    language: Language = Language.CHINESE
