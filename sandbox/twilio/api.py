"""Twilio's REST API, version 2010-04-01: messages and calls."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

from aiohttp import BasicAuth, web

from sandbox.clock import read_moment
from sandbox.faults import Faults, hang_up, hold
from sandbox.settings import Settings
from sandbox.state import Disk
from sandbox.twilio.calls import Calls
from sandbox.twilio.calls import resource as call_resource
from sandbox.twilio.deliveries import Deliveries
from sandbox.twilio.errors import Refusal, described, refused
from sandbox.twilio.sms import Message, Sms, resource

ROOT = "/2010-04-01/Accounts/{account}"
FAULTS = {"status", "timeout", "drop"}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Api:
    def __init__(
        self,
        settings: Settings,
        sms: Sms,
        calls: Calls,
        out: Deliveries,
        faults: Faults,
        disk: Disk,
    ) -> None:
        self.settings, self.sms, self.calls, self.out = settings, sms, calls, out
        self.faults, self.disk = faults, disk

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post(f"{ROOT}/Messages.json", self._guard("Messages", self.send)),
            web.get(f"{ROOT}/Messages.json", self._guard("Messages.list", self.listed)),
            web.get(f"{ROOT}/Messages/{{sid}}.json", self._guard("Messages.fetch", self.one)),
            web.post(f"{ROOT}/Calls.json", self._guard("Calls", self.call)),
            web.get(f"{ROOT}/Calls.json", self._guard("Calls.list", self.listed_calls)),
            web.get(f"{ROOT}/Calls/{{sid}}.json", self._guard("Calls.fetch", self.one_call)),
        ]

    def _guard(self, name: str, handler: Handler) -> Handler:
        """Check the account, let faults go wrong, and let a handler raise Refusal."""

        async def guarded(request: web.Request) -> web.StreamResponse:
            try:
                self._authenticate(request)
                return await self._with_faults(name, handler, request)
            except Refusal as refusal:
                return refused(refusal)

        return guarded

    def _authenticate(self, request: web.Request) -> None:
        wanted = BasicAuth(self.settings.twilio_account_sid, self.settings.twilio_auth_token)
        if request.headers.get("Authorization") != wanted.encode():
            raise Refusal(20003, "Authenticate", 401)
        if request.match_info["account"] != self.settings.twilio_account_sid:
            raise Refusal(20404, "The requested resource was not found", 404)

    async def _with_faults(
        self, name: str, handler: Handler, request: web.Request
    ) -> web.StreamResponse:
        """A fetch or a list goes wrong only when a fault names it."""
        to = str((await request.post()).get("To", ""))
        fault = self.faults.take("twilio", FAULTS, name, to, named="." in name)
        if fault is None:
            return await handler(request)
        if fault.kind == "timeout":
            return await hold(request)
        if fault.kind == "status":
            status = fault.status or (400 if fault.error_code else 500)
            return refused(described(status, fault.error_code), fault.retry_after)
        await handler(request)
        return hang_up(request)

    async def send(self, request: web.Request) -> web.Response:
        message = self.sms.order(await _form(request))
        answer = self._shown(message)
        self.disk.touch()
        self.out.start(self.out.deliver(message))
        return web.json_response(answer, status=201)

    async def one(self, request: web.Request) -> web.Response:
        return web.json_response(self._shown(_named(self.sms.by_sid, request)))

    async def listed(self, request: web.Request) -> web.Response:
        """Newest first, by To, From and DateSent."""
        rows = [self._shown(m) for m in _found(self.sms.by_sid, request, "DateSent")]
        return _paged(request, "messages", rows)

    async def call(self, request: web.Request) -> web.Response:
        call = self.calls.order(await _form(request))
        answer = call_resource(call, self.settings.twilio_account_sid)
        self.out.start(self.calls.ring(call))
        return web.json_response(answer, status=201)

    async def listed_calls(self, request: web.Request) -> web.Response:
        """Newest first, by To, From and StartTime."""
        account = self.settings.twilio_account_sid
        rows = [call_resource(c, account) for c in _found(self.calls.by_sid, request, "StartTime")]
        return _paged(request, "calls", rows)

    async def one_call(self, request: web.Request) -> web.Response:
        call = _named(self.calls.by_sid, request)
        return web.json_response(call_resource(call, self.settings.twilio_account_sid))

    def _shown(self, message: Message) -> dict[str, Any]:
        return resource(message, self.settings.twilio_account_sid)


def _named(rows: dict[str, dict[str, Any]], request: web.Request) -> dict[str, Any]:
    row = rows.get(request.match_info["sid"])
    if row is None:
        raise Refusal(20404, f"The requested resource {request.path} was not found", 404)
    return row


async def _form(request: web.Request) -> dict[str, str]:
    return {name: str(value) for name, value in (await request.post()).items()}


def _page_uri(request: web.Request, page: int) -> str:
    return f"{request.path}?{urlencode(dict(request.query) | {'Page': str(page)})}"


def _paged(request: web.Request, name: str, rows: list[dict[str, Any]]) -> web.Response:
    """A page of a list at a time."""
    page = int(request.query.get("Page", 0))
    size = min(int(request.query.get("PageSize", 50)), 1000)
    shown = rows[page * size : (page + 1) * size]
    more = (page + 1) * size < len(rows)
    return web.json_response(
        {
            name: shown,
            "page": page,
            "page_size": size,
            "start": page * size,
            "end": page * size + max(len(shown) - 1, 0),
            "uri": _page_uri(request, page),
            "first_page_uri": _page_uri(request, 0),
            "previous_page_uri": _page_uri(request, page - 1) if page else None,
            "next_page_uri": _page_uri(request, page + 1) if more else None,
        }
    )


def _found(
    rows: dict[str, dict[str, Any]], request: web.Request, date: str
) -> list[dict[str, Any]]:
    query = dict(request.query)
    return [row for row in reversed(rows.values()) if _matches(row, query, date)]


def _matches(row: dict[str, Any], query: dict[str, str], date: str) -> bool:
    made = read_moment(row["at"])
    after, before = query.get(f"{date}>"), query.get(f"{date}<")
    return (
        query.get("To") in (None, row["to"])
        and query.get("From") in (None, row["from"])
        and (date not in query or query[date][:10] == made.date().isoformat())
        and (after is None or made >= _moment(after))
        and (before is None or made <= _moment(before))
    )


def _moment(text: str) -> datetime:
    try:
        if len(text) == len("2026-01-01"):
            day = date.fromisoformat(text)
            return datetime(day.year, day.month, day.day, tzinfo=UTC)
        return read_moment(text)
    except ValueError:
        raise Refusal(20001, f"Unsupported date: {text}") from None
