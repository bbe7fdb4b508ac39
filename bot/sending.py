"""Replies on their way: each chat's in order, and what became of them written down.

A reply that Telegram does not take now is left to the worker, and so are those after it.
"""

import asyncio
from collections import defaultdict
from collections.abc import Coroutine
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import structlog

from app.senders import Fate, Sent, Unavailable
from app.senders.telegram import Telegram
from app.services.settling import Told, settle_many
from app.texts import Reader, language_of
from app.texts.render import Rendered, render
from app.work import Begin, Work
from bot.chats import START_WITHIN_S, Heard
from bot.updates import DATABASE_AWAY, Update, written_over

_log = structlog.get_logger("bot")
_SETTLE_S = 0.2


@dataclass(slots=True)
class Line:
    """Who waits to speak in a chat; `behind` when an earlier reply could not be sent.

    One that was sent is `unsettled` until that is written down.
    """

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0
    behind: bool = False
    unsettled: bool = False


class Replies:
    """Sends what was answered. `behind` are the chats whose replies the worker has."""

    def __init__(self, telegram: Telegram, begin: Begin) -> None:
        self._telegram, self._begin = telegram, begin
        self.behind: set[int] = set()
        self._lines: defaultdict[int, Line] = defaultdict(Line)
        self._sent: list[tuple[Heard, Fate]] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._leaving: set[int] = set()

    def soon(self, update: Update, heard: Heard | None) -> None:
        """Send in the background; settled with others a little later."""
        self.stop_spinner_soon(update)
        if heard is not None and not heard.waits:
            self._lines[heard.chat_id].waiting += 1
            self.started(self._in_line(update, heard, monotonic() + START_WITHIN_S))

    def started(self, coroutine: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """A task that is waited for at the end."""
        task = asyncio.create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _in_line(self, update: Update, heard: Heard, start_by: float) -> None:
        """A chat's next reply goes when the last is written down: a kill repeats one at most."""
        line = self._lines[heard.chat_id]
        async with line.lock:
            if line.unsettled:
                self._try_to_settle()
            fate: Fate = Unavailable("waits for an earlier reply", 0)
            if not line.behind:
                fate = await self.say(update, heard, start_by)
            line.behind = isinstance(fate, Unavailable)
            self._sent.append((heard, fate))
            line.waiting, line.unsettled = line.waiting - 1, True

    async def say(self, update: Update, heard: Heard, start_by: float) -> Fate:
        """Send it at its place in the chat's pace, or leave it to the worker."""
        if heard.pace_s > START_WITHIN_S:
            return Unavailable("waits for its place in the chat", heard.pace_s)
        if heard.pace_s:
            await asyncio.sleep(start_by - START_WITHIN_S + heard.pace_s - monotonic())
        return await self._telegram.send(
            heard.chat_id, heard.words, written_over(update), start_by
        )

    def stop_spinner_soon(self, update: Update) -> None:
        if "callback_query" in update:
            self.started(self._stop_spinner(update["callback_query"]["id"]))

    async def _stop_spinner(self, query_id: str) -> None:
        why = await self._telegram.stop_spinner(query_id)
        if why is not None:
            _log.info("tap not acknowledged", error=why)

    def decline(self, chat_id: int, language: str | None) -> None:
        """A group: say once that this works in a private chat only, and leave."""
        if chat_id not in self._leaving:
            self._leaving.add(chat_id)
            words = render("group.private_only", {}, Reader(language_of(language), "UTC"))
            self.started(self._leave(chat_id, words))

    async def _leave(self, chat_id: int, words: Rendered) -> None:
        fate = await self._telegram.leave(chat_id, words)
        self._leaving.discard(chat_id)  # it may be let in again
        if not isinstance(fate, Sent):
            _log.info("group not left", error=fate.why)

    async def settle_often(self) -> None:
        while True:
            await asyncio.sleep(_SETTLE_S)
            self._try_to_settle()

    def _try_to_settle(self) -> None:
        try:
            self.settle()
        except DATABASE_AWAY as error:
            _log.error("database does not answer", error=type(error).__name__)

    def settle(self) -> None:
        """Write down what became of the replies: many in one transaction."""
        if not self._sent:
            return
        told = list(self._sent)
        with self._begin() as work:
            settle_all(work, told)
        del self._sent[: len(told)]
        for heard, fate in told:
            self._settled(heard.chat_id, fate)

    def _settled(self, chat_id: int, fate: Fate) -> None:
        if isinstance(fate, Unavailable):
            self.behind.add(chat_id)
        line = self._lines.get(chat_id)
        if line is not None and line.waiting:
            line.unsettled = False
        elif line is not None:
            del self._lines[chat_id]

    async def finish(self) -> None:
        """Let what is under way be sent."""
        while self._tasks:
            await asyncio.gather(*self._tasks)


def settle_all(work: Work, told: list[tuple[Heard, Fate]]) -> None:
    settle_many(work, [(Told(one.clinic_id, one.message_id, 1), fate) for one, fate in told])
