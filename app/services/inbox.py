"""The nurse's inbox: what a machine could not answer."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlmodel import col, func, select

from app.clinical.triage import read_whole
from app.services.audit import audit
from app.services.errors import Conflict, Invalid, NotFound
from app.services.messages import tell_chat
from app.work import Work
from models import Chat, ChatState, InboxItem, InboxKind
from models.columns import new_id

LONGEST_ANSWER = 3000  # letters as Telegram counts them: a message of it takes 4096
_OWN_WORDS = (InboxKind.TEXT, InboxKind.QUESTION, InboxKind.PHOTO, InboxKind.VOICE)


class NoSuchItem(NotFound):
    """There is no such item in this clinic's inbox."""


class NotAnswerable(Conflict):
    """No chat is left to answer in, or an answer was sent before. Call the patient."""


class AnswerTooLong(Invalid):
    """An answer has 1 to 3000 letters."""


def put_in_inbox(
    work: Work,
    clinic_id: str,
    kind: InboxKind,
    text: str,
    patient_id: str | None = None,
    *,
    chat_id: int | None = None,
    data: Mapping[str, Any] | None = None,
) -> InboxItem:
    """Leave something for a nurse to read; with `chat_id`, to answer."""
    item = InboxItem(
        clinic_id=clinic_id, id=new_id(work.now), patient_id=patient_id, kind=kind, text=text,
        triage=_read(kind, text), received_at=work.now, chat_id=chat_id, data=dict(data or {}),
    )  # fmt: skip
    work.session.add(item)
    return item


def _read(kind: InboxKind, text: str) -> dict[str, Any]:
    """What triage finds in a patient's own words; both languages are read, whichever is named."""
    if kind not in _OWN_WORDS or not text.strip():
        return {}
    return asdict(read_whole(text))


def newest_open(work: Work, clinic_id: str, at_most: int = 5) -> tuple[list[InboxItem], int]:
    """The newest of what nobody has handled, and how many there are in all."""
    mine = (InboxItem.clinic_id == clinic_id, col(InboxItem.handled_at).is_(None))
    query = select(InboxItem).where(*mine)
    newest = query.order_by(col(InboxItem.received_at).desc(), col(InboxItem.id).desc())
    count = work.session.exec(select(func.count()).select_from(InboxItem).where(*mine)).one()
    return list(work.session.exec(newest.limit(at_most))), count


def handle(work: Work, clinic_id: str, item_id: str, by: str) -> InboxItem:
    """Someone has seen to it. Raises NoSuchItem."""
    item = _find(work, clinic_id, item_id)
    if item.handled_at is None:
        item.handled_at, item.handled_by = work.now, by
        audit(work, clinic_id, by, "inbox.handle", item.patient_id, item.id)
    return item


def answer(work: Work, clinic_id: str, item_id: str, by: str, words: str) -> InboxItem:
    """The nurse's own words go to the chat that asked, also where reminders are stopped.

    Raises NoSuchItem, AnswerTooLong, NotAnswerable.
    """
    words = words.strip()
    if not 0 < len(words.encode("utf-16-le", "replace")) // 2 <= LONGEST_ANSWER:
        raise AnswerTooLong(field="answer")
    item = _find(work, clinic_id, item_id)
    if item.answer is not None or not _can_be_told(work, item):
        raise NotAnswerable(field="answer")
    item.answer = words
    chat = work.session.get_one(Chat, item.chat_id)
    tell_chat(work, chat, f"answer:{item.id}", "nurse.answer", {"words": words}, f"inbox:{item.id}")
    audit(work, clinic_id, by, "inbox.answer", item.patient_id, item.id)
    return handle(work, clinic_id, item_id, by)


def _can_be_told(work: Work, item: InboxItem) -> bool:
    """Whether the chat is still the patient's, and not blocked."""
    chat = work.session.get(Chat, item.chat_id) if item.chat_id else None
    if chat is None or chat.state == ChatState.BLOCKED:
        return False
    return (chat.clinic_id, chat.patient_id) == (item.clinic_id, item.patient_id)


def _find(work: Work, clinic_id: str, item_id: str) -> InboxItem:
    query = select(InboxItem).where(InboxItem.clinic_id == clinic_id, InboxItem.id == item_id)
    item = work.session.exec(query.with_for_update()).first()
    if item is None:
        raise NoSuchItem(field="id")
    return item
