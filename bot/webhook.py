"""Listens for Telegram: 200 only after the transaction, and after the chat's reply where it can be.

Telegram sends a chat's next update after the 200 of the one before, so that several of
these processes keep each chat's order: its reply is on the phone by then, or its row waits
before the next.
"""

import asyncio
import hmac
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from time import monotonic
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

import structlog
from aiohttp import web

from app.senders.telegram import Telegram
from app.settings import Settings
from app.work import Begin
from bot.chats import START_WITHIN_S, Heard
from bot.sending import Replies, settle_all
from bot.updates import DATABASE_AWAY, Update, answered, chat_of, strangers_in

_log = structlog.get_logger("bot")
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_MOST_BYTES = 1024 * 1024  # an update is of some kilobytes
_REPLY_WITHIN_S = 8.0  # [own] after which the 200 goes out before the reply
_STOP_WITHIN_S = 20.0
_THREADS = 8  # of the database; SQLite has one writer, so it gets one


class Webhook:
    """A server of one path; the database is asked in threads, so that no chat waits for another."""

    def __init__(self, telegram: Telegram, begin: Begin, settings: Settings) -> None:
        self._telegram, self._begin, self._settings = telegram, begin, settings
        self._replies = Replies(telegram, begin)
        single = settings.database_url.startswith("sqlite")
        self._threads = ThreadPoolExecutor(1 if single else _THREADS)
        self._lines: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._runner: web.AppRunner | None = None

    async def announce(self) -> None:
        """Listen, and only then ask Telegram to send here. Raises TelegramError."""
        if self._runner is None:
            await self._listen()
        await self._telegram.listen_at(
            str(self._settings.webhook_url), self._settings.webhook_secret
        )

    async def run(self, stopping: asyncio.Event) -> None:
        """Serve until told to stop; what came in is answered, and sent, and settled."""
        await stopping.wait()
        if self._runner is not None:
            await self._runner.cleanup()
        await self._replies.finish()
        self._threads.shutdown()

    async def _listen(self) -> None:
        app = web.Application(client_max_size=_MOST_BYTES)
        path = urlsplit(str(self._settings.webhook_url)).path or "/"
        app.add_routes([web.post(path, self._post), web.get("/healthz", _healthz)])
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=_STOP_WITHIN_S)
        await self._runner.setup()
        at = self._settings.bot_bind, self._settings.bot_port
        await web.TCPSite(self._runner, *at, reuse_port=True).start()

    async def _post(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._settings.webhook_secret.encode()):
            raise web.HTTPForbidden(text="The secret token is not ours.")
        update = _update_in(await request.read())
        for chat_id, language in strangers_in(update):
            self._replies.decline(chat_id, language)
            return web.Response()
        async with self._line_of(chat_of(update)):
            return await self._answer(update)

    def _line_of(self, chat_id: int | None) -> asyncio.Lock:
        """One at a time in a chat; the lock lives for as long as somebody holds or awaits it."""
        lock = self._lines.get(chat_id) if chat_id is not None else None
        if lock is None:
            lock = asyncio.Lock()
        if chat_id is not None:
            self._lines[chat_id] = lock
        return lock

    async def _answer(self, update: Update) -> web.Response:
        try:
            heard = await self._in_thread(self._hearing(update))
        except DATABASE_AWAY as error:
            _log.error("database does not answer", error=type(error).__name__)
            raise web.HTTPServiceUnavailable(text="Please send it again.") from error
        self._replies.stop_spinner_soon(update)
        if heard is not None and not heard.waits:
            await asyncio.wait({self._replies.started(self._reply(update, heard))},
                               timeout=_REPLY_WITHIN_S)  # fmt: skip
        return web.Response()

    def _hearing(self, update: Update) -> Callable[[], Heard | None]:
        pace = self._telegram.chat_rate
        return partial(answered, self._begin, update, in_turn=True, pace=pace)

    async def _reply(self, update: Update, heard: Heard) -> None:
        fate = await self._replies.say(update, heard, monotonic() + START_WITHIN_S)
        try:
            await self._in_thread(partial(self._settle, heard, fate))
        except DATABASE_AWAY as error:  # its lease lapses, and the worker sends it again
            _log.error("database does not answer", error=type(error).__name__)

    def _settle(self, heard, fate) -> None:  # type: ignore[no-untyped-def]
        with self._begin() as work:
            settle_all(work, [(heard, fate)])

    async def _in_thread(self, do):  # type: ignore[no-untyped-def]
        return await asyncio.get_running_loop().run_in_executor(self._threads, do)


def _update_in(body: bytes) -> Update:
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        raise web.HTTPBadRequest(text="This is no JSON.") from None
    if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
        raise web.HTTPBadRequest(text="This is no update.")
    return update


async def _healthz(_request: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})
