"""Telegram accounts that belong to no patient are forgotten, and updates that were handled."""

from datetime import timedelta

from sqlalchemy import String, and_, cast, delete, literal, update
from sqlmodel import col, exists, or_, select

from app.work import Work
from models import Chat, InboxItem, InboxKind, Message, MessageState, Staff, TelegramUpdate

_KEPT_FOR = timedelta(days=14)  # [own] as long as a code, so that linking can be gone on with
_KEEP_UPDATES = timedelta(days=7)  # Telegram itself keeps an update for 24 hours
_AT_ONCE = 500
_WAITING = (MessageState.QUEUED, MessageState.SENDING)


def forget_strangers(work: Work) -> None:
    """Forget who spoke and was never linked, and whose patient was erased; and what was said.

    One whose link ended is kept, so that it can be told so; and so are the staff's own chats, and
    what was ever sent there about an alert.
    """
    waiting = select(Message.chat_id).where(
        col(Message.state).in_(_WAITING), col(Message.chat_id).is_not(None)
    )
    query = select(Chat.id).where(
        col(Chat.patient_id).is_(None),
        col(Chat.consented_at).is_(None),
        or_(col(Chat.seen_at).is_(None), col(Chat.seen_at) < work.now - _KEPT_FOR),
        col(Chat.id).not_in(waiting),
        col(Chat.id).not_in(select(Staff.chat_id).where(col(Staff.chat_id).is_not(None))),
    )
    strangers = list(work.session.exec(query.limit(_AT_ONCE)))
    of_them = and_(col(Message.chat_id).in_(strangers), col(Message.staff_id).is_(None))
    said = update(Message).where(of_them)
    work.session.execute(said.values(chat_id=None, sent_to=None, sent_body=None, data={}))
    work.session.execute(delete(Chat).where(col(Chat.id).in_(strangers)))


def forget_updates(work: Work) -> None:
    """Forget what Telegram can no longer repeat; what was set aside stays while a nurse has it."""
    name = literal("update ") + cast(col(TelegramUpdate.id), String)
    is_open = exists().where(
        col(InboxItem.kind) == InboxKind.BROKEN_UPDATE, col(InboxItem.handled_at).is_(None),
        col(InboxItem.text) == name,
    )  # fmt: skip
    waits = and_(col(TelegramUpdate.set_aside), is_open)
    old = col(TelegramUpdate.at) < work.now - _KEEP_UPDATES
    work.session.execute(delete(TelegramUpdate).where(old, ~waits))
