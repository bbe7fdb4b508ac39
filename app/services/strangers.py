"""Telegram accounts that belong to no patient are forgotten."""

from datetime import timedelta

from sqlalchemy import delete, update
from sqlmodel import col, or_, select

from app.work import Work
from models import Chat, Message, MessageState

_KEPT_FOR = timedelta(days=14)  # [own] as long as a code, so that linking can be gone on with
_AT_ONCE = 500
_WAITING = (MessageState.QUEUED, MessageState.SENDING)


def forget_strangers(work: Work) -> None:
    """Forget who spoke and was never linked, and whose patient was erased; and what was said.

    One whose link ended is kept, so that it can be told so.
    """
    waiting = select(Message.chat_id).where(
        col(Message.state).in_(_WAITING), col(Message.chat_id).is_not(None)
    )
    query = select(Chat.id).where(
        col(Chat.patient_id).is_(None),
        col(Chat.consented_at).is_(None),
        or_(col(Chat.seen_at).is_(None), col(Chat.seen_at) < work.now - _KEPT_FOR),
        col(Chat.id).not_in(waiting),
    )
    strangers = list(work.session.exec(query.limit(_AT_ONCE)))
    said = update(Message).where(col(Message.chat_id).in_(strangers))
    work.session.execute(said.values(chat_id=None, sent_to=None, sent_body=None, data={}))
    work.session.execute(delete(Chat).where(col(Chat.id).in_(strangers)))
