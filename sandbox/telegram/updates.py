"""What the bot has still to hear: kept until confirmed, in order, by one listener."""

import asyncio
import json
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sandbox.faults import Faults
from sandbox.telegram.errors import conflict

FIRST_ID = 710_000_001
LONGEST_HEARING_S = 2.0
LISTENED_WITHIN_S = 1.0


@dataclass(frozen=True, slots=True)
class Update:
    update_id: int
    chat_id: int
    message_id: int
    text: str  # the JSON, made once


class Updates:
    def __init__(self, faults: Faults, on_confirmed: Callable[[], None]) -> None:
        self.faults = faults
        self.on_confirmed = on_confirmed
        self.next_id = FIRST_ID
        self.pending: OrderedDict[int, Update] = OrderedDict()
        self.allowed: set[str] = set()
        self.last_confirmed: Update | None = None
        self.push: Callable[[Update], None] | None = None  # set while there is a webhook
        self._poll: asyncio.Future[None] | None = None
        self._polled_at = -LISTENED_WITHIN_S
        self._unheard: int | None = None  # waited for in vain: not waited for again

    def add(self, kind: str, payload: dict[str, Any], chat_id: int, message_id: int) -> int:
        """Queue what happened, unless the bot did not ask for its kind."""
        number, self.next_id = self.next_id, self.next_id + 1
        if self.allowed and kind not in self.allowed:
            return number
        text = json.dumps({"update_id": number, kind: payload}, ensure_ascii=False)
        self._queue(Update(number, chat_id, message_id, text))
        return number

    def _queue(self, update: Update) -> None:
        self.pending[update.update_id] = update
        if self.push:
            self.push(update)
        self.wake()

    def wake(self) -> None:
        if self._poll and not self._poll.done():
            self._poll.set_result(None)

    def confirm(self, update: Update) -> None:
        if self.pending.pop(update.update_id, None):
            self.last_confirmed = update
            self.on_confirmed()

    def confirm_below(self, offset: int) -> None:
        if offset < 0:
            numbers = list(self.pending)
            offset = numbers[offset] if len(numbers) >= -offset else 0
        while self.pending and next(iter(self.pending)) < offset:
            self.confirm(next(iter(self.pending.values())))

    def waiting_of(self, chat_id: int) -> set[int]:
        """The messages of a chat that the bot has not confirmed."""
        return {held.message_id for held in self.pending.values() if held.chat_id == chat_id}

    async def all_heard(self) -> bool:
        """Give a bot that listens the time to confirm; whether there was anything to hear."""
        oldest = next(iter(self.pending), None)
        if oldest is None or oldest == self._unheard:
            return False
        until = time.monotonic() + LONGEST_HEARING_S
        while self.pending and self._listened() and time.monotonic() < until:
            await asyncio.sleep(0.01)
        self._unheard = next(iter(self.pending), None)
        return self._unheard is None

    def _listened(self) -> bool:
        recently = time.monotonic() - self._polled_at < LISTENED_WITHIN_S
        return bool(self._poll or self.push) or recently

    async def poll(self, offset: int, limit: int, timeout_s: float) -> list[Update]:
        if self.push:
            raise conflict(
                "can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first"
            )
        self.end_poll()
        self._polled_at = time.monotonic()
        self.confirm_below(offset)
        if not self.pending and timeout_s > 0 and not self._repeat_is_due():
            await self._wait(timeout_s)
        return self._answer(limit)

    def _answer(self, limit: int) -> list[Update]:
        answer = list(islice(self.pending.values(), limit))
        if answer and self.faults.take("telegram", {"drop"}, "getUpdates"):
            return []
        if self._repeat_is_due():
            answer.insert(0, self.repeated())
        return answer

    def _repeat_is_due(self) -> bool:
        return bool(self.last_confirmed and self.faults.active) and any(
            fault.hits("telegram", {"repeat"}, "getUpdates", "", False)
            for fault in self.faults.active
        )

    def repeated(self) -> Update:
        """The last confirmed update again, under its own number or under a new one."""
        fault = self.faults.take("telegram", {"repeat"}, "getUpdates")
        last = self.last_confirmed
        assert fault and last
        if not fault.new_update_id:
            return last
        number, self.next_id = self.next_id, self.next_id + 1
        text = json.dumps(json.loads(last.text) | {"update_id": number}, ensure_ascii=False)
        return Update(number, last.chat_id, last.message_id, text)

    async def _wait(self, timeout_s: float) -> None:
        mine = self._poll = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(mine, timeout_s)
        except TimeoutError:
            pass
        finally:
            if self._poll is mine:
                self._poll = None

    def end_poll(self) -> None:
        """A newer poll, or a webhook, takes the place of the one that waits."""
        if self._poll and not self._poll.done():
            self._poll.set_exception(
                conflict(
                    "terminated by other getUpdates request; "
                    "make sure that only one bot instance is running"
                )
            )

    def close(self) -> None:
        self.wake()

    def kept(self) -> dict[str, Any]:
        rows = [[u.update_id, u.chat_id, u.message_id, u.text] for u in self.pending.values()]
        return {"next_id": self.next_id, "pending": rows, "allowed": sorted(self.allowed)}

    def restore(self, kept: dict[str, Any]) -> None:
        self.next_id, self.allowed = kept["next_id"], set(kept["allowed"])
        self.pending.update(_rows(kept["pending"]))


def _rows(rows: Iterable[list[Any]]) -> Iterable[tuple[int, Update]]:
    return ((row[0], Update(*row)) for row in rows)
