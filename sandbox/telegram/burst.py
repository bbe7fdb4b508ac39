"""Many patients at once, each going on as soon as the bot has answered: for measuring."""

import time
from collections import deque
from typing import Any

from aiohttp import web

from sandbox.problems import Problem, control, read_body
from sandbox.telegram.bot import Bot
from sandbox.telegram.chats import Chat, said
from sandbox.telegram.control import TelegramControl

Line = dict[str, str]  # a text, or the data of a button


class Burst:
    """Every chat says its lines one after another."""

    def __init__(self, thumbs: TelegramControl, chat_ids: list[int], lines: list[Line]) -> None:
        self.thumbs = thumbs
        self.scripts = {chat_id: deque(lines) for chat_id in chat_ids}
        self.left = len(self.scripts) * len(lines)
        self.awaited: set[int] = set()
        self.missing = 0
        self.started, self.ended = time.perf_counter(), 0.0

    def start(self) -> None:
        self.thumbs.bot.on_said = self.go_on
        for chat_id in self.scripts:
            self._next(self.thumbs.bot.chats.open(chat_id))

    def go_on(self, chat: Chat) -> None:
        """The bot has answered, or asked again."""
        if chat.chat_id in self.awaited:
            self.awaited.discard(chat.chat_id)
            self._count()
            self._next(chat)

    def _count(self) -> None:
        self.left -= 1
        if self.left <= 0:
            self.ended = time.perf_counter()

    def _next(self, chat: Chat) -> None:
        script = self.scripts[chat.chat_id]
        while script:
            if self._do(chat, script.popleft()):
                self.awaited.add(chat.chat_id)
                return
            self.missing += 1
            self._count()

    def _do(self, chat: Chat, line: Line) -> bool:
        if "text" in line:
            self.thumbs.hear(chat, said(line["text"]))
            return True
        for message, button in chat.buttons():
            if button.get("callback_data") == line["data"]:
                self.thumbs.touch(chat, message, line["data"])
                return True
        return False

    def report(self) -> dict[str, Any]:
        seconds = (self.ended or time.perf_counter()) - self.started
        return {"left": self.left, "missing": self.missing, "seconds": round(seconds, 3)}


class BurstControl:
    def __init__(self, bot: Bot) -> None:
        self.thumbs = TelegramControl(bot)
        self.burst: Burst | None = None

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/control/telegram/burst", control(self.begin)),
            web.get("/control/telegram/burst", control(self.report)),
        ]

    async def begin(self, request: web.Request) -> web.Response:
        body = await read_body(request, {"chat_ids", "lines"}, set())
        if not all(_is_line(line) for line in body["lines"]):
            raise Problem(422, "A line is {text} or {data}.", "/lines")
        self.burst = Burst(self.thumbs, body["chat_ids"], body["lines"])
        self.burst.start()
        return web.json_response(self.burst.report())

    async def report(self, request: web.Request) -> web.Response:
        if self.burst is None:
            raise Problem(404, "No burst was started.")
        return web.json_response(self.burst.report())


def _is_line(line: Any) -> bool:
    return isinstance(line, dict) and set(line) in ({"text"}, {"data"})
