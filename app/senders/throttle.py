"""A rate budget: so many a second, with a small burst."""

import asyncio
import time


class Throttle:
    """Lets `per_second` through, `burst` at once; zero means no limit."""

    def __init__(self, per_second: float, burst: int) -> None:
        self._gap = 1 / per_second if per_second else 0.0
        self._burst = burst
        self._next = 0.0

    async def turn(self) -> None:
        """Wait for a place. Places are given in the order of asking."""
        if not self._gap:
            return
        now = time.monotonic()
        self._next = max(self._next, now - self._gap * (self._burst - 1)) + self._gap
        wait = self._next - self._gap - now
        if wait > 0:
            await asyncio.sleep(wait)
