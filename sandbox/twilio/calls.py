"""Calls that read an alarm aloud: what was said is kept as words."""

import uuid
from email.utils import format_datetime
from typing import Any

from sandbox.clock import Clock, read_moment, rfc3339
from sandbox.faults import Faults
from sandbox.settings import Settings
from sandbox.state import Disk
from sandbox.twilio.errors import Refusal
from sandbox.twilio.pace import Pace
from sandbox.twilio.posts import Posts, read_twiml
from sandbox.twilio.sms import is_number

Call = dict[str, Any]
NEXT = {"queued": "ringing", "ringing": "in-progress", "in-progress": "completed"}


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
            "sid": sid, "to": to, "from": sender, "status": "queued", "said": "",
            "at": rfc3339(self.clock.now()), "url": params.get("Url", ""),
            "twiml": params.get("Twiml", ""), "callback": params.get("StatusCallback", ""),
        }  # fmt: skip
        self.disk.touch()
        return call

    async def ring(self, call: Call) -> None:
        """The nurse picks up, unless a fault says that nobody does."""
        while call["status"] in NEXT:
            await self.pace.pause()
            call["status"] = self._following(call)
            if call["status"] == "in-progress":
                await self._speak(call)
            self.disk.touch()
            if call["callback"]:
                await self.posts.post(call["callback"], self._params(call))

    def _following(self, call: Call) -> str:
        if call["status"] == "ringing" and self.faults.take(
            "twilio", {"undelivered"}, "Calls", call["to"]
        ):
            return "no-answer"
        return NEXT[call["status"]]

    async def _speak(self, call: Call) -> None:
        twiml = call["twiml"]
        if call["url"]:
            _, twiml = await self.posts.post(call["url"], self._params(call))
        root = read_twiml(twiml)
        said = [] if root is None else ["".join(say.itertext()).strip() for say in root.iter("Say")]
        call["said"] = " ".join(said)

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
        "start_time": None,
        "end_time": None,
        "status": call["status"],
        "subresource_uris": {},
        "to": call["to"],
        "uri": f"/2010-04-01/Accounts/{account_sid}/Calls/{call['sid']}.json",
    }
