"""The messages to a patient, and to the staff about the patient's alerts, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from app.services.replies import REPLY
from app.services.writing import WORDS
from app.work import Work
from models import Alert, Channel, Chat, Message, MessageState

_PATIENT, _CARER = "patient", "carer"


@dataclass(frozen=True, slots=True)
class Told:
    """A message as it stands: `to` is "patient", "carer" or "staff:ID".

    Words are found at the moment of sending, so that what has not gone has no `text` yet.
    """

    id: str
    key: str
    kind: str  # what it is about: an alert, a visit, ...; or "reply", "other"
    channel: Channel
    to: str
    state: MessageState
    reason: str | None
    made_at: datetime
    due_at: datetime
    sent_at: datetime | None
    attempts: int
    text: str | None


@dataclass(frozen=True, slots=True)
class Page:
    items: tuple[Told, ...]
    next: str | None


def messages_of_patient(
    work: Work, clinic_id: str, patient_id: str, *, after: str | None = None, limit: int = 50,
    replies: bool = True,
) -> Page:  # fmt: skip
    """A page of them; `replies` are what the bot answered in a conversation."""
    alerts = select(Alert.id).where(Alert.clinic_id == clinic_id, Alert.patient_id == patient_id)
    about = [f"alert:{one}" for one in work.session.exec(alerts)]
    own = [col(Message.patient_id) == patient_id]
    if not replies:
        own.append(~col(Message.dedupe).startswith(REPLY))
    of_alerts = [col(Message.about).in_(about), col(Message.patient_id).is_(None)]
    rows = [
        *_newest(work, clinic_id, own, after, limit + 1),
        *_newest(work, clinic_id, of_alerts, after, limit + 1),
    ]
    rows.sort(key=lambda row: row.id, reverse=True)
    more = rows[limit - 1].id if len(rows) > limit else None
    return Page(_told(work, rows[:limit]), more)


def messages_of_alert(work: Work, alert: Alert, limit: int = 200) -> tuple[Told, ...]:
    """To whom it was told, and what became of that."""
    about = [col(Message.about).in_([f"alert:{alert.id}", f"{WORDS}{alert.id}"])]
    return _told(work, _newest(work, alert.clinic_id, about, None, limit))


def _newest(
    work: Work, clinic_id: str, which: Sequence[ColumnElement[bool]], after: str | None, limit: int
) -> list[Message]:
    query = select(Message).where(Message.clinic_id == clinic_id, *which)
    if after:
        query = query.where(Message.id < after)
    return list(work.session.exec(query.order_by(col(Message.id).desc()).limit(limit)))


def _told(work: Work, rows: Sequence[Message]) -> tuple[Told, ...]:
    chats = {row.chat_id for row in rows if row.chat_id and row.staff_id is None}
    carers = select(Chat.id).where(col(Chat.id).in_(chats), Chat.proxy)
    of_carers = set(work.session.exec(carers)) if chats else set()
    return tuple(
        Told(
            row.id, row.key, _kind(row), row.channel, _to(row, of_carers), row.state, row.reason,
            row.made_at, row.due_at, row.sent_at, row.attempts, row.sent_body,
        )
        for row in rows
    )  # fmt: skip


def _kind(row: Message) -> str:
    if row.dedupe.startswith(REPLY):
        return "reply"
    if row.about:
        return row.about.partition(":")[0]
    return "alert" if row.key.startswith("alert.") else "other"


def _to(row: Message, carers: set[int]) -> str:
    if row.staff_id is not None:
        return f"staff:{row.staff_id}"
    return _CARER if row.chat_id in carers else _PATIENT
