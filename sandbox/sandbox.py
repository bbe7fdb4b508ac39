"""The sandbox as a whole: both services, the clock, the faults, and their memory."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

from aiohttp import ClientSession, web

from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.seed import Seed
from sandbox.settings import Settings
from sandbox.state import Disk
from sandbox.stepping import Stepper, Worker
from sandbox.telegram.service import Telegram
from sandbox.twilio.service import Twilio

LOOK_AT_SEED_EVERY_S = 1.0


class Sandbox:
    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.clock = Clock()
        self.faults = Faults()
        self.disk = Disk(settings.state)
        self.telegram = Telegram(settings, self.clock, self.disk, self.faults)
        self.twilio = Twilio(settings, self.clock, self.disk, self.faults)
        self.worker = Worker(settings.worker_events_url, settings.worker_patience_s)
        self.stepper = Stepper(self.clock, self.worker, self.twilio, self.disk)
        self.seed = Seed(settings.seed, self.telegram, self.disk)

    async def live(self, app: web.Application) -> AsyncIterator[None]:
        """From the start of the server to its end."""
        async with ClientSession() as http:
            self.telegram.webhook.http = self.twilio.http = self.worker.http = http
            self._restore(self.disk.load())
            self.disk.snapshot = self._kept
            seeding = asyncio.ensure_future(self._follow_seed())
            yield
            seeding.cancel()
            self.telegram.webhook.stop()
            self.disk.save()

    async def _follow_seed(self) -> None:
        while True:
            self.seed.reread()
            await asyncio.sleep(LOOK_AT_SEED_EVERY_S)

    def _kept(self) -> dict[str, Any]:
        return {
            "offset_seconds": self.clock.offset.total_seconds(),
            "telegram": self.telegram.kept(),
            "twilio": self.twilio.kept(),
            "seed": self.seed.told,
        }

    def _restore(self, kept: dict[str, Any]) -> None:
        if kept:
            self.clock.offset = timedelta(seconds=kept["offset_seconds"])
            self.seed.told = kept["seed"]
            self.telegram.restore(kept["telegram"])
            self.twilio.restore(kept["twilio"])
