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
    """One open alert per patient and family: repeats are added, worsening raises it again.

    A red flag is an alert of its own. `round` counts how often people were called from the first
    on; `next_step_at` is when the next is called, or when an alert that was taken comes back.
    """

    __table_args__ = (
        of_patient(),
        one_of("state", AlertState),
        Index("alert_by_state", "clinic_id", "state", "raised_at"),
        Index(
            "alert_open_once", "clinic_id", "patient_id", "family", unique=True,
            sqlite_where=text("state <> 'closed' AND NOT red_flag"),
            postgresql_where=text("state <> 'closed' AND NOT red_flag"),
        ),
        Index(
            "alert_next_step", "next_step_at",
            sqlite_where=text("state <> 'closed'"), postgresql_where=text("state <> 'closed'"),
        ),
        Index("alert_of_patient", "clinic_id", "patient_id", "raised_at"),
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
    red_flag: bool = False
    report_id: str | None = None
    state: AlertState = word(default=AlertState.OPEN)
    raised_at: datetime
    times_raised: int = 1
    round: int = 1
    step: int = 0  # people called in this round
    next_step_at: datetime | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None
    closed_at: datetime | None = None
    closed_by: str | None = None
    disposition: Disposition | None = word(default=None)
    note: str | None = None


class AlertWhat(StrEnum):
    RAISED = "raised"
    REPEATED = "repeated"  # told again, no worse
    WORSENED = "worsened"
    CALLED = "called"
    NOT_REACHED = "not_reached"
    NOBODY = "nobody"  # there was nobody who could be called
    UNANSWERED = "unanswered"  # everybody was called; it begins anew
    ACKNOWLEDGED = "acknowledged"
    RETURNED = "returned"  # taken and not closed in time
    CLOSED = "closed"
    REOPENED = "reopened"
    PHONED = "phoned"  # somebody of the clinic phoned the patient; the outcome is in `why`
    CORRECTED = "corrected"  # the laboratory value that raised it was another


class AlertEvent(SQLModel, table=True):
    """What happened to an alert, append-only."""

    __tablename__ = "alert_event"
    __table_args__ = (
        of_patient(),
        one_of("what", AlertWhat),
        Index("alert_event_of", "clinic_id", "alert_id", "id"),
        Index("alert_event_at", "clinic_id", "at"),
    )
    clinic_id: str = clinic_key()
    id: str = row_key()
    alert_id: str
    patient_id: str
    at: datetime
    what: AlertWhat = word()
    round: int = 1
    channel: str | None = Field(default=None, max_length=40)
    staff_id: int | None = None
    message_id: str | None = None
    by: str | None = None
    why: str | None = None
    note: str | None = None  # the words of who closed it, or phoned


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


_UNHANDLED = text("handled_at IS NULL")


class InboxItem(SQLModel, table=True):
    """What a machine could not answer and a nurse must see; nothing said is lost."""

    __tablename__ = "inbox_item"
    __table_args__ = (
        one_of("kind", InboxKind),
        Index("inbox_open", "clinic_id", "handled_at"),
        Index("inbox_of_patient", "clinic_id", "patient_id"),
        Index("inbox_waiting", "clinic_id", "received_at", sqlite_where=_UNHANDLED,
              postgresql_where=_UNHANDLED),
    )  # fmt: skip
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
