"""Polls Telegram: fetch, commit, then confirm; replies go out while the next are fetched."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from sqlalchemy.exc import OperationalError
from telegram import BotCommand
from telegram.error import TelegramError

from app.senders import Fate, Sent
from app.senders.telegram import Telegram
from app.services.settling import settle, settle_sent
from app.texts import Reader, say
from app.work import Begin, Work
from bot.chats import Heard, Media, Said
from bot.conversation import hear
from bot.flows import FLOWS
from bot.setaside import apologise, count_failure

_log = structlog.get_logger("bot")
_BATCH = 100
_POLL_S = 25
_TRIES = 3
_PATIENCE_S = 1.0
_SETTLE_S = 0.2
_COMMANDS = (
    "well", "symptoms", "dose", "mydoses", "visit", "sf36", "more", "language", "help", "cancel",
    "stop",
)  # fmt: skip


Update = Mapping[str, Any]  # as the Bot API sends it


class Poller:
    """Fetches updates, has them answered one transaction each, confirms, sends."""

    def __init__(self, telegram: Telegram, begin: Begin) -> None:
        self._telegram, self._begin = telegram, begin
        self._lines: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._sent: list[tuple[Heard, Fate]] = []
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self, stopping: asyncio.Event) -> None:
        """Poll until told to stop, then let what is under way be sent and settled."""
        settling = asyncio.create_task(self._settle_often())
        offset = 0
        while not stopping.is_set():
            updates = await self._fetch(offset, stopping)
            for update in updates:
                self._send_soon(update, await self._answer(update))
                await asyncio.sleep(0)  # let replies under way go on
                offset = update["update_id"] + 1
        if offset:
            await self._confirm(offset)
        await asyncio.gather(*self._tasks)
        settling.cancel()
        self._settle()

    async def announce(self) -> None:
        """Make sure that we poll, and tell Telegram the commands in both languages."""
        await self._telegram.bot.delete_webhook()
        for language, code in (("en", None), ("zh-CN", "zh")):
            reader = Reader(language, "UTC")
            commands = [BotCommand(name, say(f"command.{name}", reader)) for name in _COMMANDS]
            await self._telegram.bot.set_my_commands(commands, language_code=code)

    async def _fetch(self, offset: int, stopping: asyncio.Event) -> Sequence[Update]:
        fetching = asyncio.ensure_future(self._telegram.updates(offset, _BATCH, _POLL_S))
        told = asyncio.ensure_future(stopping.wait())
        await asyncio.wait({fetching, told}, return_when=asyncio.FIRST_COMPLETED)
        told.cancel()
        if not fetching.done():
            fetching.cancel()
            return ()
        try:
            return fetching.result()
        except TelegramError as error:
            _log.warning("telegram does not answer", error=type(error).__name__)
            await asyncio.sleep(1)
            return ()

    async def _confirm(self, offset: int) -> None:
        try:
            await self._telegram.updates(offset, 1, 0)
        except TelegramError as error:
            _log.warning("not confirmed, will be repeated", error=type(error).__name__)

    async def _answer(self, update: Update) -> Heard | None:
        """Answer one update in its own transaction; set it aside when it fails three times."""
        failures = 0
        while True:
            try:
                with self._begin() as work:
                    answer = self._heard if failures < _TRIES else self._set_aside
                    return answer(work, update)
            except OperationalError as error:  # the database's fault: it costs time, nothing else
                _log.error("database does not answer", error=type(error.orig).__name__)
                await asyncio.sleep(_PATIENCE_S)
            except Exception as error:
                failures += 1
                _log.error("update failed", update=update["update_id"], error=type(error).__name__)
                if failures > _TRIES:
                    raise

    def _set_aside(self, work: Work, update: Update) -> Heard | None:
        """Law 4: one update never blocks the others."""
        count_failure(work, update["update_id"], _chat_of(update), dict(update), _TRIES)
        return apologise(work, update["update_id"], _chat_of(update))

    def _heard(self, work: Work, update: Update) -> Heard | None:
        said = said_in(update)
        return hear(work, said) if said else None

    def _send_soon(self, update: Update, heard: Heard | None) -> None:
        task = asyncio.create_task(self._send(update, heard))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _send(self, update: Update, heard: Heard | None) -> None:
        if "callback_query" in update:
            await self._stop_spinner(update["callback_query"]["id"])
        if heard is None:
            return
        async with self._lines[heard.chat_id]:
            fate = await self._telegram.send(heard.chat_id, heard.words, _written_over(update))
        self._sent.append((heard, fate))

    async def _stop_spinner(self, query_id: str) -> None:
        try:
            await self._telegram.stop_spinner(query_id)
        except TelegramError as error:
            _log.info("tap not acknowledged", error=type(error).__name__)

    async def _settle_often(self) -> None:
        while True:
            await asyncio.sleep(_SETTLE_S)
            try:
                self._settle()
            except OperationalError as error:
                _log.error("database does not answer", error=type(error.orig).__name__)

    def _settle(self) -> None:
        """Write down what became of the replies: many in one transaction."""
        if not self._sent:
            return
        good = [(one.clinic_id, one.message_id, fate.provider_id)
                for one, fate in self._sent if isinstance(fate, Sent)]  # fmt: skip
        with self._begin() as work:
            settle_sent(work, good)
            for heard, fate in self._sent:
                if not isinstance(fate, Sent):
                    settle(work, heard.clinic_id, heard.message_id, fate)
        self._sent = []


def said_in(update: Update) -> Said | None:
    """What was said, or None for an update that is no private message or tap."""
    query = update.get("callback_query")
    message = query.get("message") if query else update.get("message")
    if not message or message["chat"]["type"] != "private":
        return None
    told = query or message
    text = None if query else message.get("text") or message.get("caption")
    tap, language = told.get("data") if query else None, told["from"].get("language_code")
    media = None if query else _media_in(message)
    return Said(update["update_id"], message["chat"]["id"], text, tap, language, media)


_KINDS = ("photo", "voice", "sticker", "location", "video", "audio", "document", "contact")


def _media_in(message: Update) -> Media | None:
    """What is no text; of a photo the largest size."""
    if "text" in message:
        return None
    kind = next((one for one in _KINDS if one in message), "other")
    told = message.get(kind) or {}
    file = told[-1] if isinstance(told, list) else told
    return Media(kind, file.get("file_id"), file.get("file_size"))


def _chat_of(update: Update) -> int | None:
    told = update.get("callback_query") or update
    return told.get("message", {}).get("chat", {}).get("id")


def _written_over(update: Update) -> int | None:
    """A flow stays in one bubble: its next question is written over the one answered.

    What was tapped at home or under a reminder stays as it is.
    """
    query = update.get("callback_query")
    if query is None or "message" not in query:
        return None
    step = query.get("data", "").rpartition(":")[0]
    begins = step in ("go", *(flow.name for flow in FLOWS.values()))
    return None if begins else query["message"]["message_id"]
