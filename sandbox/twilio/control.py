"""What people and tests do with the nurses' phones."""

from typing import Any

from aiohttp import web

from sandbox.faults import Faults
from sandbox.problems import Problem, control, read_body
from sandbox.settings import Settings
from sandbox.state import Disk
from sandbox.twilio.calls import Call, Calls
from sandbox.twilio.posts import Posts, replies_in
from sandbox.twilio.sms import STARTS, STOPS, Message, Sms, is_number

INBOUND = "/api/v1/twilio/inbound"
KEYS = set("0123456789*#")


class TwilioControl:
    def __init__(
        self, settings: Settings, sms: Sms, calls: Calls, posts: Posts, faults: Faults, disk: Disk
    ) -> None:
        self.settings, self.sms, self.calls = settings, sms, calls
        self.posts, self.faults, self.disk = posts, faults, disk

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/control/twilio/messages", control(self.messages)),
            web.get("/control/twilio/calls", control(self.spoken)),
            web.post("/control/twilio/replies", control(self.reply)),
            web.post("/control/twilio/keys", control(self.press)),
            web.post("/control/twilio/refusals", control(self.let_ring)),
        ]

    async def messages(self, request: web.Request) -> web.Response:
        names = ("sid", "to", "from", "body", "status", "at", "error_code")
        rows = [{name: row[name] for name in names} for row in self.sms.by_sid.values()]
        return web.json_response({"messages": rows})

    async def spoken(self, request: web.Request) -> web.Response:
        return web.json_response({"calls": [_heard(row) for row in self.calls.by_sid.values()]})

    async def press(self, request: web.Request) -> web.Response:
        """Whoever is called picks up and presses these keys, as they are asked for."""
        body = await read_body(request, {"digits"}, {"sid", "to"})
        if not isinstance(body["digits"], str) or set(body["digits"]) - KEYS:
            raise Problem(422, "digits are keys of a phone, like 1.", "/digits")
        call = self._ringing(body)
        await self.calls.answer(call, body["digits"])
        return web.json_response(_heard(call))

    async def let_ring(self, request: web.Request) -> web.Response:
        """Whoever is called does not pick up."""
        call = self._ringing(await read_body(request, set(), {"sid", "to"}))
        await self.calls.miss(call)
        return web.json_response(_heard(call))

    def _ringing(self, body: dict[str, Any]) -> Call:
        call = self.calls.ringing(body.get("sid"), body.get("to"))
        if call is None:
            raise Problem(404, "No such phone is ringing.", "/sid" if "sid" in body else "/to")
        return call

    async def reply(self, request: web.Request) -> web.Response:
        """A nurse writes; the clinic's answer comes back to her phone."""
        body = await read_body(request, {"from", "body"}, set())
        nurse, words = body["from"], body["body"]
        if not isinstance(nurse, str) or not is_number(nurse):
            raise Problem(422, "from is a phone number like +8613800000001.", "/from")
        if not isinstance(words, str) or not words:
            raise Problem(422, "body is what the nurse writes.", "/body")
        clinic = self.sms.clinic_number_for(nurse)
        message = self.sms.add(clinic, nurse, words, "received", "inbound")
        self.sms.keyword(nurse, clinic, words)
        self.disk.touch()
        status, answer = await self._post(message)
        if status == 0:
            raise Problem(502, f"The clinic at {self.settings.app_url} did not answer.")
        said = self._store(nurse, clinic, answer if status < 300 else "")
        return web.json_response({"status": status, "reply": "\n".join(said) or None})

    async def _post(self, message: Message) -> tuple[int, str]:
        url, params = self.settings.app_url + INBOUND, self._params(message)
        outcome = await self.posts.post(url, params)
        if self.faults.take("twilio", {"repeat"}, "inbound", message["from"]):
            outcome = await self.posts.post(url, params)
        return outcome

    def _params(self, message: Message) -> dict[str, str]:
        word = message["body"].strip().upper()
        kind = "STOP" if word in STOPS else "START" if word in STARTS else ""
        params = {
            "AccountSid": self.settings.twilio_account_sid,
            "ApiVersion": "2010-04-01",
            "Body": message["body"],
            "From": message["from"],
            "MessageSid": message["sid"],
            "NumMedia": "0",
            "NumSegments": "1",
            "SmsMessageSid": message["sid"],
            "SmsSid": message["sid"],
            "SmsStatus": "received",
            "To": message["to"],
        }
        return params | {"OptOutType": kind} if kind else params

    def _store(self, nurse: str, clinic: str, twiml: str) -> list[Any]:
        """Nothing reaches a phone that said STOP."""
        said = replies_in(twiml)
        for words in said if nurse not in self.sms.stopped else ():
            self.sms.add(nurse, clinic, words, "delivered", "outbound-reply")
        self.disk.touch()
        return said


def _heard(call: Call) -> dict[str, Any]:
    names = ("sid", "to", "from", "status", "said", "at", "waits", "pressed")
    return {name: call[name] for name in names}
