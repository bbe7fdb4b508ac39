"""How long the network takes from one status to the next; at once while the clock moves."""

import asyncio
from contextlib import suppress


class Pace:
    def __init__(self, step_s: float) -> None:
        self.step_s = step_s
        self._hurry = asyncio.Event()

    async def pause(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._hurry.wait(), self.step_s)

    def hurry(self, on: bool) -> None:
        if on:
            self._hurry.set()
        else:
            self._hurry.clear()
