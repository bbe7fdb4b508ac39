"""Moving the clock from event to event, so that nothing is jumped over."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import aiohttp
from aiohttp import web

from sandbox.clock import Clock, read_duration, read_moment, rfc3339
from sandbox.problems import Problem, control, read_body
from sandbox.settings import Settings
from sandbox.state import Disk

MOST_EVENTS = 20_000
SETTLE_WITHIN_S = 120.0
BETWEEN_TRIES_S = 0.25
MOST_STUCK = 5
FOLLOWED_S = 0.3  # the product asks for the offset four times a second


class NobodyWorks(Exception):
    """The worker did not answer."""


@dataclass(slots=True)
class Trip:
    """One move of the clock."""

    target: datetime | None  # None: to the next event, whenever it is
    events: int = 0
    stuck: int = 0
    last: datetime | None = None

    def reaches(self, event: datetime | None) -> bool:
        if event is None or self.events >= MOST_EVENTS or self.stuck >= MOST_STUCK:
            return False
        return self.events == 0 if self.target is None else event <= self.target

    def count(self, event: datetime) -> None:
        self.stuck = self.stuck + 1 if event == self.last else 0
        self.events += not self.stuck
        self.last = event


class Stepping:
    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        disk: Disk,
        http: aiohttp.ClientSession,
        quiet: Callable[[], Awaitable[bool]],
        own_event: Callable[[], datetime | None] = lambda: None,
    ) -> None:
        self.url, self.patience_s = settings.worker_events_url, settings.worker_patience_s
        self.clock, self.disk, self.http, self.quiet = clock, disk, http, quiet
        self.own_event = own_event
        self._one_at_a_time = asyncio.Lock()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/control/clock", control(self.read)),
            web.post("/control/clock", control(self.move)),
        ]

    async def read(self, request: web.Request) -> web.Response:
        return web.json_response(self.shown())

    def shown(self) -> dict[str, Any]:
        return {
            "now": rfc3339(self.clock.now()),
            "offset_seconds": self.clock.offset.total_seconds(),
        }

    async def move(self, request: web.Request) -> web.Response:
        body = await read_body(request, set(), {"advance", "next_event"})
        if ("advance" in body) == (body.get("next_event") is True):
            raise Problem(422, "Either advance, or next_event: true.", "/advance")
        by = _duration(body["advance"]) if "advance" in body else None
        async with self._one_at_a_time:
            trip = Trip(self.clock.now() + by if by is not None else None)
            settled = await self._travel(trip)
            await asyncio.sleep(FOLLOWED_S)  # so that whoever speaks next is at the new time
        self.disk.touch()
        return web.json_response(self.shown() | {"events": trip.events, "settled": settled})

    async def _travel(self, trip: Trip) -> bool:
        """Whether the worker handled all that fell due on the way."""
        await self.quiet()
        try:
            settled = await self._step(trip)
        except NobodyWorks:
            settled = False
        if trip.target is None:
            return settled
        self.clock.move_to(trip.target)
        return settled and await self._settled()

    async def _step(self, trip: Trip) -> bool:
        event = self._next(await self._ask("GET", self.url))
        while event is not None and trip.reaches(event):
            trip.count(event)
            self.clock.move_to(event)
            self.disk.touch()
            event = self._next(await self._settle())
        return trip.stuck < MOST_STUCK and trip.events < MOST_EVENTS

    def _next(self, answer: Mapping[str, Any]) -> datetime | None:
        """The worker's next event or our own, whichever comes first."""
        text = answer.get("next_event_at")
        events = [read_moment(text) if text else None, self.own_event()]
        return min((event for event in events if event is not None), default=None)

    async def _settled(self) -> bool:
        try:
            await self._settle()
        except NobodyWorks:
            return False
        return True

    async def _settle(self) -> Mapping[str, Any]:
        """What is due by now is done, and so is what the providers' posts then bring."""
        answer = await self._settle_once()
        for _ in range(MOST_STUCK):
            if not await self.quiet():
                break
            answer = await self._settle_once()
        return answer

    async def _settle_once(self) -> Mapping[str, Any]:
        body = {
            "now": self.clock.now().isoformat(),
            "offset_seconds": self.clock.offset.total_seconds(),
        }
        return await self._ask("POST", f"{self.url}/settle", json=body)

    async def _ask(self, method: str, url: str, **content: Any) -> Mapping[str, Any]:
        """The worker may be starting: it is waited for, not for ever."""
        loop = asyncio.get_running_loop()
        until = loop.time() + self.patience_s
        while True:
            try:
                return await self._try(method, url, **content)
            except (aiohttp.ClientError, TimeoutError, ValueError) as error:
                if loop.time() >= until:
                    raise NobodyWorks(str(error)) from error
            await asyncio.sleep(BETWEEN_TRIES_S)

    async def _try(self, method: str, url: str, **content: Any) -> Mapping[str, Any]:
        wait = aiohttp.ClientTimeout(total=SETTLE_WITHIN_S, connect=2)
        async with self.http.request(method, url, timeout=wait, **content) as answer:
            answer.raise_for_status()
            found = await answer.json()
        if not isinstance(found, dict):
            raise ValueError(f"{url} did not answer an object")
        return found


def _duration(text: object) -> Any:
    try:
        return read_duration(text)
    except ValueError:
        raise Problem(422, "advance is a duration like PT1H or P1D.", "/advance") from None
