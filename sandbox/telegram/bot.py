"""The methods of the Bot API that speak to a chat."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.settings import Settings
from sandbox.state import Disk
from sandbox.telegram.bodies import Params, integer, parsed, upload_of
from sandbox.telegram.chats import Chat, Chats, Message
from sandbox.telegram.errors import bad_request
from sandbox.telegram.files import Files, as_photo
from sandbox.telegram.markup import LONGEST_TEXT, read_keyboard, read_text
from sandbox.telegram.updates import Updates

LONGEST_CAPTION = 1024
TYPING_S = 5.0
MOST_TAPS = 2000
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


class Bot:
    """The bot as Telegram knows it: its chats, what it may still answer, its commands."""

    def __init__(self, settings: Settings, clock: Clock, disk: Disk, faults: Faults) -> None:
        self.clock, self.disk, self.faults = clock, disk, faults
        self.token = settings.telegram_token
        self.me = {
            "id": int(self.token.partition(":")[0]),
            "is_bot": True,
            "first_name": "GIST Companion",
            "username": settings.telegram_username,
        }
        self.chats = Chats()
        self.updates = Updates(faults, disk.touch)
        self.files = Files(Path(settings.state) if settings.state else None)
        self.taps: OrderedDict[str, int] = OrderedDict()
        self.commands: dict[str, list[dict[str, Any]]] = {}
        self.on_said: Callable[[Chat], None] = lambda chat: None  # a burst waits for answers

    def get_me(self, params: Params) -> dict[str, Any]:
        return self.me | {
            "can_join_groups": False,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }

    def accept(self, params: Params) -> bool:
        """What a profile says is not shown on the phones."""
        return True

    def send_message(self, params: Params) -> Message:
        chat = self.chats.find(params.get("chat_id"))
        return self._say(chat, _words(params), params)

    def send_photo(self, params: Params) -> Message:
        chat = self.chats.find(params.get("chat_id"))
        row = self.files.keep(upload_of(params, "photo"), "photos")
        return self._say(chat, {"photo": as_photo(row)} | _caption(params), params)

    def send_document(self, params: Params) -> Message:
        chat = self.chats.find(params.get("chat_id"))
        upload = upload_of(params, "document")
        row = self.files.keep(upload, "documents")
        names = ("file_id", "file_unique_id", "file_size", "mime_type")
        document = {name: row[name] for name in names}
        document["file_name"] = getattr(upload, "name", "document")
        return self._say(chat, {"document": document} | _caption(params), params)

    def _say(self, chat: Chat, content: dict[str, Any], params: Params) -> Message:
        markup = read_keyboard(params.get("reply_markup"))
        if "inline_keyboard" in markup:
            content["reply_markup"] = markup
        message = chat.add(self.me, self.clock.timestamp(), content)
        if "keyboard" in markup:
            chat.keyboard = [[_label(key) for key in row] for row in markup["keyboard"]]
        elif markup.get("remove_keyboard"):
            chat.keyboard = []
        chat.typing_until = 0.0
        self.disk.touch()
        self.on_said(chat)
        return message

    def edit_message_text(self, params: Params) -> Message:
        message = self._own(params, "edit")
        if "text" not in message:
            raise bad_request("there is no text in the message to edit")
        return self._edit(message, _words(params), params, ("text", "entities"))

    def edit_message_caption(self, params: Params) -> Message:
        message = self._own(params, "edit")
        return self._edit(message, _caption(params), params, ("caption", "caption_entities"))

    def edit_message_reply_markup(self, params: Params) -> Message:
        return self._edit(self._own(params, "edit"), {}, params, ())

    def _edit(
        self, message: Message, content: Message, params: Params, replaced: tuple[str, ...]
    ) -> Message:
        """A keyboard that is not sent again is taken away."""
        markup = read_keyboard(params.get("reply_markup"))
        if markup.get("inline_keyboard"):
            content["reply_markup"] = markup
        names = (*replaced, "reply_markup")
        if all(message.get(name) == content.get(name) for name in names):
            raise bad_request(NOT_MODIFIED)
        for name in names:
            message.pop(name, None)
        message |= content | {"edit_date": self.clock.timestamp()}
        self.disk.touch()
        self.on_said(self.chats.find(params["chat_id"]))
        return message

    def delete_message(self, params: Params) -> bool:
        message = self._own(params, "delete")
        del self.chats.find(params["chat_id"]).messages[message["message_id"]]
        self.disk.touch()
        return True

    def _own(self, params: Params, what: str) -> Message:
        chat = self.chats.find(params.get("chat_id"))
        message = chat.messages.get(integer(params, "message_id"))
        if message is None:
            raise bad_request(f"message to {what} not found")
        if what == "edit" and not message["from"]["is_bot"]:
            raise bad_request("message can't be edited")
        return message

    def answer_callback_query(self, params: Params) -> bool:
        chat_id = self.taps.get(str(params.get("callback_query_id")))
        if chat_id is None:
            raise bad_request(TOO_OLD)
        if params.get("text"):
            alert = str(params.get("show_alert", "")).lower() == "true"
            toast = {"text": params["text"], "alert": alert, "number": time.monotonic_ns()}
            self.chats.find(chat_id).toast = toast
            self.disk.touch()
        return True

    def tapped(self, number: str, chat_id: int) -> None:
        self.taps[number] = chat_id
        if len(self.taps) > MOST_TAPS:
            self.taps.popitem(last=False)

    def send_chat_action(self, params: Params) -> bool:
        chat = self.chats.find(params.get("chat_id"))
        chat.typing_until = time.monotonic() + TYPING_S
        self.disk.touch()
        asyncio.get_running_loop().call_later(TYPING_S + 0.1, self.disk.touch)
        return True

    def leave_chat(self, params: Params) -> bool:
        self.chats.find(params.get("chat_id"))
        return True

    def get_file(self, params: Params) -> dict[str, Any]:
        row = self.files.find(params.get("file_id"))
        return {name: value for name, value in row.items() if name != "mime_type"}

    def set_my_commands(self, params: Params) -> bool:
        self.commands[params.get("language_code") or ""] = parsed(params, "commands") or []
        self.disk.touch()
        return True

    def get_my_commands(self, params: Params) -> list[dict[str, Any]]:
        return self.commands.get(params.get("language_code") or "", [])

    def delete_my_commands(self, params: Params) -> bool:
        self.commands.pop(params.get("language_code") or "", None)
        self.disk.touch()
        return True

    def commands_for(self, chat: Chat) -> list[dict[str, Any]]:
        """In the language of the phone, else in the bot's own."""
        language = chat.language.partition("-")[0]
        return self.commands.get(language) or self.commands.get("", [])

    def kept(self) -> dict[str, Any]:
        return {
            "chats": self.chats.kept(),
            "updates": self.updates.kept(),
            "files": self.files.known,
            "taps": list(self.taps.items()),
            "commands": self.commands,
        }

    def restore(self, kept: dict[str, Any]) -> None:
        self.chats.restore(kept["chats"])
        self.updates.restore(kept["updates"])
        self.files.known = kept["files"]
        self.taps = OrderedDict(kept["taps"])
        self.commands = kept["commands"]


def _words(params: Params) -> dict[str, Any]:
    text, entities = read_text(params.get("text") or "", params.get("parse_mode"), LONGEST_TEXT)
    entities = entities or parsed(params, "entities") or []
    return {"text": text, "entities": entities} if entities else {"text": text}


def _caption(params: Params) -> dict[str, Any]:
    if not params.get("caption"):
        return {}
    text, entities = read_text(params["caption"], params.get("parse_mode"), LONGEST_CAPTION)
    return {"caption": text, "caption_entities": entities} if entities else {"caption": text}


def _label(key: Any) -> str:
    return key["text"] if isinstance(key, dict) else str(key)
