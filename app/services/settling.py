"""What became of a message, written down; what follows from it happens in the same work."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Integer, String, and_, case, update
from sqlalchemy.types import TypeEngine
from sqlmodel import col, select

from app.clock import real_now
from app.senders import Blocked, Fate, Refused, Sent, Unavailable, Unknown
from app.services.backoff import OF_ALERTS, OF_MESSAGES, OF_REPLIES
from app.services.budgets import hold_chat
from app.services.many import told
from app.services.messages import ask_for_receipt, first_poll
from app.services.overtaken import is_call
from app.services.reaching import chat_lost, text_failed
from app.services.replies import REPLY
from app.services.staff_chat import chat_blocked
from app.services.staff_replies import stopped_by_provider
from app.work import Work
from models import Channel, Chat, Message, MessageState

_DOUBT = timedelta(seconds=10)  # an SMS that is on its way may not be listed at once
_OPEN = (MessageState.SENDING, MessageState.UNKNOWN)
_WAITED_FOR = (*_OPEN, MessageState.QUEUED)


@dataclass(frozen=True, slots=True)
class Told:
    """A message of which its sender has a word, and at which attempt it was sent."""

    clinic_id: str
    id: str
    attempts: int


def settle(
    work: Work, clinic_id: str, message_id: str, fate: Fate, attempts: int | None = None
) -> None:
    """Write down what became of a message, unless a receipt already said more.

    With `attempts`, a word about an earlier attempt is not heard: someone has it again.
    """
    chat = _chat_first(work, clinic_id, message_id, fate)
    query = select(Message).where(Message.clinic_id == clinic_id, Message.id == message_id)
    row = work.session.exec(query.with_for_update()).first()
    if row is None or (attempts is not None and row.attempts != attempts):
        return  # erased with its patient, or someone has it again
    is_late = row.state == MessageState.QUEUED and isinstance(fate, Sent) and attempts is not None
    if row.state in _OPEN or is_late:
        _SETTLE[type(fate)](work, row, fate)
    if chat is not None and isinstance(fate, Unavailable) and fate.wait_s:
        hold_chat(chat, fate.wait_s)


def _chat_first(work: Work, clinic_id: str, message_id: str, fate: Fate) -> Chat | None:
    """A chat that this may change is locked before its messages, as when its patient writes."""
    if not isinstance(fate, Blocked | Unavailable):
        return None
    mine = select(Message.chat_id).where(Message.clinic_id == clinic_id, Message.id == message_id)
    query = select(Chat).where(col(Chat.id) == mine.scalar_subquery())
    return work.session.exec(query.with_for_update()).first()


def settle_many(work: Work, many: Sequence[tuple[Told, Fate]]) -> None:
    """A batch: what was sent in one statement, the rest singly."""
    settle_sent(work, [(one, fate) for one, fate in many if isinstance(fate, Sent)])
    for one, fate in many:
        if not isinstance(fate, Sent):
            settle(work, one.clinic_id, one.id, fate, one.attempts)


_COLUMNS: dict[str, TypeEngine[Any]] = {
    "clinic_id": String(), "id": String(), "attempts": Integer(), "provider_id": String(),
}  # fmt: skip


def settle_sent(work: Work, many: Sequence[tuple[Told, Sent]]) -> None:
    """Many that were taken, in one statement; a word that comes late is heard as well."""
    if not many:
        return
    rows = [(one.clinic_id, one.id, one.attempts, fate.provider_id) for one, fate in many]
    words = told(work, _COLUMNS, rows).c
    sent = update(Message).where(
        col(Message.clinic_id) == words.clinic_id,
        col(Message.id) == words.id,
        col(Message.attempts) == words.attempts,
        col(Message.state).in_(_WAITED_FOR),
    )
    unasked = and_(col(Message.poll_at).is_(None), col(Message.polls) == 0)
    polled = case(
        (and_(col(Message.channel) != Channel.TELEGRAM, unasked), first_poll(work)),
        else_=col(Message.poll_at),
    )
    sent = sent.values(
        state=MessageState.SENT, provider_id=words.provider_id, sent_at=work.now, poll_at=polled
    ).execution_options(synchronize_session=False)
    work.session.execute(sent)


def _sent(work: Work, row: Message, fate: Sent) -> None:
    row.state, row.provider_id, row.sent_at = MessageState.SENT, fate.provider_id, work.now
    if row.channel != Channel.TELEGRAM:  # which alone sends no receipts
        ask_for_receipt(work, row)


def refuse(work: Work, row: Message, fate: Refused | Blocked) -> None:
    row.state, row.reason = MessageState.FAILED, fate.why
    if row.channel != Channel.TELEGRAM or row.staff_id is not None:
        text_failed(work, row)


def _blocked(work: Work, row: Message, fate: Blocked) -> None:
    if row.channel == Channel.SMS:
        stopped_by_provider(work, row.staff_id)
    refuse(work, row, fate)
    if row.channel == Channel.TELEGRAM and row.staff_id is not None:
        chat_blocked(work, int(row.sent_to or 0))
    elif row.channel == Channel.TELEGRAM:
        chat_lost(work, work.session.get_one(Chat, row.chat_id), fate.why)


def _postponed(work: Work, row: Message, fate: Unavailable) -> None:
    wait = fate.wait_s if fate.wait_s is not None else _back_off(row)
    row.state, row.reason = MessageState.QUEUED, fate.why
    row.due_at = work.now + timedelta(seconds=wait)


def _back_off(row: Message) -> float:
    if is_call(row):
        return OF_ALERTS.wait_s(row.attempts, random.random())
    rule = OF_REPLIES if row.dedupe.startswith(REPLY) else OF_MESSAGES
    return rule.wait_s(row.attempts, random.random())


def back_off_s(attempts: int) -> float:
    """Seconds to wait after so many attempts at something of a provider's."""
    return OF_MESSAGES.wait_s(attempts, random.random())


def _uncertain(work: Work, row: Message, fate: Unknown) -> None:
    row.state, row.reason = MessageState.UNKNOWN, fate.why
    row.leased_until = real_now() + _DOUBT


_SETTLE: dict[type[Fate], Callable[..., None]] = {
    Sent: _sent, Refused: refuse, Blocked: _blocked, Unavailable: _postponed, Unknown: _uncertain,
}  # fmt: skip
