"""Telegram as a whole: what the bot's methods and the patients' thumbs both work on."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.settings import Settings
from sandbox.state import Disk
from sandbox.telegram.chats import Chat, Chats, Message, said
from sandbox.telegram.files import Files, Stored, document, photo_sizes
from sandbox.telegram.updates import Updates
from sandbox.telegram.webhook import Webhook

MOST_QUERIES = 10_000


@dataclass(frozen=True, slots=True)
class Query:
    """A tap that the bot has not answered."""

    chat_id: int
    message_id: int
    data: str


class Telegram:
    def __init__(self, settings: Settings, clock: Clock, disk: Disk, faults: Faults) -> None:
        self.token = settings.telegram_token
        self.clock, self.disk, self.faults = clock, disk, faults
        self.chats = Chats()
        self.updates = Updates(faults, disk.touch)
        self.webhook = Webhook(self.updates, clock)
        self.files = Files(settings.state and settings.state.with_suffix(".files"))
        self.commands: dict[str, list[dict[str, str]]] = {}
        self.queries: dict[str, Query] = {}
        self.on_said: Callable[[Chat], None] | None = None  # a burst that waits for replies
        self.bot = {
            "id": int(self.token.split(":")[0]),
            "is_bot": True,
            "first_name": "GIST Companion",
            "username": settings.telegram_username,
        }

    def say(self, chat: Chat, content: dict[str, Any], markup: dict[str, Any]) -> Message:
        """The bot says something."""
        if "inline_keyboard" in markup:
            content["reply_markup"] = {"inline_keyboard": markup["inline_keyboard"]}
        message = chat.add(self.bot, self.clock.timestamp(), content)
        chat.typing_until = 0.0
        lay_keyboard(chat, markup)
        self.disk.touch()
        if self.on_said:
            self.on_said(chat)
        return message

    def hear(self, chat: Chat, content: dict[str, Any]) -> tuple[int, int]:
        """The patient says something; the message's number and the update's."""
        message = chat.heard(self.clock.timestamp(), content)
        number = message["message_id"]
        update_id = self.updates.add("message", message, chat.chat_id, number)
        self.disk.touch()
        return number, update_id

    def hear_text(self, chat: Chat, text: str) -> tuple[int, int]:
        return self.hear(chat, said(text))

    def hear_file(self, chat: Chat, kind: str, stored: Stored, caption: str) -> tuple[int, int]:
        content = self.file_content(kind, stored)
        return self.hear(chat, content | ({"caption": caption} if caption else {}))

    def file_content(self, kind: str, stored: Stored) -> dict[str, Any]:
        if kind == "photo":
            return {"photo": photo_sizes(stored, self.files.read(stored))}
        return {"document": document(stored)}

    def tap(self, chat: Chat, message: Message, button: dict[str, Any]) -> int:
        """The patient taps a button that is under a message; the update's number."""
        query_id = str(secrets.randbits(63))
        query = {
            "id": query_id,
            "from": chat.who,
            "message": message,
            "chat_instance": str(-chat.chat_id * 7919),
            "data": button["callback_data"],
        }
        number = message["message_id"]
        self.queries[query_id] = Query(chat.chat_id, number, query["data"])
        if len(self.queries) > MOST_QUERIES:
            del self.queries[next(iter(self.queries))]
        chat.read_id = chat.last_id
        self.disk.touch()
        return self.updates.add("callback_query", query, chat.chat_id, 0)

    def busy_buttons(self, chat_id: int) -> list[list[Any]]:
        return [[q.message_id, q.data] for q in self.queries.values() if q.chat_id == chat_id]

    def commands_for(self, chat: Chat) -> list[dict[str, str]]:
        code = str(chat.who.get("language_code", ""))[:2]
        return self.commands.get(code) or self.commands.get("", [])

    def kept(self) -> dict[str, Any]:
        return {
            "chats": self.chats.kept(),
            "updates": self.updates.kept(),
            "webhook": self.webhook.kept(),
            "files": self.files.kept(),
            "commands": self.commands,
        }

    def restore(self, kept: dict[str, Any]) -> None:
        self.chats.restore(kept["chats"])
        self.updates.restore(kept["updates"])
        self.files.restore(kept["files"])
        self.commands = kept["commands"]
        hook = kept["webhook"]
        if hook["url"]:
            self.webhook.set(hook["url"], hook["secret"], hook["max_connections"])


def lay_keyboard(chat: Chat, markup: dict[str, Any]) -> None:
    if "keyboard" in markup:
        rows = markup["keyboard"]
        chat.keyboard = [[k if isinstance(k, str) else k["text"] for k in row] for row in rows]
    elif markup.get("remove_keyboard"):
        chat.keyboard = []
