"""Polls Telegram: fetch, commit, then confirm; replies go out while the next are fetched."""

import asyncio
from collections.abc import Sequence

import structlog
from telegram import BotCommand
from telegram.error import TelegramError

from app.senders.telegram import Telegram
from app.services.replies import left_over
from app.work import Begin
from bot.chats import Heard
from bot.commands import announced
from bot.sending import Replies
from bot.updates import DATABASE_AWAY, Update, answered, chat_of, strangers_in

_log = structlog.get_logger("bot")
_BATCH = 100
_POLL_S = 25
_PATIENCE_S = 1.0


class Poller:
    """Fetches updates, has them answered one transaction each, confirms, sends."""

    def __init__(self, telegram: Telegram, begin: Begin) -> None:
        self._telegram, self._begin = telegram, begin
        self._replies = Replies(telegram, begin)

    async def announce(self) -> None:
        """Make sure that we poll. Raises TelegramError."""
        await self._telegram.bot.delete_webhook()

    async def run(self, stopping: asyncio.Event) -> None:
        """Poll until told to stop, then let what is under way be sent and settled."""
        await self._take_over()
        settling = asyncio.create_task(self._replies.settle_often())
        offset = 0
        while not stopping.is_set():
            updates = await self._fetch(offset, stopping)
            for update in updates:
                await self._handle(update)
                await asyncio.sleep(0)  # let replies under way go on
                offset = update["update_id"] + 1
        if offset:
            await self._confirm(offset)
        await self._replies.finish()
        settling.cancel()
        self._replies.settle()

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

    async def _handle(self, update: Update) -> None:
        strangers = list(strangers_in(update))
        for chat_id, language in strangers:
            self._replies.decline(chat_id, language)
        if not strangers:
            self._replies.soon(update, await self._answer(update))

    async def _answer(self, update: Update) -> Heard | None:
        """Its answer, however long the database takes."""
        behind, chat_id = self._replies.behind, chat_of(update)
        while True:
            try:
                heard = answered(self._begin, update, chat_id in behind, self._telegram.chat_rate)
            except DATABASE_AWAY as error:
                _log.error("database does not answer", error=type(error).__name__)
                await asyncio.sleep(_PATIENCE_S)
            else:
                if heard is not None and not heard.waits:
                    behind.discard(heard.chat_id)
                return heard

    async def _take_over(self) -> None:
        """What a bot that died had still to send is the worker's, and goes before anything new."""
        while True:
            try:
                with self._begin() as work:
                    self._replies.behind |= left_over(work)
            except DATABASE_AWAY as error:
                _log.error("database does not answer", error=type(error).__name__)
                await asyncio.sleep(_PATIENCE_S)
            else:
                return


async def tell_commands(telegram: Telegram) -> None:
    """Tell Telegram the commands in both languages. Raises TelegramError."""
    for language, code in (("en", None), ("zh-CN", "zh")):
        commands = [BotCommand(name, words) for name, words in announced(language)]
        await telegram.bot.set_my_commands(commands, language_code=code)
