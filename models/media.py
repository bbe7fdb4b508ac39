"""A photo or a voice note of a patient: taken over from Telegram, kept outside the web root."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import text
from sqlmodel import Field, Index, SQLModel

from models.columns import clinic_key, of_patient, one_of, row_key, word


class MediaKind(StrEnum):
    PHOTO = "photo"
    VOICE = "voice"


class MediaState(StrEnum):
    WAITING = "waiting"  # to be fetched from Telegram at next_at
    STORED = "stored"
    REFUSED = "refused"  # too large, or not what it says; why is in `reason`


class Media(SQLModel, table=True):
    """Its file is named by clinic and id under the folder of the settings."""

    __table_args__ = (
        of_patient(),
        one_of("kind", MediaKind),
        one_of("state", MediaState),
        Index(
            "media_waiting", "next_at",
            sqlite_where=text("state = 'waiting'"), postgresql_where=text("state = 'waiting'"),
        ),
        Index("media_of_patient", "clinic_id", "patient_id", "received_at"),
    )  # fmt: skip
    clinic_id: str = clinic_key()
    id: str = row_key()
    patient_id: str
    kind: MediaKind = word()
    report_id: str | None = None
    inbox_id: str | None = None
    file_id: str = Field(max_length=200)
    state: MediaState = word(default=MediaState.WAITING)
    reason: str | None = None
    content_type: str | None = None
    size_bytes: int | None = None
    sha256: str | None = Field(default=None, max_length=64)
    attempts: int = 0
    next_at: datetime
    received_at: datetime
