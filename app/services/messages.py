"""Messages as rows: intents made in the transaction of the fact that they tell."""

import random
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, update
from sqlmodel import and_, col, not_, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from app.database import INSERT
from app.services.backoff import OF_RECEIPTS
from app.work import Work, is_due_now
from models import Channel, Chat, ChatState, Message, MessageState, Patient, Staff
from models.columns import new_id


def tell(
    work: Work,
    patient: Patient,
    dedupe: str,
    key: str,
    data: Mapping[str, Any] | None = None,
    *,
    about: str | None = None,
    due_at: datetime | None = None,
    not_after: datetime | None = None,
) -> list[Message]:
    """Queue a text for every linked chat of a patient; a known `dedupe` adds no row.

    A reminder goes to nobody who stopped reminders; an answer does.
    """
    if patient.died_on or patient.erased_at:
        return []
    rows = [
        Message(
            clinic_id=patient.clinic_id, id=new_id(work.now), dedupe=f"{dedupe}:{chat.id}",
            channel=Channel.TELEGRAM, chat_id=chat.id, patient_id=patient.id, about=about,
            key=key, data=dict(data or {}), due_at=due_at or work.now, not_after=not_after,
            made_at=work.now,
        )
        for chat in _hearing(work, patient, about)
    ]  # fmt: skip
    return [row for row in rows if queue_once(work, row)]


_ANSWERS = ("alert:", "inbox:", "data:")  # what a message is about that the patient asked for


def is_reminder(about: str | None) -> bool:
    """Whether a message comes unasked; what answers the patient's own words does not."""
    return about is not None and not about.startswith(_ANSWERS)


def unasked() -> ColumnElement[bool]:
    """Of a Message: it comes unasked, or it is for somebody on duty."""
    answers = (col(Message.about).startswith(begins) for begins in _ANSWERS)
    reminds = and_(col(Message.about).is_not(None), not_(or_(*answers)))
    is_to_staff = col(Message.staff_id).is_not(None)
    return or_(col(Message.channel) != Channel.TELEGRAM, is_to_staff, reminds)


def _hearing(work: Work, patient: Patient, about: str | None) -> list[Chat]:
    states = {ChatState.ACTIVE} if is_reminder(about) else {ChatState.ACTIVE, ChatState.STOPPED}
    return [chat for chat in linked_chats(work, patient) if chat.state in states]


def tell_chat(
    work: Work, chat: Chat, dedupe: str, key: str, data: Mapping[str, Any], about: str
) -> bool:
    """Queue a text for one chat of a patient, due at once; False when it was queued before."""
    row = Message(
        clinic_id=str(chat.clinic_id), id=new_id(work.now), dedupe=f"{dedupe}:{chat.id}",
        channel=Channel.TELEGRAM, chat_id=chat.id, patient_id=chat.patient_id, about=about,
        key=key, data=dict(data), due_at=work.now, made_at=work.now,
    )  # fmt: skip
    return queue_once(work, row)


def message_to_staff(
    work: Work, staff: Staff, channel: Channel, dedupe: str, key: str, data: Mapping[str, Any],
    about: str,
) -> Message:  # fmt: skip
    """To one of the staff, due at once: by SMS, a call, or their own Telegram."""
    return Message(
        clinic_id=staff.clinic_id, id=new_id(work.now), dedupe=f"{dedupe}:{staff.id}",
        channel=channel, staff_id=staff.id, about=about, key=key, data=dict(data),
        chat_id=staff.chat_id if channel == Channel.TELEGRAM else None,
        due_at=work.now, made_at=work.now,
    )  # fmt: skip


def linked_chats(work: Work, patient: Patient) -> list[Chat]:
    """Every chat that is linked to a patient: their own, and carers'."""
    query = select(Chat).where(
        Chat.clinic_id == patient.clinic_id, Chat.patient_id == patient.id
    )
    return list(work.session.exec(query.order_by(col(Chat.id))))


def active_chats(work: Work, patient: Patient) -> list[Chat]:
    """The chats that are linked to a patient and not stopped or blocked."""
    return [chat for chat in linked_chats(work, patient) if chat.state == ChatState.ACTIVE]


def cancel_in_chat(work: Work, chat: Chat, reason: str, *, reminders_only: bool = False) -> None:
    """Cancel what is queued for the patient of a chat, in this chat, saying why."""
    query = select(Message).where(
        Message.chat_id == chat.id,
        Message.patient_id == chat.patient_id,
        Message.state == MessageState.QUEUED,
    )
    for row in work.session.exec(query.with_for_update()):
        if is_reminder(row.about) or not reminders_only:
            row.state, row.reason = MessageState.CANCELLED, reason


def cancel_about(
    work: Work, clinic_id: str, about: str, reason: str, keys: Collection[str] | None = None
) -> None:
    """Cancel what is queued about something, saying why; what was sent stays as it is."""
    cancelled = update(Message).where(
        col(Message.clinic_id) == clinic_id,
        col(Message.about) == about,
        col(Message.state) == MessageState.QUEUED,
    )
    if keys is not None:
        cancelled = cancelled.where(col(Message.key).in_(keys))
    work.session.execute(cancelled.values(state=MessageState.CANCELLED, reason=reason))


_LATER = {
    "accepted": MessageState.SENT,
    "queued": MessageState.SENT,
    "sending": MessageState.SENT,
    "sent": MessageState.SENT,
    "delivered": MessageState.DELIVERED,
    "read": MessageState.DELIVERED,
    "undelivered": MessageState.FAILED,
    "failed": MessageState.FAILED,
    "canceled": MessageState.FAILED,
    "initiated": MessageState.SENT,  # from here on of calls
    "ringing": MessageState.SENT,
    "in-progress": MessageState.SENT,
    "completed": MessageState.DELIVERED,
    "busy": MessageState.FAILED,
    "no-answer": MessageState.FAILED,
}
_FINISHED = {MessageState.DELIVERED, MessageState.FAILED, MessageState.CANCELLED}


def reference_to(clinic_id: str, message_id: str) -> str:
    """Our name of a message, which the provider gives back with each receipt."""
    return f"{clinic_id}.{message_id}"


def receipt(
    work: Work, provider_id: str, status: str, error_code: str | None, reference: str = ""
) -> Message | None:
    """Take a provider's word on a message; it only ever moves forward.

    One that comes before the sending is written down is found by our reference. Returns the
    message when this receipt made it fail, so that someone else is asked.
    """
    row = work.session.exec(_told_of(provider_id, reference)).first()
    state = _LATER.get(status)
    if row is None or state is None or row.state in _FINISHED:
        return None
    row.provider_id, row.sent_at = provider_id, row.sent_at or work.now
    if row.state == MessageState.SENDING and state is MessageState.SENT:
        return None  # its sender is about to write just that
    row.state = state
    if state is MessageState.SENT:
        ask_for_receipt(work, row)
        return None
    row.poll_at = row.reason = None  # it is known now
    if state is MessageState.DELIVERED:
        return None
    row.reason = f"{status}: provider's code {error_code or 'not given'}"
    return row


def ask_for_receipt(work: Work, row: Message) -> None:
    """Its provider took it: what becomes of it is asked for when no receipt tells."""
    if row.poll_at is None and not row.polls:
        row.poll_at = first_poll(work)


def first_poll(work: Work) -> datetime:
    """When a provider that took something now is first asked what became of it."""
    return work.now + timedelta(seconds=OF_RECEIPTS.wait_s(1, random.random()))


def _told_of(provider_id: str, reference: str) -> SelectOfScalar[Message]:
    clinic_id, _, message_id = reference.rpartition(".")
    ours = and_(col(Message.clinic_id) == clinic_id, col(Message.id) == message_id)
    theirs = and_(col(Message.provider_id) == provider_id, col(Message.channel) != Channel.TELEGRAM)
    return select(Message).where(ours if message_id else theirs).with_for_update()


def queue_once(work: Work, row: Message) -> bool:
    """Add a row once an occurrence; one that was cancelled and is wanted again is queued.

    The row itself stays out of the session: it says what was queued.
    """
    if row.due_at <= work.now:
        is_due_now(work)
    if _added(work, row):
        return True
    query = select(Message).where(
        Message.clinic_id == row.clinic_id, Message.dedupe == row.dedupe
    )
    known = work.session.exec(query.with_for_update()).one()
    if known.state == MessageState.CANCELLED:
        known.state, known.reason, known.data = MessageState.QUEUED, None, row.data
        known.due_at, known.not_after = row.due_at, row.not_after
    return False


_ONCE = {
    name: insert(Message).on_conflict_do_nothing().returning(col(Message.id))
    for name, insert in INSERT.items()
}
_COLUMNS = Message.__table__.columns.keys()  # type: ignore[attr-defined]


def _added(work: Work, row: Message) -> bool:
    """False when the same occurrence is known, also where another adds it at this moment."""
    values = {name: getattr(row, name) for name in _COLUMNS}
    connection = work.session.connection()
    return connection.execute(_ONCE[connection.dialect.name], values).first() is not None
