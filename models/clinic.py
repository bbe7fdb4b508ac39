"""A clinic and what it has decided for itself."""

from datetime import datetime, time
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlmodel import JSON, Field, SQLModel

from models.columns import clinic_key, one_of, word

UNLINKED = "unlinked"  # whose the chats are that no clinic knows yet; the first migration makes it


class Prior(StrEnum):
    """The population model that a clinic's Bayesian estimates start from."""

    JIANG_2023 = "jiang_2023"
    WIDMER_2006 = "widmer_2006"


class CtcaeVersion(StrEnum):
    """The edition by which a clinic's laboratory values are graded."""

    V5 = "5.0"
    V6 = "6.0"


class CheckPace(StrEnum):
    """How often a patient is asked how they feel."""

    TWICE_WEEKLY = "twice_weekly"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    NEVER = "never"


class MissedDose(StrEnum):
    """What a patient is told who has missed a dose; labels differ, so the clinic chooses."""

    SKIP = "skip"
    WHEN_REMEMBERED = "when_remembered"


class OnForget(StrEnum):
    """What becomes of the clinical record of a patient who asks to be forgotten."""

    KEEP_RECORD = "keep_record"
    REMOVE_RECORD = "remove_record"


class Clinic(SQLModel, table=True):
    __table_args__ = (
        one_of("prior", Prior),
        one_of("ctcae_version", CtcaeVersion),
        one_of("checks_usual", CheckPace),
        one_of("checks_after_change", CheckPace),
        one_of("checks_when_stable", CheckPace),
        one_of("missed_dose", MissedDose),
        one_of("on_forget", OnForget),
        CheckConstraint("alert_from_grade IN (2, 3)", name="alert_from_grade_known"),
        CheckConstraint(
            "(emergency_zh_cn IS NULL) = (emergency_en IS NULL)", name="emergency_in_both"
        ),
    )
    id: str = Field(primary_key=True, max_length=22)
    name: str
    time_zone: str = "Asia/Shanghai"
    language: str = "zh-CN"
    phone: str | None = None
    ke_per_h: float = 0.041
    prior: Prior = word(default=Prior.JIANG_2023)
    ctcae_version: CtcaeVersion = word(default=CtcaeVersion.V5)
    quiet_from: time = time(21)
    quiet_until: time = time(7)
    protocol_from: time = time(6)
    evening_at: time = time(19)
    consent_version: str = "1"
    patients_made: int = 0
    checks_usual: CheckPace = word(default=CheckPace.WEEKLY)
    checks_after_change: CheckPace = word(default=CheckPace.TWICE_WEEKLY)
    checks_when_stable: CheckPace = word(default=CheckPace.FORTNIGHTLY)
    missed_dose: MissedDose = word(default=MissedDose.SKIP)
    on_forget: OnForget = word(default=OnForget.KEEP_RECORD)
    staffed_from: time = time(8)
    staffed_until: time = time(17)
    staffed_weekdays: list[int] = Field(default_factory=lambda: [0, 1, 2, 3, 4], sa_type=JSON)
    night_phone: str | None = None
    nurse_wait_min: int = 15
    next_wait_min: int = 15
    doctor_wait_min: int = 15
    call_wait_min: int = 15
    close_within_min: int = 240  # of an alert that was acknowledged
    alert_from_grade: int = 3  # 2: earlier than the protocol; never later
    emergency_zh_cn: str | None = None  # told at a red flag; None: our own words
    emergency_en: str | None = None
    second_confirmation: bool = False  # a new dose starts when a second person confirmed it


class AcceptedAdvice(SQLModel, table=True):
    """A self-care text that a clinic has read and accepted; another text needs a new look."""

    __tablename__ = "accepted_advice"
    clinic_id: str = clinic_key()
    key: str = Field(primary_key=True, max_length=80)
    language: str = Field(primary_key=True, max_length=10)
    text_sha256: str = Field(max_length=64)
    accepted_by: str
    accepted_at: datetime
