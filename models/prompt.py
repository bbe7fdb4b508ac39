"""What a patient is asked for at a time of its own: the check of symptoms, the SF-36."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import text
from sqlmodel import Field, Index, SQLModel

from models.columns import clinic_key, of_patient, one_of, row_key, word


class PromptKind(StrEnum):
    CHECK = "check"
    SF36 = "sf36"


class PromptState(StrEnum):
    OPEN = "open"  # planned or asked, and not answered
    ANSWERED = "answered"
    MISSED = "missed"  # its time passed
    CANCELLED = "cancelled"  # no longer wanted


_MISSED = text("state = 'missed'")


class Prompt(SQLModel, table=True):
    """At most one is open for a patient and kind; its messages are about `prompt:ID`."""

    __table_args__ = (
        of_patient(),
        one_of("kind", PromptKind),
        one_of("state", PromptState),
        Index(
            "prompt_open_once", "clinic_id", "patient_id", "kind", unique=True,
            sqlite_where=text("state = 'open'"), postgresql_where=text("state = 'open'"),
        ),
        Index("prompt_missed_of_clinic", "clinic_id", "closes_at", sqlite_where=_MISSED,
              postgresql_where=_MISSED),
        Index("prompt_missed", "closes_at", sqlite_where=_MISSED, postgresql_where=_MISSED),
        Index(
            "prompt_closing", "closes_at",
            sqlite_where=text("state = 'open'"), postgresql_where=text("state = 'open'"),
        ),
    )  # fmt: skip
    clinic_id: str = clinic_key()
    id: str = row_key()
    patient_id: str
    kind: PromptKind = word()
    why: str = Field(max_length=40)
    due_at: datetime
    closes_at: datetime
    state: PromptState = word(default=PromptState.OPEN)
    answered_at: datetime | None = None
    made_at: datetime
