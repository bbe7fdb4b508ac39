"""Faults, the seed, and whether anything changed."""

from aiohttp import web

from sandbox.clock import real_now
from sandbox.faults import FIELDS, Faults
from sandbox.problems import control, read_body
from sandbox.seed import EMPTY, Seed
from sandbox.state import Disk
from sandbox.stepping import Stepping
from sandbox.telegram.bot import Bot


class Control:
    def __init__(
        self, faults: Faults, bot: Bot, seed: Seed, disk: Disk, stepping: Stepping
    ) -> None:
        self.faults, self.bot, self.seed = faults, bot, seed
        self.disk, self.stepping = disk, stepping

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/control/faults", control(self.faults_listed)),
            web.post("/control/faults", control(self.fault_added)),
            web.delete("/control/faults", control(self.faults_cleared)),
            web.get("/control/seed", control(self.seed_shown)),
            web.put("/control/seed", control(self.seed_planted)),
            web.get("/control/staff", control(self.staff)),
            web.get("/control/state", control(self.state)),
        ]

    async def faults_listed(self, request: web.Request) -> web.Response:
        return web.json_response({"faults": self.faults.listed()})

    async def fault_added(self, request: web.Request) -> web.Response:
        body = await read_body(request, {"service", "kind"}, FIELDS)
        self.faults.add(body)
        self.bot.updates.wake()
        self.disk.touch()
        return web.json_response({"faults": self.faults.listed()})

    async def faults_cleared(self, request: web.Request) -> web.Response:
        self.faults.active.clear()
        self.disk.touch()
        return web.json_response({"faults": []})

    async def seed_shown(self, request: web.Request) -> web.Response:
        self.seed.refresh()
        return web.json_response(self.seed.shown(real_now().timestamp()))

    async def seed_planted(self, request: web.Request) -> web.Response:
        self.seed.plant(await read_body(request, set(), set(EMPTY)))
        return web.json_response(self.seed.shown(real_now().timestamp()))

    async def staff(self, request: web.Request) -> web.Response:
        self.seed.refresh()
        return web.json_response({"staff": self.seed.staff(real_now().timestamp())})

    async def state(self, request: web.Request) -> web.Response:
        """A number that moves with every change: cheap to ask for again and again."""
        tag = f'"{self.disk.version}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304, headers=headers)
        changed = request.query.get("since") != str(self.disk.version)
        body = {"version": self.disk.version, "changed": changed} | self.stepping.shown()
        return web.json_response(body, headers=headers)
