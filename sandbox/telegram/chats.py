"""The patients' phones: who they are, what was said, what can be tapped."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sandbox.telegram.errors import bad_request
from sandbox.telegram.markup import found_in

MOST_MESSAGES = 400
Message = dict[str, Any]
LANGUAGE_CODES = {"zh-CN": "zh-hans", "zh": "zh-hans"}


@dataclass(slots=True)
class Chat:
    chat_id: int
    name: str = ""
    code: str = ""
    language: str = ""
    last_id: int = 0
    read_id: int = 0
    messages: dict[int, Message] = field(default_factory=dict)
    keyboard: list[list[str]] = field(default_factory=list)
    toast: dict[str, Any] | None = None
    typing_until: float = 0.0

    @property
    def who(self) -> dict[str, Any]:
        known = {"id": self.chat_id, "is_bot": False, "first_name": self.name}
        code = LANGUAGE_CODES.get(self.language, self.language)
        return known | {"language_code": code} if code else known

    @property
    def place(self) -> dict[str, Any]:
        return {"id": self.chat_id, "type": "private", "first_name": self.name}

    @property
    def typing(self) -> bool:
        return self.typing_until > time.monotonic()

    def add(self, sender: dict[str, Any], date: int, content: dict[str, Any]) -> Message:
        self.last_id += 1
        head = {"message_id": self.last_id, "from": sender, "chat": self.place, "date": date}
        message = head | content
        self.messages[self.last_id] = message
        if len(self.messages) > MOST_MESSAGES:
            del self.messages[next(iter(self.messages))]
        return message

    def heard(self, date: int, content: dict[str, Any]) -> Message:
        """The patient says something; whoever writes has read."""
        message = self.add(self.who, date, content)
        self.read_id = self.last_id
        return message

    def unread(self) -> int:
        return sum(
            number > self.read_id and message["from"]["is_bot"]
            for number, message in self.messages.items()
        )

    def buttons(self, message_id: int | None = None) -> Iterator[tuple[Message, dict[str, Any]]]:
        """What can be tapped, the newest message first."""
        for number in sorted(self.messages, reverse=True):
            if message_id in (None, number):
                message = self.messages[number]
                for row in message.get("reply_markup", {}).get("inline_keyboard", ()):
                    yield from ((message, button) for button in row)

    def kept(self) -> dict[str, Any]:
        names = ("chat_id", "name", "code", "language", "last_id", "read_id", "keyboard")
        kept = {name: getattr(self, name) for name in names}
        return kept | {"messages": list(self.messages.values())}


class Chats:
    def __init__(self) -> None:
        self.by_id: dict[int, Chat] = {}

    def find(self, chat_id: Any) -> Chat:
        """The chat that the bot names."""
        try:
            return self.by_id[int(chat_id)]
        except (KeyError, TypeError, ValueError):
            raise bad_request("chat not found" if chat_id else "chat_id is empty") from None

    def open(self, chat_id: int, **about: Any) -> Chat:
        """The chat of this number, new if need be, with what is now known about it."""
        chat = self.by_id.get(chat_id)
        if chat is None:
            chat = self.by_id[chat_id] = Chat(chat_id, f"Patient {chat_id}")
        for name, value in about.items():
            if value is not None:
                setattr(chat, name, value)
        return chat

    def kept(self) -> list[dict[str, Any]]:
        return [chat.kept() for chat in self.by_id.values()]

    def restore(self, kept: list[dict[str, Any]]) -> None:
        for row in kept:
            messages = {message["message_id"]: message for message in row.pop("messages")}
            self.by_id[row["chat_id"]] = Chat(**row, messages=messages)


def said(text: str) -> dict[str, Any]:
    entities = found_in(text)
    return {"text": text, "entities": entities} if entities else {"text": text}
