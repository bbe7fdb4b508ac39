"""Twilio's REST API under its ordinary paths."""

import base64
import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from aiohttp import web

from sandbox.clock import read_moment
from sandbox.faults import Fault, hang_up, hold
from sandbox.twilio.service import Twilio
from sandbox.twilio.texts import API_VERSION, Call, Text, call_resource, resource

_PHONE = re.compile(r"\+[1-9]\d{6,14}")
ALWAYS_INVALID = "+15005550001"  # Twilio's own test number
LONGEST_BODY = 1600
Form = dict[str, str]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Refused(Exception):
    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


def twilio_rest(twilio: Twilio) -> list[web.RouteDef]:
    rest = Rest(twilio)
    base = f"/{API_VERSION}/Accounts/{{account}}"
    return [
        web.post(f"{base}/Messages.json", rest.guarded(rest.create_message)),
        web.get(f"{base}/Messages.json", rest.guarded(rest.list_messages)),
        web.get(f"{base}/Messages/{{sid}}.json", rest.guarded(rest.show_message)),
        web.post(f"{base}/Calls.json", rest.guarded(rest.create_call)),
        web.get(f"{base}/Calls.json", rest.guarded(rest.list_calls)),
        web.get(f"{base}/Calls/{{sid}}.json", rest.guarded(rest.show_call)),
    ]


class Rest:
    def __init__(self, twilio: Twilio) -> None:
        self.twilio = twilio
        self.account = twilio.settings.twilio_account_sid

    def guarded(self, handler: Handler) -> Handler:
        async def call(request: web.Request) -> web.StreamResponse:
            try:
                self._check_key(request)
                return await self._through_faults(handler, request)
            except Refused as refused:
                return _refusal(refused)

        return call

    def _check_key(self, request: web.Request) -> None:
        pair = f"{self.account}:{self.twilio.settings.twilio_auth_token}"
        wanted = "Basic " + base64.b64encode(pair.encode()).decode()
        named = request.match_info["account"]
        if request.headers.get("Authorization") != wanted or named != self.account:
            raise Refused(401, 20003, "Authenticate")

    async def _through_faults(self, handler: Handler, request: web.Request) -> web.StreamResponse:
        method = request.path.removesuffix(".json").split("/")[4].lower()
        to = (await _form(request)).get("To", "") if request.method == "POST" else ""
        fault = self.twilio.faults.take(
            "twilio", {"status", "timeout", "drop"}, method, to, named=request.method != "POST"
        )
        if fault is None:
            return await handler(request)
        return await _suffer(handler, request, fault)

    async def create_message(self, request: web.Request) -> web.Response:
        form = await _form(request)
        self._check_message(form)
        text = Text(
            to=form["To"],
            sender=form.get("From") or self._number_of_service(form["To"]),
            body=form["Body"],
            status="accepted" if "MessagingServiceSid" in form else "queued",
            at=self.twilio.clock.now(),
            callback=form.get("StatusCallback", ""),
            service_sid=form.get("MessagingServiceSid"),
        )
        return self._created(resource(self.twilio.send(text), self.account))

    def _check_message(self, form: Form) -> None:
        to = form.get("To", "")
        _check_number(to)
        if not (form.get("From") or form.get("MessagingServiceSid")):
            raise Refused(400, 21603, "A 'From' phone number is required.")
        if not form.get("Body"):
            raise Refused(400, 21602, "Message body is required.")
        if len(form["Body"]) > LONGEST_BODY:
            raise Refused(400, 21617, "The concatenated message body exceeds the 1600 limit.")
        if to in self.twilio.stopped:
            raise Refused(400, 21610, "Attempt to send to unsubscribed recipient")

    def _number_of_service(self, to: str) -> str:
        return "+15005550006"

    async def show_message(self, request: web.Request) -> web.Response:
        text = self.twilio.texts.get(request.match_info["sid"])
        if text is None:
            raise _not_found(request)
        return web.json_response(resource(text, self.account))

    async def list_messages(self, request: web.Request) -> web.Response:
        query = request.query
        found = [
            resource(text, self.account)
            for text in reversed(self.twilio.texts.values())
            if query.get("To", text.to) == text.to
            and query.get("From", text.sender) == text.sender
            and _sent_when_asked(text.sent_at, query)
        ]
        return web.json_response(_page(request, "messages", found))

    async def create_call(self, request: web.Request) -> web.Response:
        form = await _form(request)
        _check_number(form.get("To", ""))
        if not (form.get("Url") or form.get("Twiml")):
            raise Refused(400, 21205, "Url parameter is required.")
        call = Call(
            to=form["To"],
            sender=form.get("From", ""),
            status="queued",
            at=self.twilio.clock.now(),
            url=form.get("Url", ""),
            callback=form.get("StatusCallback", ""),
        )
        self.twilio.place(call, form.get("Twiml", ""))
        return self._created(call_resource(call, self.account))

    async def show_call(self, request: web.Request) -> web.Response:
        call = self.twilio.calls.get(request.match_info["sid"])
        if call is None:
            raise _not_found(request)
        return web.json_response(call_resource(call, self.account))

    async def list_calls(self, request: web.Request) -> web.Response:
        wanted = request.query.get("To")
        calls = reversed(self.twilio.calls.values())
        found = [call_resource(c, self.account) for c in calls if wanted in (None, c.to)]
        return web.json_response(_page(request, "calls", found))

    def _created(self, body: dict[str, Any]) -> web.Response:
        return web.json_response(body, status=201)


async def _form(request: web.Request) -> Form:
    return {name: str(value) for name, value in (await request.post()).items()}


async def _suffer(handler: Handler, request: web.Request, fault: Fault) -> web.StreamResponse:
    if fault.kind == "timeout":
        return await hold(request)
    if fault.kind == "drop":
        await handler(request)
        return hang_up(request)
    status = fault.status or 500
    code = fault.error_code or {429: 20429, 503: 20503}.get(status, 20500)
    raise Refused(status, code, "Too Many Requests" if status == 429 else "Internal Server Error")


def _check_number(number: str) -> None:
    if not number:
        raise Refused(400, 21604, "A 'To' phone number is required.")
    if not _PHONE.fullmatch(number) or number == ALWAYS_INVALID:
        raise Refused(400, 21211, f"Invalid 'To' Phone Number: {number[:4]}XXXX")


def _not_found(request: web.Request) -> Refused:
    return Refused(404, 20404, f"The requested resource {request.path} was not found")


def _refusal(refused: Refused) -> web.Response:
    body = {
        "code": refused.code,
        "message": refused.message,
        "more_info": f"https://www.twilio.com/docs/errors/{refused.code}",
        "status": refused.status,
    }
    return web.json_response(body, status=refused.status)


def _sent_when_asked(sent_at: datetime | None, query: Any) -> bool:
    """DateSent, DateSent> (from) and DateSent< (until), a day or a moment each."""
    asked = {key: query[key] for key in ("DateSent", "DateSent>", "DateSent<") if key in query}
    if not asked:
        return True
    return sent_at is not None and all(_holds(sent_at, *pair) for pair in asked.items())


def _holds(sent_at: datetime, key: str, asked: str) -> bool:
    if key == "DateSent":
        return sent_at.date().isoformat() == asked[:10]
    if len(asked) == 10:
        day = sent_at.date().isoformat()
        return day >= asked if key == "DateSent>" else day <= asked
    moment = read_moment(asked)
    return sent_at >= moment if key == "DateSent>" else sent_at <= moment


def _page(request: web.Request, name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    size = min(int(request.query.get("PageSize", 50)), 1000)
    number = int(request.query.get("Page", 0))
    start = number * size
    more = start + size < len(rows)

    def uri(page: int) -> str:
        return str(request.rel_url.update_query(Page=str(page), PageSize=str(size)))

    return {
        name: rows[start : start + size],
        "page": number,
        "page_size": size,
        "start": start,
        "end": min(start + size, len(rows)) - 1,
        "uri": uri(number),
        "first_page_uri": uri(0),
        "next_page_uri": uri(number + 1) if more else None,
        "previous_page_uri": uri(number - 1) if number else None,
    }
