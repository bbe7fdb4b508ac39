"""Many patients at once, each going on as soon as the bot has answered: for measuring."""

import time
from collections import deque
from typing import Any

from sandbox.telegram.chats import Chat
from sandbox.telegram.service import Telegram


class Burst:
    """Every chat says its lines one after another; a line is a text or a button's data."""

    def __init__(self, telegram: Telegram, chat_ids: list[int], lines: list[dict[str, str]]):
        self.telegram = telegram
        self.scripts = {chat_id: deque(lines) for chat_id in chat_ids}
        self.left = len(chat_ids) * len(lines)
        self.awaited: set[int] = set()
        self.missing = 0
        self.started, self.ended = time.perf_counter(), 0.0

    def start(self) -> None:
        self.telegram.on_said = self.go_on
        for chat_id in self.scripts:
            self._next(self.telegram.chats.open(chat_id))

    def go_on(self, chat: Chat) -> None:
        if chat.chat_id not in self.awaited:
            return
        self.awaited.discard(chat.chat_id)
        self.left -= 1
        self._next(chat)
        if self.left <= 0 and not self.ended:
            self.ended = time.perf_counter()

    def _next(self, chat: Chat) -> None:
        script = self.scripts[chat.chat_id]
        while script:
            if self._do(chat, script.popleft()):
                self.awaited.add(chat.chat_id)
                return
            self.left -= 1
            self.missing += 1

    def _do(self, chat: Chat, line: dict[str, str]) -> bool:
        if "text" in line:
            self.telegram.hear_text(chat, line["text"])
            return True
        for message, button in chat.buttons():
            if button.get("callback_data") == line["data"]:
                self.telegram.tap(chat, message, button)
                return True
        return False

    def report(self) -> dict[str, Any]:
        seconds = (self.ended or time.perf_counter()) - self.started
        return {"left": self.left, "missing": self.missing, "seconds": round(seconds, 3)}
