"""Calls that read an alarm aloud, are answered or not, and hear what is pressed."""

import uuid
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any

from sandbox.clock import Clock, read_moment, rfc3339
from sandbox.faults import Faults
from sandbox.settings import Settings
from sandbox.state import Disk
from sandbox.twilio.errors import Refusal
from sandbox.twilio.keypad import is_asking, next_step, words_of
from sandbox.twilio.pace import Pace
from sandbox.twilio.posts import Posts
from sandbox.twilio.sms import is_number

Call = dict[str, Any]
UNDER_WAY = ("queued", "ringing", "in-progress")
RINGS_S = 60  # unless the order says how long
MOST_ROUNDS = 10  # of asking and pressing in one call


class Calls:
    def __init__(
        self,
        settings: Settings,
        pace: Pace,
        clock: Clock,
        posts: Posts,
        faults: Faults,
        disk: Disk,
    ) -> None:
        self.account_sid, self.pace = settings.twilio_account_sid, pace
        self.clock, self.posts, self.faults, self.disk = clock, posts, faults, disk
        self.by_sid: dict[str, Call] = {}

    def order(self, params: dict[str, str]) -> Call:
        to, sender = params.get("To", ""), params.get("From", "")
        if not is_number(to):
            raise Refusal(21211, f"Invalid 'To' Phone Number: {to}")
        if not is_number(sender):
            raise Refusal(21212, f"Invalid From Number (caller ID): {sender}")
        if not (params.get("Url") or params.get("Twiml")):
            raise Refusal(21205, "Url parameter is required.")
        sid = "CA" + uuid.uuid4().hex
        call = self.by_sid[sid] = {
            "sid": sid, "to": to, "from": sender, "status": "queued", "said": "", "waits": False,
            "at": rfc3339(self.clock.now()), "url": params.get("Url", ""), "pressed": "",
            "twiml": params.get("Twiml", ""), "callback": params.get("StatusCallback", ""),
            "rings_s": int(params.get("Timeout") or RINGS_S), "rings_until": None,
        }  # fmt: skip
        self.disk.touch()
        return call

    async def ring(self, call: Call) -> None:
        """It rings; what asks for a key waits for a person, anything else is picked up."""
        await self.pace.pause()
        call["status"] = "ringing"
        if self.faults.take("twilio", {"undelivered"}, "Calls", call["to"]):
            await self._end(call, "no-answer")
        elif is_asking(call["twiml"]):
            ends = self.clock.now() + timedelta(seconds=call["rings_s"])
            call["rings_until"], call["waits"] = rfc3339(ends), True
            self.disk.touch()
        else:
            self.disk.touch()
            await self.pace.pause()
            await self.answer(call, "")

    def ringing(self, sid: str | None, to: str | None) -> Call | None:
        """The call that waits for a person, by its own number or by the phone's."""
        name, wanted = ("to", to) if sid is None else ("sid", sid)
        waiting = (call for call in reversed(self.by_sid.values()) if call["waits"])
        return next((call for call in waiting if call[name] == wanted), None)

    async def answer(self, call: Call, digits: str) -> None:
        """Somebody picks up, listens, and presses a key whenever one is asked for."""
        call["status"], call["waits"] = "in-progress", False
        self.disk.touch()
        twiml = call["twiml"]
        if call["url"]:
            _, twiml = await self.posts.post(call["url"], self._params(call))
        for _ in range(MOST_ROUNDS):
            self._hear(call, twiml)
            step = next_step(twiml, digits)
            if step is None:
                break
            call["pressed"] += step.pressed
            digits = digits[len(step.pressed) :]
            _, twiml = await self.posts.post(step.url, self._params(call) | step.params)
        await self._end(call, "completed")

    def _hear(self, call: Call, twiml: str) -> None:
        call["said"] = " ".join([call["said"], *words_of(twiml)]).strip()
        self.disk.touch()

    async def miss(self, call: Call) -> None:
        await self._end(call, "no-answer")

    async def end_unanswered(self) -> bool:
        """Those that rang for as long as they ring; whether there was one."""
        over = [call for call in self.by_sid.values() if self._is_over(call)]
        for call in over:
            await self.miss(call)
        return bool(over)

    def _is_over(self, call: Call) -> bool:
        return call["waits"] and read_moment(call["rings_until"]) <= self.clock.now()

    def next_end(self) -> datetime | None:
        """When the first of the calls that wait for a person stops ringing."""
        ends = [read_moment(c["rings_until"]) for c in self.by_sid.values() if c["waits"]]
        return min(ends, default=None)

    def restore(self, kept: list[Call]) -> None:
        """After a restart nobody holds the line any more; what still rings goes on ringing."""
        self.by_sid = {call["sid"]: {"waits": False, "pressed": ""} | call for call in kept}
        for call in self.by_sid.values():
            if call["status"] in UNDER_WAY and not call["waits"]:
                call["status"] = "failed"

    async def _end(self, call: Call, status: str) -> None:
        call["status"], call["waits"] = status, False
        self.disk.touch()
        lost = self.faults.take("twilio", {"drop"}, "status", call["to"], named=True)
        if call["callback"] and not lost:
            await self.posts.post(call["callback"], self._params(call))

    def _params(self, call: Call) -> dict[str, str]:
        return {
            "AccountSid": self.account_sid,
            "ApiVersion": "2010-04-01",
            "CallSid": call["sid"],
            "CallStatus": call["status"],
            "Direction": "outbound-api",
            "From": call["from"],
            "To": call["to"],
        }


def resource(call: Call, account_sid: str) -> dict[str, Any]:
    """A call as the API shows it."""
    date = format_datetime(read_moment(call["at"]))
    return {
        "account_sid": account_sid,
        "api_version": "2010-04-01",
        "date_created": date,
        "date_updated": date,
        "direction": "outbound-api",
        "from": call["from"],
        "sid": call["sid"],
        "start_time": date if call["status"] not in ("queued", "ringing") else None,
        "end_time": date if call["status"] not in UNDER_WAY else None,
        "status": call["status"],
        "subresource_uris": {},
        "to": call["to"],
        "uri": f"/2010-04-01/Accounts/{account_sid}/Calls/{call['sid']}.json",
    }
