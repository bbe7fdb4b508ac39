"""The bot's two ways to hear, against the stand-in of Telegram in a process of its own."""

import asyncio
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from app.senders.telegram import Telegram
from app.settings import SANDBOX_TELEGRAM_TOKEN, Settings, load_settings
from app.work import Begin
from app.worker import Worker
from bot.telegram import Poller
from bot.webhook import Webhook
from tests.story.processes import ask_json, free_port, until

SECRET = "a-secret-of-the-tests-that-is-long-enough"
_numbers = count(501)


class Phones:
    """What patients do and see; chats have numbers that no other test used."""

    def __init__(self, url: str) -> None:
        self.url, self.api = url, f"{url}/bot{SANDBOX_TELEGRAM_TOKEN}"

    def clean(self) -> None:
        ask_json("POST", f"{self.api}/deleteWebhook", {"drop_pending_updates": True})
        ask_json("DELETE", f"{self.url}/control/faults")

    def new_chat(self) -> int:
        return next(_numbers)

    def say(self, chat_id: int, text: str) -> dict[str, Any]:
        return self._do("messages", {"chat_id": chat_id, "text": text})

    def tap(self, chat_id: int, data: str) -> dict[str, Any]:
        return self._do("taps", {"chat_id": chat_id, "data": data})

    def send(self, chat_id: int, kind: str = "message", **payload: Any) -> dict[str, Any]:
        return self._do("updates", {"chat_id": chat_id, "kind": kind, "payload": payload})

    def fault(self, kind: str, **more: Any) -> None:
        ask_json("POST", f"{self.url}/control/faults", {"service": "telegram", "kind": kind, **more})

    def heard(self, chat_id: int) -> list[str]:
        chat = ask_json("GET", f"{self.url}/control/telegram/chats/{chat_id}")
        return [one["text"] for one in chat["messages"] if one["from"] == "bot"]

    def waiting(self) -> int:
        return int(ask_json("GET", f"{self.api}/getWebhookInfo")["result"]["pending_update_count"])

    def _do(self, what: str, body: dict[str, Any]) -> dict[str, Any]:
        return ask_json("POST", f"{self.url}/control/telegram/{what}", body)


@contextmanager
def open_phones() -> Iterator[Phones]:
    port = str(free_port())
    env = {**os.environ, "SANDBOX_PORT": port, "SANDBOX_STATE": "", "SANDBOX_SEED": "none.json"}
    running = subprocess.Popen([sys.executable, "-m", "sandbox"], env=env)
    phones = Phones(f"http://127.0.0.1:{port}")
    try:
        until(lambda: _answers(phones.url), 40)
        yield phones
    finally:
        running.terminate()
        running.wait(10)


def _answers(url: str) -> bool:
    try:
        return bool(ask_json("GET", f"{url}/control/clock"))
    except OSError:
        return False


def settings_for(phones: Phones, mode: str, database_url: str) -> Settings:
    port = free_port()
    env = {
        "SANDBOX": "1", "TELEGRAM_BASE_URL": f"{phones.url}/bot", "CHAT_PER_SECOND": "0",
        "TELEGRAM_PER_SECOND": "0", "DATABASE_URL": database_url, "CLOCK_URL": "",
        "BOT_PORT": str(port), "WEBHOOK_SECRET": SECRET,
    }  # fmt: skip
    if mode == "webhook":
        env["WEBHOOK_URL"] = f"http://127.0.0.1:{port}/telegram"
    return load_settings(env)


class Ears:
    """Hears, by polling or by webhook, until something is so."""

    def __init__(self, settings: Settings, begin: Begin) -> None:
        self.settings, self.begin = settings, begin

    def until(self, done: Callable[[], Any], within_s: float = 40) -> None:
        asyncio.run(self._until(done, within_s))

    async def _until(self, done: Callable[[], Any], within_s: float) -> None:
        telegram, stopping = Telegram(self.settings), asyncio.Event()
        await telegram.open()
        ears: Poller | Webhook = Poller(telegram, self.begin)
        if self.settings.webhook_url:
            ears = Webhook(telegram, self.begin, self.settings)
        await ears.announce()
        hearing = asyncio.create_task(ears.run(stopping))
        try:
            async with asyncio.timeout(within_s):
                while not await asyncio.to_thread(done):
                    await asyncio.sleep(0.05)
        finally:
            stopping.set()
            await hearing
            await telegram.close()


@contextmanager
def working(settings: Settings, begin: Begin) -> Iterator[Worker]:
    """A worker that delivers twice a second, as its schedule does."""
    worker, stopped = Worker(settings, lambda: begin_now(begin)), threading.Event()
    worker.start()

    def tick() -> None:
        while not stopped.wait(0.2):
            worker.deliver()

    ticking = threading.Thread(target=tick)
    ticking.start()
    try:
        yield worker
    finally:
        stopped.set()
        ticking.join()
        worker.stop()


def begin_now(begin: Begin) -> Any:
    with begin() as work:
        return work.now


def quiet_for(what: Callable[[], Any], seconds: float = 0.6) -> Any:
    """The answer, once it has not changed for a while."""
    last, since = what(), time.monotonic()
    while time.monotonic() - since < seconds:
        time.sleep(0.1)
        if (now := what()) != last:
            last, since = now, time.monotonic()
    return last
