"""All the stand-ins in one process, on loopback."""

import asyncio
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from sandbox.clock import Clock
from sandbox.control import Control
from sandbox.faults import Faults
from sandbox.seed import Seed
from sandbox.settings import Settings
from sandbox.state import Disk
from sandbox.stepping import Stepping
from sandbox.telegram.api import Api as TelegramApi
from sandbox.telegram.bot import Bot
from sandbox.telegram.burst import BurstControl
from sandbox.telegram.control import TelegramControl
from sandbox.telegram.raw import RawControl
from sandbox.telegram.webhook import Webhook
from sandbox.twilio.api import Api as TwilioApi
from sandbox.twilio.calls import Calls
from sandbox.twilio.control import TwilioControl
from sandbox.twilio.deliveries import Deliveries
from sandbox.twilio.pace import Pace
from sandbox.twilio.posts import Posts
from sandbox.twilio.sms import Sms

STATIC = Path(__file__).with_name("static")
MOST_BYTES = 50 * 1024 * 1024
SEED_EVERY_S = 1.0
FORMAT = 1  # of the state on disk; another one is left unread, and the phones start empty


class Sandbox:
    """The parts and what holds them together."""

    def __init__(self, settings: Settings, http: aiohttp.ClientSession) -> None:
        self.clock, self.faults, self.disk = Clock(), Faults(), Disk(settings.state)
        self.bot = Bot(settings, self.clock, self.disk, self.faults)
        self.webhook = Webhook(self.bot, http)
        self.telegram = TelegramApi(self.bot, self.webhook)
        self.posts = Posts(http, settings.twilio_auth_token)
        self.sms = Sms(self.clock, settings.twilio_account_sid)
        pace = Pace(settings.sms_step_s)
        self.calls = Calls(settings, pace, self.clock, self.posts, self.faults, self.disk)
        self.out = Deliveries(settings, pace, self.sms, self.posts, self.faults, self.disk)
        self.seed = Seed(settings.seed, self.bot.chats, self.sms, self.disk)
        self.stepping = Stepping(
            settings, self.clock, self.disk, http, self.quiet, self.calls.next_end
        )
        self.disk.snapshot = self.kept
        self.settings = settings
        self.watching: asyncio.Task[None] | None = None

    def routes(self) -> list[web.RouteDef]:
        s = self
        twilio = TwilioApi(s.settings, s.sms, s.calls, s.out, s.faults, s.disk)
        nurses = TwilioControl(s.settings, s.sms, s.calls, s.posts, s.faults, s.disk)
        return [
            web.route("*", "/bot{token}/{method}", self.telegram.call),
            web.get("/file/bot{token}/{path:.+}", self.telegram.file),
            *twilio.routes(),
            *TelegramControl(self.bot).routes(),
            *BurstControl(self.bot).routes(),
            *RawControl(self.bot).routes(),
            *nurses.routes(),
            *self.stepping.routes(),
            *Control(self.faults, self.bot, self.seed, self.disk, self.stepping).routes(),
            web.get("/", _page),
            web.get("/t.me/{username}", _page),  # an invitation, opened on a new phone
        ]

    def kept(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "offset_seconds": self.clock.offset.total_seconds(),
            "telegram": self.bot.kept(),
            "webhook": self.webhook.kept(),
            "twilio": self.sms.kept(),
            "calls": list(self.calls.by_sid.values()),
        }

    def restore(self, kept: dict[str, Any]) -> None:
        if kept.get("format") != FORMAT:
            return
        self.clock.set_offset(kept["offset_seconds"])
        self.bot.restore(kept["telegram"])
        self.sms.restore(kept["twilio"])
        self.calls.restore(kept["calls"])
        self.webhook.restore(kept["webhook"])
        self.out.resume()

    def start(self) -> None:
        self.restore(self.disk.load())
        self.seed.refresh()
        self.watching = asyncio.create_task(self.watch_seed())

    async def quiet(self) -> bool:
        """Let the bot hear what was said and texts arrive; whether there was any news."""
        heard = await self.bot.updates.all_heard()
        missed = await self.calls.end_unanswered()
        return await self.out.finish() or heard or missed

    async def watch_seed(self) -> None:
        while True:
            self.seed.refresh()
            await self.calls.end_unanswered()
            await asyncio.sleep(SEED_EVERY_S)

    async def stop(self) -> None:
        if self.watching:
            self.watching.cancel()
        self.bot.updates.close()
        self.webhook.stop()
        self.out.stop()
        self.disk.save()


async def _page(request: web.Request) -> web.StreamResponse:
    page = STATIC / "index.html"
    if not page.exists():
        return web.Response(text="The phones have no page yet.", status=404)
    return web.FileResponse(page, headers={"Cache-Control": "no-cache"})


async def start(settings: Settings) -> tuple[web.AppRunner, int]:
    """Serve on loopback; the port is told back, as 0 picks a free one."""
    runner = web.AppRunner(await make_app(settings), access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", settings.port)
    try:
        await site.start()
    except OSError:
        await runner.cleanup()
        raise
    return runner, runner.addresses[0][1]


async def make_app(settings: Settings) -> web.Application:
    http = aiohttp.ClientSession()
    sandbox = Sandbox(settings, http)
    app = web.Application(client_max_size=MOST_BYTES)
    app.add_routes(sandbox.routes())
    app.router.add_static("/static/", STATIC)
    app.on_startup.append(lambda _: _begin(sandbox))
    app.on_shutdown.append(lambda _: sandbox.stop())
    app.on_cleanup.append(lambda _: http.close())
    return app


async def _begin(sandbox: Sandbox) -> None:
    sandbox.start()
