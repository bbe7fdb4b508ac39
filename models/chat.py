"""A Telegram chat: who it is, where its conversation stands, which updates were handled.

A chat is found by Telegram's number before anyone knows its clinic, so these two tables
are a directory beside the clinics' own: their keys do not start with the clinic.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, text
from sqlmodel import Field, Index, SQLModel

from models.columns import json_dict, one_of, word
from models.patient import Language


class ChatState(StrEnum):
    NEW = "new"
    ACTIVE = "active"
    STOPPED = "stopped"
    BLOCKED = "blocked"


_BLOCKED = text("state = 'blocked'")


class Chat(SQLModel, table=True):
    __table_args__ = (
        one_of("state", ChatState),
        Index("chat_of_patient", "clinic_id", "patient_id"),
        Index("chat_blocked", "clinic_id", "patient_id", sqlite_where=_BLOCKED,
              postgresql_where=_BLOCKED),
    )  # fmt: skip
    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    clinic_id: str | None = Field(default=None, foreign_key="clinic.id")
    patient_id: str | None = None
    proxy: bool = False
    language: Language = word(default=Language.CHINESE)
    state: ChatState = word(default=ChatState.NEW)
    consent_version: str | None = None
    consented_at: datetime | None = None
    flow: str | None = None
    answers: dict[str, Any] = json_dict()
    paused: dict[str, Any] = json_dict()
    turn: int = 0
    seen_at: datetime | None = None
    paced_until: datetime | None = None  # by real time: before it nothing is sent here
    last_tap: str | None = Field(default=None, max_length=120)  # by which a double tap is known


class TelegramUpdate(SQLModel, table=True):
    """An update handled or set aside; a repeat finds its number here and changes nothing.

    `told` is the number of the tap or message itself: one that comes under a new update
    number is a repeat as well.
    """

    __tablename__ = "telegram_update"
    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    chat_id: int | None = Field(default=None, sa_type=BigInteger)
    at: datetime = Field(index=True)
    told: str | None = Field(default=None, max_length=80, unique=True)
    failures: int = 0
    set_aside: bool = False
    raw: dict[str, Any] | None = Field(default=None, sa_type=JSON)
