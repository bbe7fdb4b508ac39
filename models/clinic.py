"""A clinic and what it has decided for itself."""

from datetime import time

from sqlmodel import Field, SQLModel

UNLINKED = "unlinked"  # whose the chats are that no clinic knows yet; the first migration makes it


class Clinic(SQLModel, table=True):
    id: str = Field(primary_key=True, max_length=22)
    name: str
    time_zone: str = "Asia/Shanghai"
    language: str = "zh-CN"
    phone: str | None = None
    ke_per_h: float = 0.041
    quiet_from: time = time(21)
    quiet_until: time = time(7)
    protocol_from: time = time(6)
    evening_at: time = time(19)
    consent_version: str = "1"
    patients_made: int = 0
