"""Whom the clinic should phone, and the calls that were made."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, Index, SQLModel

from models.columns import clinic_key, of_patient, one_of, row_key, word


class CallWhy(StrEnum):
    """Why a patient should be phoned, the most pressing first."""

    REMINDER = "reminder"  # one of a visit within three days did not arrive
    BLOCKED = "blocked"  # nothing arrives in the chat, and there is no other way
    UNANSWERED = "unanswered"  # asked again and again, and never answered
    SILENT = "silent"  # no report for twice as long as is asked
    UNLINKED = "unlinked"  # invited a week ago, and no phone is linked


class CallOutcome(StrEnum):
    REACHED = "reached"
    NOT_REACHED = "not_reached"
    WRONG_NUMBER = "wrong_number"


class CallDue(SQLModel, table=True):
    """A patient on the call list, made anew from the record by the worker.

    `reasons` are [{why, since, about}], the most pressing first; `rank` and `since` are of the
    first. `noticed_at` is when that one came: a call before it does not count for it.
    """

    __tablename__ = "call_due"
    __table_args__ = (
        of_patient(),
        Index("call_due_order", "clinic_id", "rank", "since", "patient_id"),
    )
    clinic_id: str = clinic_key()
    patient_id: str = Field(primary_key=True, max_length=22)
    rank: int
    since: datetime
    reasons: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    noticed_at: datetime


class PhoneCall(SQLModel, table=True):
    """A person of the clinic phoned a patient; never changed. Until `again_at` it is enough."""

    __tablename__ = "phone_call"
    __table_args__ = (
        of_patient(),
        one_of("outcome", CallOutcome),
        Index("phone_call_of_patient", "clinic_id", "patient_id", "again_at"),
    )
    clinic_id: str = clinic_key()
    id: str = row_key()
    patient_id: str
    alert_id: str | None = Field(default=None, max_length=22)
    outcome: CallOutcome = word()
    note: str | None = None
    again_at: datetime
    by: str
    at: datetime
