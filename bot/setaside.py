"""An update that breaks the bot is stored raw, apologised for, and put before a nurse."""

from typing import Any

from app.services.inbox import put_in_inbox
from app.work import Work
from bot.chats import Heard, leased_reply
from bot.replies import Reply
from models import Chat, InboxKind, Patient, TelegramUpdate


def count_failure(
    work: Work, update_id: int, chat_id: int | None, raw: dict[str, Any], failures: int,
    told: str | None,
) -> None:
    """Keep the update itself, so that nothing said is lost."""
    work.session.add(TelegramUpdate(
        id=update_id, chat_id=chat_id, at=work.now, failures=failures, set_aside=True, raw=raw,
        told=told,
    ))  # fmt: skip
    chat = work.session.get(Chat, chat_id) if chat_id else None
    if chat is not None and chat.clinic_id:
        put_in_inbox(work, chat.clinic_id, InboxKind.BROKEN_UPDATE, f"update {update_id}",
                     chat.patient_id)  # fmt: skip


def apologise(work: Work, update_id: int, chat_id: int | None) -> Heard | None:
    """Say that it did not work; None where there is nobody to say it to."""
    chat = work.session.get(Chat, chat_id) if chat_id else None
    if chat is None:
        return None
    patient = chat.patient_id and work.session.get(Patient, (chat.clinic_id, chat.patient_id))
    return leased_reply(work, chat, patient or None, update_id, Reply("sorry"))
