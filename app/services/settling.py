"""What became of a message, written down; what follows from it happens in the same work."""

import random
from collections.abc import Callable, Sequence
from datetime import timedelta

from sqlalchemy import bindparam, update
from sqlmodel import col, select

from app.clock import real_now
from app.senders import Blocked, Fate, Refused, Sent, Unavailable, Unknown
from app.services.reaching import chat_lost, text_failed
from app.services.replies import REPLY
from app.services.staff_replies import stopped_by_provider
from app.work import Work
from models import Channel, Chat, Message, MessageState

_DOUBT = timedelta(seconds=10)  # an SMS that is on its way may not be listed at once
_LONGEST_WAIT_S = 1800.0


def settle(
    work: Work, clinic_id: str, message_id: str, fate: Fate, attempts: int | None = None
) -> None:
    """Write down what became of a message, unless a receipt already said more.

    With `attempts`, a word about an earlier attempt is not heard: someone has it again.
    """
    query = select(Message).where(Message.clinic_id == clinic_id, Message.id == message_id)
    row = work.session.exec(query.with_for_update()).first()
    if row is None or (attempts is not None and row.attempts != attempts):
        return  # erased with its patient, or someone has it again
    if row.state in (MessageState.SENDING, MessageState.UNKNOWN):
        _SETTLE[type(fate)](work, row, fate)


def settle_sent(work: Work, many: Sequence[tuple[str, str, str]]) -> None:
    """Many that the provider took, (clinic, message, provider's id), in one statement."""
    if not many:
        return
    rows = [{"c": clinic, "m": message, "p": provider} for clinic, message, provider in many]
    sent = update(Message).where(
        col(Message.clinic_id) == bindparam("c"),
        col(Message.id) == bindparam("m"),
        col(Message.state) == MessageState.SENDING,
    )
    sent = sent.values(state=MessageState.SENT, provider_id=bindparam("p"), sent_at=work.now)
    work.session.connection().execute(sent, rows)


def _sent(work: Work, row: Message, fate: Sent) -> None:
    row.state, row.provider_id, row.sent_at = MessageState.SENT, fate.provider_id, work.now


def refuse(work: Work, row: Message, fate: Refused | Blocked) -> None:
    row.state, row.reason = MessageState.FAILED, fate.why
    if row.channel != Channel.TELEGRAM or row.staff_id is not None:
        text_failed(work, row)


def _blocked(work: Work, row: Message, fate: Blocked) -> None:
    if row.channel == Channel.SMS:
        stopped_by_provider(work, row.staff_id)
    refuse(work, row, fate)
    if row.channel == Channel.TELEGRAM and row.staff_id is None:
        chat_lost(work, work.session.get_one(Chat, row.chat_id), fate.why)


def _postponed(work: Work, row: Message, fate: Unavailable) -> None:
    wait = fate.wait_s if fate.wait_s is not None else _back_off(work, row)
    row.state, row.reason = MessageState.QUEUED, fate.why
    row.due_at = work.now + timedelta(seconds=wait)


def _back_off(work: Work, row: Message) -> float:
    """Somebody waits for a reply: it is tried again after a quarter of the time it took so far."""
    if not row.dedupe.startswith(REPLY):
        return back_off_s(row.attempts)
    waited = (work.now - row.made_at).total_seconds()
    return min(max(waited / 4, 1.0), _LONGEST_WAIT_S) * random.uniform(0.75, 1.25)


def back_off_s(attempts: int) -> float:
    """Seconds to wait after so many attempts: doubling from 2, to half an hour, with jitter."""
    return min(2.0 ** min(attempts, 20), _LONGEST_WAIT_S) * random.uniform(0.75, 1.25)


def _uncertain(work: Work, row: Message, fate: Unknown) -> None:
    row.state, row.reason = MessageState.UNKNOWN, fate.why
    row.leased_until = real_now() + _DOUBT


_SETTLE: dict[type[Fate], Callable[..., None]] = {
    Sent: _sent, Refused: refuse, Blocked: _blocked, Unavailable: _postponed, Unknown: _uncertain,
}  # fmt: skip
