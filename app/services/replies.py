"""The replies of a chat go out in the order of asking, also when the first of them has to wait."""

from typing import Any

from sqlalchemy import BindParameter, ColumnElement, bindparam, exists, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import and_, col, select

from app.work import Work, is_due_now
from models import Message, MessageState

REPLY = "reply:"  # begins the `dedupe` of a message that answers an update
_UNSENT = (MessageState.QUEUED, MessageState.SENDING)
_WRITTEN_OUT: BindParameter[Any] = bindparam(
    "unsent", _UNSENT, expanding=True, literal_execute=True
)
_TOLD_TO_WAIT = "429%"  # begins the reason of what a provider wants later


def unsent(message: type[Message] = Message) -> ColumnElement[bool]:
    """Of a Message: it is queued or being sent; written as the indexes of those have it."""
    return col(message.state).in_(_WRITTEN_OUT)


def in_its_turn() -> ColumnElement[bool]:
    """Of a Message: no earlier reply of its chat is unsent, or it is no reply."""
    earlier = aliased(Message)
    waits = exists().where(
        col(earlier.chat_id) == col(Message.chat_id),
        unsent(earlier),
        col(earlier.dedupe).startswith(REPLY),
        col(earlier.id) < col(Message.id),
    )
    return or_(~col(Message.dedupe).startswith(REPLY), ~waits)


def take_place(work: Work, clinic_id: str, message_id: str, chat_id: int) -> bool:
    """Whether a reply just made must wait for earlier ones; then the worker sends them all.

    Somebody is there and writes: what waits for a better moment is tried at once.
    """
    earlier = and_(  # the chat's row is locked: whatever else is there was made before
        col(Message.chat_id) == chat_id,
        unsent(),
        col(Message.dedupe).startswith(REPLY),
        col(Message.id) != message_id,
    )
    if work.session.exec(select(Message.id).where(earlier).limit(1)).first() is None:
        return False
    tried = and_(earlier, col(Message.state) == MessageState.QUEUED)
    told = or_(col(Message.reason).is_(None), ~col(Message.reason).like(_TOLD_TO_WAIT))
    work.session.execute(update(Message).where(tried, told).values(due_at=work.now))
    mine = and_(col(Message.clinic_id) == clinic_id, col(Message.id) == message_id)
    queued = update(Message).where(mine).values(state=MessageState.QUEUED, leased_until=None)
    work.session.execute(queued)
    is_due_now(work)
    return True


def left_over(work: Work) -> set[int]:
    """Hand to the worker what a bot that died was about to send; the chats that wait for a reply.

    For a bot that is alone, at its start.
    """
    replies = and_(col(Message.dedupe).startswith(REPLY), col(Message.chat_id).is_not(None))
    held = and_(replies, col(Message.state) == MessageState.SENDING, col(Message.attempts) == 1)
    handed = update(Message).where(held).values(state=MessageState.QUEUED, due_at=work.now)
    work.session.execute(handed.execution_options(synchronize_session=False))
    is_due_now(work)
    unsent = select(Message.chat_id).where(replies, col(Message.state) == MessageState.QUEUED)
    return {chat_id for chat_id in work.session.exec(unsent) if chat_id is not None}
