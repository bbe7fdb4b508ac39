"""Polls Telegram: fetch, commit, then confirm; replies go out while the next are fetched."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from sqlalchemy.exc import OperationalError
from telegram import BotCommand, Update
from telegram.error import TelegramError

from app.senders import Fate, Sent
from app.senders.telegram import Telegram
from app.services.settling import settle, settle_sent
from app.texts import Reader, say
from app.texts.render import Rendered, render
from app.work import Begin, Work
from bot.conversation import Heard, Said, hear
from bot.flows import FLOWS
from bot.setaside import apologise, count_failure

_log = structlog.get_logger("bot")
_BATCH = 100
_POLL_S = 25
_TRIES = 3
_PATIENCE_S = 1.0
_SETTLE_S = 0.2
_COMMANDS = ("symptoms", "dose", "visit", "sf36", "language", "help", "cancel", "stop")
_ALLOWED = ["message", "callback_query"]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A committed reply with its words, ready to be sent."""

    clinic_id: str
    message_id: str
    chat_id: int
    words: Rendered
    instead_of: int | None = None


class Poller:
    """Fetches updates, has them answered one transaction each, confirms, sends."""

    def __init__(self, telegram: Telegram, begin: Begin) -> None:
        self._telegram, self._begin = telegram, begin
        self._lines: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._sent: list[tuple[Outgoing, Fate]] = []
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
                offset = update.update_id + 1
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
        fetching = asyncio.ensure_future(self._telegram.bot.get_updates(
            offset=offset, limit=_BATCH, timeout=_POLL_S, allowed_updates=_ALLOWED
        ))
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
            await self._telegram.bot.get_updates(offset=offset, timeout=0, limit=1)
        except TelegramError as error:
            _log.warning("not confirmed, will be repeated", error=type(error).__name__)

    async def _answer(self, update: Update) -> Outgoing | None:
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
                _log.error("update failed", update=update.update_id, error=type(error).__name__)
                if failures > _TRIES:
                    raise

    def _set_aside(self, work: Work, update: Update) -> Outgoing | None:
        """Law 4: one update never blocks the others."""
        count_failure(work, update.update_id, _chat_of(update), update.to_dict(), _TRIES)
        heard = apologise(work, update.update_id, _chat_of(update))
        return _outgoing(heard) if heard else None

    def _heard(self, work: Work, update: Update) -> Outgoing | None:
        said = said_in(update)
        heard = hear(work, said) if said else None
        return _outgoing(heard, _written_over(update)) if heard else None

    def _send_soon(self, update: Update, outgoing: Outgoing | None) -> None:
        task = asyncio.create_task(self._send(update, outgoing))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _send(self, update: Update, outgoing: Outgoing | None) -> None:
        if update.callback_query:
            await self._stop_spinner(update.callback_query.id)
        if outgoing is None:
            return
        async with self._lines[outgoing.chat_id]:
            fate = await self._telegram.send(
                outgoing.chat_id, outgoing.words, outgoing.instead_of
            )
        self._sent.append((outgoing, fate))

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
            for outgoing, fate in self._sent:
                if not isinstance(fate, Sent):
                    settle(work, outgoing.clinic_id, outgoing.message_id, fate)
        self._sent = []


def said_in(update: Update) -> Said | None:
    """What was said, or None for an update that is no private message or tap."""
    chat, user = update.effective_chat, update.effective_user
    if chat is None or chat.type != "private":
        return None
    tap = update.callback_query.data if update.callback_query else None
    message = update.message
    text = (message.text or message.caption) if message else None
    language = user.language_code if user else None
    return Said(update.update_id, chat.id, text, tap, language)


def _chat_of(update: Update) -> int | None:
    return update.effective_chat.id if update.effective_chat else None


def _written_over(update: Update) -> int | None:
    """A flow stays in one bubble: its next question is written over the one answered.

    What was tapped at home or under a reminder stays as it is.
    """
    query = update.callback_query
    if query is None or query.message is None:
        return None
    step = (query.data or "").rpartition(":")[0]
    begins = step in ("go", *(flow.name for flow in FLOWS.values()))
    return None if begins else query.message.message_id


def _outgoing(heard: Heard, instead_of: int | None = None) -> Outgoing:
    """Resolve the words now, in the chat's language and the patient's zone."""
    row = heard.row
    words = render(row.key, row.data, heard.reader)
    row.sent_to, row.sent_body = str(row.chat_id), words.text
    return Outgoing(row.clinic_id, row.id, int(row.chat_id or 0), words, instead_of)
