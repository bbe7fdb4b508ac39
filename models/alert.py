"""An alert, which a person must answer, and the nurse's inbox."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, text
from sqlmodel import Field, Index, SQLModel

from models.columns import clinic_key, json_dict, json_list, of_patient, one_of, row_key, word


class AlertState(StrEnum):
    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"


class Disposition(StrEnum):
    ADVICE = "advice"
    CALL = "call"
    MEDICINE = "medicine"
    HOLD_DOSE = "hold_dose"
    EMERGENCY = "emergency"
    VISIT = "visit"
    OTHER = "other"


class Alert(SQLModel, table=True):
    """One open alert per patient and family: repeats are added, worsening raises it again."""

    __table_args__ = (
        of_patient(),
        one_of("state", AlertState),
        Index("alert_by_state", "clinic_id", "state", "raised_at"),
        Index(
            "alert_open_once", "clinic_id", "patient_id", "family", unique=True,
            sqlite_where=text("state <> 'closed'"), postgresql_where=text("state <> 'closed'"),
        ),
        Index(
            "alert_code_once", "clinic_id", "code", unique=True,
            sqlite_where=text("state <> 'closed'"), postgresql_where=text("state <> 'closed'"),
        ),
    )  # fmt: skip
    clinic_id: str = clinic_key()
    id: str = row_key()
    patient_id: str
    code: str = Field(max_length=8)
    family: str
    causes: list[str] = json_list()
    grade: int = 0
    report_id: str | None = None
    state: AlertState = word(default=AlertState.OPEN)
    raised_at: datetime
    times_raised: int = 1
    step: int = 0
    next_step_at: datetime | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None
    closed_at: datetime | None = None
    closed_by: str | None = None
    disposition: Disposition | None = word(default=None)
    note: str | None = None


class InboxKind(StrEnum):
    TEXT = "text"
    BROKEN_UPDATE = "broken_update"
    UNREACHABLE = "unreachable"
    APPOINTMENT = "appointment"
    QUESTION = "question"
    VOICE = "voice"
    PHOTO = "photo"
    SILENT = "silent"  # a check that was not answered
    RESCHEDULE = "reschedule"
    FORGET = "forget"
    LINKING = "linking"


class InboxItem(SQLModel, table=True):
    """What a machine could not answer and a nurse must see; nothing said is lost."""

    __tablename__ = "inbox_item"
    __table_args__ = (one_of("kind", InboxKind), Index("inbox_open", "clinic_id", "handled_at"))
    clinic_id: str = clinic_key()
    id: str = row_key()
    patient_id: str | None = None
    kind: InboxKind = word()
    text: str
    triage: dict[str, Any] = json_dict()
    chat_id: int | None = Field(default=None, sa_type=BigInteger)  # where an answer goes
    data: dict[str, Any] = json_dict()
    answer: str | None = None
    received_at: datetime
    handled_at: datetime | None = None
    handled_by: str | None = None
