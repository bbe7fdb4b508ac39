"""Updates pushed to a bot that listens, until it says 200.

In order within a chat, side by side between chats.
"""

import asyncio
from collections import deque
from typing import Any

import aiohttp

from sandbox.telegram.bodies import Params, parsed
from sandbox.telegram.bot import Bot
from sandbox.telegram.errors import bad_request
from sandbox.telegram.updates import Update

SHORTEST_WAIT_S, LONGEST_WAIT_S = 0.1, 5.0
ANSWER_WITHIN_S = 30.0
MOST_CONNECTIONS = 40


class Webhook:
    def __init__(self, bot: Bot, http: aiohttp.ClientSession) -> None:
        self.bot, self.http = bot, http
        self.url = self.secret = ""
        self.last_error: dict[str, Any] = {}
        self._lanes: dict[int, deque[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(MOST_CONNECTIONS)

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
        self.bot.updates.push = self._offer
        self.bot.updates.end_poll()
        for update in self.bot.updates.pending.values():
            self._offer(update)
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
        self._lanes.clear()
        for task in self._tasks:
            task.cancel()

    def info(self, params: Params) -> dict[str, Any]:
        return {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self.bot.updates.pending),
            "max_connections": MOST_CONNECTIONS,
            "allowed_updates": sorted(self.bot.updates.allowed),
        } | self.last_error

    def _offer(self, update: Update) -> None:
        lane = self._lanes.get(update.chat_id)
        if lane is not None:
            lane.append(update)
            return
        self._lanes[update.chat_id] = deque([update])
        task = asyncio.create_task(self._run(update.chat_id, self._lanes[update.chat_id]))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, chat_id: int, lane: deque[Update]) -> None:
        while lane:
            await self._insist(lane[0])
            lane.popleft()
        self._lanes.pop(chat_id, None)

    async def _insist(self, update: Update) -> None:
        wait_s = SHORTEST_WAIT_S
        while not await self._delivered(update):
            await asyncio.sleep(wait_s)
            wait_s = min(2 * wait_s, LONGEST_WAIT_S)

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
            async with (
                self._slots,
                self.http.post(
                    self.url, data=update.text.encode(), headers=headers, timeout=wait
                ) as answer,
            ):
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
