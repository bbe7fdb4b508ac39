"""A patient, and the one-time codes that link a phone to one."""

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import text
from sqlmodel import Field, Index, SQLModel, UniqueConstraint

from models.columns import clinic_key, of_patient, one_of, row_key, word


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"


class Language(StrEnum):
    CHINESE = "zh-CN"
    ENGLISH = "en"


class Risk(StrEnum):
    """Modified NIH 2008."""

    VERY_LOW = "very_low"
    LOW = "low"
    INTERMEDIATE = "intermediate"
    HIGH = "high"


class Site(StrEnum):
    STOMACH = "stomach"
    OTHER = "other"


class Operation(StrEnum):
    WEDGE = "gastric_wedge"
    GASTRECTOMY = "gastrectomy"
    SMALL_BOWEL = "small_bowel"
    OTHER = "other"


class Mutation(StrEnum):
    KIT_9 = "kit_9"
    KIT_11 = "kit_11"
    OTHER = "other"


class Patient(SQLModel, table=True):
    __table_args__ = (
        UniqueConstraint("clinic_id", "code", name="patient_code"),
        one_of("sex", Sex),
        one_of("language", Language),
        Index(
            "patient_reminded", "time_zone", "clinic_id", "usual_dose_time",
            sqlite_where=text("dose_reminder = 1"), postgresql_where=text("dose_reminder"),
        ),
    )  # fmt: skip
    clinic_id: str = clinic_key()
    id: str = row_key()
    code: str = Field(max_length=20)
    year_of_birth: int
    sex: Sex = word()
    language: Language = word(default=Language.CHINESE)
    time_zone: str = "Asia/Shanghai"
    phone: str | None = None
    surgery_date: date | None = None
    risk: Risk | None = word(default=None)
    site: Site | None = word(default=None)
    operation: Operation | None = word(default=None)
    mutation: Mutation | None = word(default=None)
    weight_kg: float | None = None
    height_cm: float | None = None
    tumour_diameter_cm: float | None = None
    mitoses_per_50_hpf: float | None = None
    preoperative_imatinib: bool = False
    recurrent_or_unresectable: bool = False
    other_malignancy: bool = False
    recurrence_on: date | None = None
    died_on: date | None = None
    last_follow_up_on: date | None = None
    usual_dose_time: time = time(8)
    dose_reminder: bool = False
    check_weekday: int = 0  # Monday; when the patient is asked how they feel
    check_at: time = time(10)
    sms_consent: bool = False  # a text may go to `phone` when the chat cannot be reached
    forget_asked_at: datetime | None = None
    erased_at: datetime | None = None
    registered_at: datetime


_UNUSED = text("used_at IS NULL")


class Invitation(SQLModel, table=True):
    """A one-time code; of the code only the SHA-256 is kept. Three wrong years end it."""

    __table_args__ = (
        of_patient(),
        Index("invitation_of_patient", "clinic_id", "patient_id"),
        Index("invitation_unused", "clinic_id", "expires_at", sqlite_where=_UNUSED,
              postgresql_where=_UNUSED),
    )  # fmt: skip
    clinic_id: str = clinic_key()
    id: str = row_key()
    patient_id: str
    proxy: bool = False  # for a carer, who answers beside the patient
    code_sha256: str = Field(unique=True, max_length=64)
    expires_at: datetime
    used_at: datetime | None = None
    wrong_years: int = 0
