"""Updates pushed to a bot that listens: one at a time, in order, until it says 200."""

import asyncio
from typing import Any

import aiohttp

from sandbox.telegram.bodies import Params, parsed
from sandbox.telegram.bot import Bot
from sandbox.telegram.errors import bad_request
from sandbox.telegram.updates import Update

SHORTEST_WAIT_S, LONGEST_WAIT_S = 0.1, 5.0
ANSWER_WITHIN_S = 30.0


class Webhook:
    def __init__(self, bot: Bot, http: aiohttp.ClientSession) -> None:
        self.bot, self.http = bot, http
        self.url = self.secret = ""
        self.last_error: dict[str, Any] = {}
        self._task: asyncio.Task[None] | None = None
        self._news = asyncio.Event()

    def set(self, params: Params) -> bool:
        url = params.get("url") or ""
        if not url:
            return self.delete(params)
        if not url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        self.delete(params)
        allowed = parsed(params, "allowed_updates")
        if allowed is not None:
            self.bot.updates.allowed = set(allowed)
        self._start(url, params.get("secret_token") or "")
        return True

    def _start(self, url: str, secret: str) -> None:
        self.url, self.secret = url, secret
        self.bot.updates.push = self._wake
        self.bot.updates.end_poll()
        self._news.set()
        self._task = asyncio.create_task(self._run())
        self.bot.disk.touch()

    def delete(self, params: Params) -> bool:
        if str(params.get("drop_pending_updates", "")).lower() == "true":
            self.bot.updates.pending.clear()
        self.stop()
        self.url, self.last_error = "", {}
        self.bot.updates.push = None
        self.bot.disk.touch()
        return True

    def stop(self) -> None:
        if self._task:
            self._task.cancel()
            self._task = None

    def info(self, params: Params) -> dict[str, Any]:
        return {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self.bot.updates.pending),
            "allowed_updates": sorted(self.bot.updates.allowed),
        } | self.last_error

    def _wake(self, update: Update | None = None) -> None:
        self._news.set()

    async def _run(self) -> None:
        wait_s = SHORTEST_WAIT_S
        while True:
            await self._news.wait()
            self._news.clear()
            for update in list(self.bot.updates.pending.values()):
                while not await self._delivered(update):
                    await asyncio.sleep(wait_s)
                    wait_s = min(2 * wait_s, LONGEST_WAIT_S)
                wait_s = SHORTEST_WAIT_S

    async def _delivered(self, update: Update) -> bool:
        if self.bot.faults.take("telegram", {"drop"}, "webhook", str(update.chat_id), named=True):
            return False
        if not await self._post(update):
            return False
        self.bot.updates.confirm(update)
        if self.bot.faults.take("telegram", {"repeat"}, "webhook", str(update.chat_id)):
            await self._post(update)
        return True

    async def _post(self, update: Update) -> bool:
        headers = {"Content-Type": "application/json"}
        if self.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.secret
        wait = aiohttp.ClientTimeout(total=ANSWER_WITHIN_S)
        try:
            async with self.http.post(
                self.url, data=update.text.encode(), headers=headers, timeout=wait
            ) as answer:
                return answer.ok or self._failed(f"Wrong response: {answer.status}")
        except (aiohttp.ClientError, TimeoutError) as error:
            return self._failed(str(error) or "Connection timed out")

    def _failed(self, why: str) -> bool:
        self.last_error = {
            "last_error_date": self.bot.clock.timestamp(),
            "last_error_message": why,
        }
        return False

    def kept(self) -> dict[str, str]:
        return {"url": self.url, "secret": self.secret}

    def restore(self, kept: dict[str, str]) -> None:
        if kept["url"]:
            self._start(kept["url"], kept["secret"])
