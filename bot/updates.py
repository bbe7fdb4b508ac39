"""An update of Telegram: what was said in it, and its answer in one transaction.

Polling and the webhook differ only in how updates arrive.
"""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import structlog

from app.database import DATABASE_AWAY
from app.senders.rate import Rate
from app.services.budgets import reply_wait_s
from app.services.reaching import chat_found, chat_lost
from app.services.replies import take_place
from app.services.staff_chat import chat_blocked
from app.work import Begin, Work
from bot.chats import START_WITHIN_S, Heard, Media, Said, is_new
from bot.conversation import hear
from bot.flows import FLOWS
from bot.setaside import apologise, count_failure
from models import Chat

_log = structlog.get_logger("bot")
_TRIES = 3

Update = Mapping[str, Any]  # as the Bot API sends it


def answered(begin: Begin, update: Update, in_turn: bool, pace: Rate) -> Heard | None:
    """Answer one update in its own transaction; set it aside when it fails three times.

    `in_turn`: its reply waits when earlier ones of the chat do. `pace`: of replies in a chat.
    Raises what says that the database is away.
    """
    for _ in range(_TRIES):
        try:
            with begin() as work:
                return _heard(work, update, in_turn, pace)
        except DATABASE_AWAY:
            raise
        except Exception as error:  # noqa: BLE001 law 4: one update never blocks the others
            _log.error("update failed", update=update["update_id"], error=type(error).__name__)
    with begin() as work:
        return _set_aside(work, update)


def _heard(work: Work, update: Update, in_turn: bool, pace: Rate) -> Heard | None:
    if "my_chat_member" in update:
        _membership(work, update)
        return None
    said = said_in(update)
    heard = hear(work, said) if said else None
    return heard and _placed(work, heard, in_turn, pace)


def _placed(work: Work, heard: Heard, in_turn: bool, pace: Rate) -> Heard:
    """When this reply may go: after earlier ones of its chat, and at the chat's pace."""
    chat = work.session.get_one(Chat, heard.chat_id) if pace else None
    with work.session.no_autoflush:  # the chat is written once
        if in_turn and take_place(work, heard.clinic_id, heard.message_id, heard.chat_id):
            return replace(heard, waits=True)
    wait = reply_wait_s(chat, pace, START_WITHIN_S) if chat else 0.0
    return replace(heard, pace_s=wait) if wait else heard


def _set_aside(work: Work, update: Update) -> Heard | None:
    chat_id, told = chat_of(update), told_in(update)
    count_failure(work, update["update_id"], chat_id, dict(update), _TRIES, told)
    return apologise(work, update["update_id"], chat_id)


def _membership(work: Work, update: Update) -> None:
    """The bot was blocked by the patient, or let in again."""
    told, chat_id = update["my_chat_member"], chat_of(update)
    if chat_id is None or told["chat"]["type"] != "private":
        return
    chat = work.session.get(Chat, chat_id, with_for_update=True)
    if chat is None or not is_new(work, Said(update["update_id"], chat_id)):
        return
    if told["new_chat_member"]["status"] == "kicked":
        chat_lost(work, chat, "the patient blocked the bot")
        chat_blocked(work, chat_id)
    else:
        chat_found(work, chat)


def said_in(update: Update) -> Said | None:
    """What was said, or None for an update that is no private message or tap."""
    query = update.get("callback_query")
    message = _message_in(update)
    if not message or message["chat"]["type"] != "private" or _is_moving(update):
        return None
    told = query or message
    tap = query.get("data", "") if query else None
    words = None if query else message.get("text") or message.get("caption")
    return Said(
        update["update_id"], message["chat"]["id"], _clean(words), tap,
        told.get("from", {}).get("language_code"), None if query else media_in(message),
        told_in(update), _pressed(query),
    )  # fmt: skip


def _message_in(update: Update) -> Update | None:
    """The message told of; one that was edited says what it says now."""
    query = update.get("callback_query")
    if query:
        return query.get("message")
    return update.get("message") or update.get("edited_message")


def _is_moving(update: Update) -> bool:
    """A live location, which is edited every few seconds."""
    return "location" in update.get("edited_message", ())


def _clean(text: str | None) -> str | None:
    """Without what no database keeps: NUL, and halves of a character."""
    if text is None or text.isascii() and "\0" not in text:
        return text
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\0", "")


_KINDS = (  # animation is a document as well, venue a location
    "photo", "voice", "video_note", "video", "audio", "animation", "document", "sticker", "story",
    "venue", "location", "contact", "dice", "poll", "game", "paid_media", "checklist",
)  # fmt: skip


def media_in(message: Update) -> Media | None:
    """What is no text; of a photo the largest size."""
    if "text" in message:
        return None
    kind = next((one for one in _KINDS if one in message), "other")
    told = message.get(kind) or {}
    file = told[-1] if isinstance(told, list) else told
    if kind == "document" and file.get("mime_type", "").startswith("image/"):
        kind = "photo"  # sent as a file
    return Media(kind, file.get("file_id"), file.get("file_size"))


def told_in(update: Update) -> str | None:
    """What makes a tap or a message the same under another update number.

    An edit that changes nothing that we read is the same, too.
    """
    query, message = update.get("callback_query"), _message_in(update)
    if query:
        return f"tap:{query.get('id')}"[:80]
    if not message:
        return None
    media = media_in(message)
    content = repr((message.get("text") or message.get("caption"), media and media.file_id))
    return f"{chat_of(update)}:{message.get('message_id')}:{_sum(content)}"


def _pressed(query: Update | None) -> str | None:
    if not query or not query.get("message"):
        return None
    bubble = query["message"]
    looks = repr((bubble.get("text"), bubble.get("reply_markup")))
    return f"{bubble['message_id']}:{_sum(looks)}:{query.get('data', '')}"[:120]


def _sum(text: str) -> str:
    return f"{zlib.crc32(text.encode('utf-8', 'surrogatepass')):x}"


def chat_of(update: Update) -> int | None:
    """The chat that an update is from."""
    told = _message_in(update) or update.get("my_chat_member") or {}
    return told.get("chat", {}).get("id")


_PRESENT = ("member", "administrator", "restricted")


def strangers_in(update: Update) -> Iterator[tuple[int, str | None]]:
    """The group that the bot was let into or spoken to in, and the language of who did it."""
    told = update.get("message") or update.get("my_chat_member") or {}
    place = told.get("chat", {})
    status = told.get("new_chat_member", {}).get("status", "member")
    if place.get("type") in ("group", "supergroup") and status in _PRESENT:
        yield place["id"], told.get("from", {}).get("language_code")


def written_over(update: Update) -> int | None:
    """A flow stays in one bubble: its next question is written over the one answered.

    What was tapped at home, under a reminder or under an alert stays as it is.
    """
    query = update.get("callback_query")
    if query is None or "message" not in query:
        return None
    step = query.get("data", "").rpartition(":")[0]
    begins = step in ("go", "take", *(flow.name for flow in FLOWS.values()))
    return None if begins else query["message"]["message_id"]
