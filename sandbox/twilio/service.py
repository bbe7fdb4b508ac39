"""Twilio as a whole: texts and calls on their way, and who wants no more of them."""

import asyncio
from collections.abc import Coroutine
from typing import Any
from urllib.parse import urljoin

from aiohttp import ClientSession

from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.settings import Settings
from sandbox.state import Disk
from sandbox.twilio.signed import (
    Reply,
    gathered_by,
    messages_in,
    post_signed,
    spoken_in,
)
from sandbox.twilio.texts import API_VERSION, Call, Text, kept, restored

STOP_WORDS = {"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "OPTOUT", "REVOKE"}
START_WORDS = {"START", "YES", "UNSTOP"}
STOPPED = "You have successfully been unsubscribed. You will not receive any more messages " \
    "from this number. Reply START to resubscribe."  # fmt: skip
STARTED = "You have successfully been re-subscribed to messages from this number."
UNREACHABLE = 30003
MOST_KEPT = 1000


class Twilio:
    def __init__(self, settings: Settings, clock: Clock, disk: Disk, faults: Faults) -> None:
        self.settings, self.clock, self.disk, self.faults = settings, clock, disk, faults
        self.http: ClientSession | None = None
        self.texts: dict[str, Text] = {}
        self.calls: dict[str, Call] = {}
        self.stopped: set[str] = set()
        self.read_until: dict[str, str] = {}  # by phone, the last text seen
        self._under_way: set[asyncio.Task[None]] = set()

    def send(self, text: Text) -> Text:
        """Accept a text and see it on its way."""
        self.keep(text)
        self._go(self._travel(text))
        return text

    def keep(self, text: Text) -> None:
        self.texts[text.sid] = text
        if len(self.texts) > MOST_KEPT:
            del self.texts[next(iter(self.texts))]
        self.disk.touch()

    def _go(self, journey: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(journey)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def quiet(self, patience_s: float) -> bool:
        """Wait until nothing is on its way; whether anything was."""
        busy = bool(self._under_way)
        if busy:
            await asyncio.wait(self._under_way, timeout=patience_s)
        return busy

    async def _travel(self, text: Text) -> None:
        fault = self.faults.take("twilio", {"undelivered"}, "messages", text.to)
        last = "undelivered" if fault else "delivered"
        for status in ("sent", last):
            await asyncio.sleep(self.settings.sms_step_s)
            text.status, text.updated_at = status, self.clock.now()
            text.sent_at = text.sent_at or text.updated_at
            if status == "undelivered":
                text.error_code = (fault and fault.error_code) or UNREACHABLE
            self.disk.touch()
            await self._tell(text.callback, self._status_form(text), text.to)

    def _status_form(self, text: Text) -> dict[str, str]:
        form = {
            "MessageSid": text.sid,
            "SmsSid": text.sid,
            "MessageStatus": text.status,
            "SmsStatus": text.status,
            "To": text.to,
            "From": text.sender,
            "AccountSid": self.settings.twilio_account_sid,
            "ApiVersion": API_VERSION,
        }
        if text.service_sid:
            form["MessagingServiceSid"] = text.service_sid
        return form | ({"ErrorCode": str(text.error_code)} if text.error_code else {})

    async def _tell(self, url: str, form: dict[str, str], to: str) -> None:
        """A status callback; a fault may lose it or post it twice."""
        if not url or self.faults.take("twilio", {"drop"}, "callback", to, named=True):
            return
        await self.post(url, form)
        if self.faults.take("twilio", {"repeat"}, "callback", to):
            await self.post(url, form)

    async def post(self, url: str, form: dict[str, str]) -> Reply:
        assert self.http
        return await post_signed(self.http, self.settings.twilio_auth_token, url, form)

    async def receive(self, phone: str, clinic: str, body: str) -> Reply:
        """A nurse writes: the app is told, and what it answers reaches her phone."""
        text = Text(clinic, phone, body, "received", self.clock.now(), "inbound")
        text.sent_at = text.at
        self.keep(text)
        self.read_until[phone] = text.sid
        self._mind_keyword(phone, clinic, body)
        url = f"{self.settings.app_url}/api/v1/twilio/inbound"
        reply = await self.post(url, self._inbound_form(text))
        text.status = "received" if reply.ok else "failed"
        for words in messages_in(reply.body) if reply.ok else ():
            self._answer(phone, clinic, words)
        self.disk.touch()
        return reply

    def _inbound_form(self, text: Text) -> dict[str, str]:
        return {
            "MessageSid": text.sid,
            "SmsSid": text.sid,
            "SmsMessageSid": text.sid,
            "AccountSid": self.settings.twilio_account_sid,
            "From": text.sender,
            "To": text.to,
            "Body": text.body,
            "NumMedia": "0",
            "NumSegments": "1",
            "SmsStatus": "received",
            "ApiVersion": API_VERSION,
        }

    def _mind_keyword(self, phone: str, clinic: str, body: str) -> None:
        word = body.strip().upper()
        if word in STOP_WORDS:
            self.stopped.add(phone)
            self._answer(phone, clinic, STOPPED, even_so=True)
        elif word in START_WORDS and phone in self.stopped:
            self.stopped.discard(phone)
            self._answer(phone, clinic, STARTED)

    def _answer(self, phone: str, clinic: str, words: str, even_so: bool = False) -> None:
        if phone not in self.stopped or even_so:
            now = self.clock.now()
            self.keep(Text(phone, clinic, words, "delivered", now, "outbound-reply", sent_at=now))

    def place(self, call: Call, twiml: str) -> Call:
        self.calls[call.sid] = call
        self.disk.touch()
        self._go(self._ring(call, twiml))
        return call

    async def _ring(self, call: Call, twiml: str) -> None:
        fault = self.faults.take("twilio", {"undelivered"}, "calls", call.to)
        await self._call_is(call, "ringing")
        if fault:
            await self._call_is(call, "no-answer")
            return
        await self._call_is(call, "in-progress")
        await self._listen(call, twiml or (await self.post(call.url, self._call_form(call))).body)
        await self._call_is(call, "completed")

    async def _listen(self, call: Call, twiml: str) -> None:
        call.heard += spoken_in(twiml)
        action = gathered_by(twiml)
        call.gather = None if action is None else urljoin(call.url, action)
        self.disk.touch()

    async def _call_is(self, call: Call, status: str) -> None:
        await asyncio.sleep(self.settings.sms_step_s)
        call.status = status
        self.disk.touch()
        await self._tell(call.callback, self._call_form(call), call.to)

    def _call_form(self, call: Call) -> dict[str, str]:
        return {
            "CallSid": call.sid,
            "AccountSid": self.settings.twilio_account_sid,
            "From": call.sender,
            "To": call.to,
            "CallStatus": call.status,
            "ApiVersion": API_VERSION,
            "Direction": "outbound-api",
        }

    async def press(self, call: Call, digits: str) -> Reply:
        reply = await self.post(call.gather or call.url, self._call_form(call) | {"Digits": digits})
        if reply.ok:
            await self._listen(call, reply.body)
        return reply

    def kept(self) -> dict[str, Any]:
        return {
            "texts": [kept(text) for text in self.texts.values()],
            "calls": [kept(call) for call in self.calls.values()],
            "stopped": sorted(self.stopped),
            "read_until": self.read_until,
        }

    def restore(self, rows: dict[str, Any]) -> None:
        self.texts = {row["sid"]: Text(**restored(row)) for row in rows["texts"]}
        self.calls = {row["sid"]: Call(**restored(row)) for row in rows["calls"]}
        self.stopped, self.read_until = set(rows["stopped"]), rows["read_until"]
