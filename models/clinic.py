"""A clinic and what it has decided for itself."""

from datetime import time
from enum import StrEnum

from sqlmodel import Field, SQLModel

from models.columns import one_of, word

UNLINKED = "unlinked"  # whose the chats are that no clinic knows yet; the first migration makes it


class Prior(StrEnum):
    """The population model that a clinic's Bayesian estimates start from."""

    JIANG_2023 = "jiang_2023"
    WIDMER_2006 = "widmer_2006"


class CtcaeVersion(StrEnum):
    """The edition by which a clinic's laboratory values are graded."""

    V5 = "5.0"
    V6 = "6.0"


class Clinic(SQLModel, table=True):
    __table_args__ = (one_of("prior", Prior), one_of("ctcae_version", CtcaeVersion))
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
