"""A message is an intent: key, data and recipient; words come at the moment of sending."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, text
from sqlmodel import Field, Index, SQLModel

from models.columns import clinic_key, json_dict, one_of, row_key, word


class Channel(StrEnum):
    TELEGRAM = "telegram"
    SMS = "sms"
    VOICE = "voice"


class MessageState(StrEnum):
    QUEUED = "queued"  # due at due_at
    SENDING = "sending"  # leased by a worker until due_at
    SENT = "sent"  # the provider took it
    DELIVERED = "delivered"  # the provider says that it arrived
    FAILED = "failed"  # refused, undelivered, or out of attempts
    CANCELLED = "cancelled"  # no longer wanted; why is in `reason`
    EXPIRED = "expired"  # not_after passed before it could go
    UNKNOWN = "unknown"  # a lease on an SMS lapsed: reconcile before any repeat


_DUE = text("state IN ('queued', 'sending')")
_TEXT = text("channel IN ('sms', 'voice') AND state IN ('queued', 'sending', 'unknown')")
_ON_ITS_WAY = text("state = 'sent' AND poll_at IS NOT NULL")

_STAFF = text("staff_id IS NOT NULL AND state IN ('queued', 'sending')")
_EXPIRED = text("state = 'expired'")


class Message(SQLModel, table=True):
    """`dedupe` is one word an occurrence, so a second row is impossible.

    `due_at` is by the system's clock; `leased_until` by real time. `poll_at` is when the provider
    is asked what became of a text whose receipt did not come. To whom neither `chat_id` nor
    `staff_id` nor `patient_id` leads is the operator.
    """

    __table_args__ = (
        one_of("channel", Channel),
        one_of("state", MessageState),
        Index("message_once", "clinic_id", "dedupe", unique=True),
        Index("message_due", "due_at", sqlite_where=_DUE, postgresql_where=_DUE),
        Index("message_to_staff", "due_at", sqlite_where=_STAFF, postgresql_where=_STAFF),
        Index("message_text", "due_at", sqlite_where=_TEXT, postgresql_where=_TEXT),
        Index("message_of_chat", "chat_id", sqlite_where=_DUE, postgresql_where=_DUE),
        Index("message_provider", "provider_id"),
        Index("message_about", "clinic_id", "about"),
        Index("message_of_patient", "clinic_id", "patient_id", "id"),
        Index("message_to", "sent_to", "sent_at"),
        Index("message_expired", "not_after", sqlite_where=_EXPIRED, postgresql_where=_EXPIRED),
        Index("message_poll", "poll_at", sqlite_where=_ON_ITS_WAY, postgresql_where=_ON_ITS_WAY),
    )
    clinic_id: str = clinic_key()
    id: str = row_key()
    dedupe: str = Field(max_length=120)
    channel: Channel = word()
    chat_id: int | None = Field(default=None, sa_type=BigInteger)
    patient_id: str | None = None
    staff_id: int | None = None
    about: str | None = None  # "visit:ID", "alert:ID": what cancels it
    key: str
    data: dict[str, Any] = json_dict()
    state: MessageState = word(default=MessageState.QUEUED)
    due_at: datetime
    not_after: datetime | None = None
    leased_until: datetime | None = None
    attempts: int = 0
    provider_id: str | None = None
    sent_to: str | None = None
    sent_body: str | None = None
    sent_at: datetime | None = None
    poll_at: datetime | None = None
    polls: int = 0
    reason: str | None = None
    made_at: datetime
