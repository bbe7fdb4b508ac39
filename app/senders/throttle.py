"""This process's places in a rate, and those that it takes from what all processes share."""

import asyncio
import time
from collections import deque
from collections.abc import Callable

from app.senders.rate import Rate

# Takes so many places for this process; seconds until the first, or None when nobody can tell.
Take = Callable[[int], float | None]

_CHUNK, _LONGEST_CHUNK = 5, 10
_LAPSES_S = 0.25  # after its moment, within which a place is used or lost


class Throttle:
    """Lets the rate of this process through; zero means no limit."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._free_at = float("-inf")

    async def turn(self) -> None:
        """Wait for a place. Places are given in the order of asking."""
        if not self._rate:
            return
        now = time.monotonic()
        place = self._rate.first(self._free_at, now)
        self._free_at = place + self._rate.gap_s
        if place > now:
            await asyncio.sleep(place - now)


class SharedThrottle:
    """Lets through what all processes together may send.

    Places are taken some at a time, so that not every message costs a transaction. While nobody
    can tell, this process keeps the rate alone.
    """

    def __init__(self, rate: Rate, take: Take | None) -> None:
        self._rate, self._take = rate, take
        self._own = Throttle(rate)
        self._places: deque[float] = deque()
        self._line = asyncio.Lock()
        self._waiting = 0

    async def turn(self) -> None:
        """Wait for a place. Places are given in the order of asking."""
        if not self._rate:
            return
        if self._take is not None:
            await self._shared_turn(self._take)
        await self._own.turn()

    async def _shared_turn(self, take: Take) -> None:
        self._waiting += 1
        try:
            async with self._line:
                place = await self._place(take)
        finally:
            self._waiting -= 1
        if place > (now := time.monotonic()):
            await asyncio.sleep(place - now)

    async def _place(self, take: Take) -> float:
        oldest = time.monotonic() - _LAPSES_S
        while self._places and self._places[0] < oldest:
            self._places.popleft()
        if not self._places:
            await self._fill(take)
        return self._places.popleft()

    async def _fill(self, take: Take) -> None:
        wanted = min(max(self._waiting, _CHUNK), _LONGEST_CHUNK)
        wait = await asyncio.to_thread(take, wanted)
        now = time.monotonic()
        first = now if wait is None else now + wait
        self._places.extend(max(first + n * self._rate.gap_s, now) for n in range(wanted))
