"""What becomes of a message: queued, sent, delivered, and a signed post at each step."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from sandbox.faults import Faults
from sandbox.settings import Settings
from sandbox.state import Disk
from sandbox.twilio.pace import Pace
from sandbox.twilio.posts import Posts
from sandbox.twilio.sms import Message, Sms

UNREACHABLE = 30003
NEXT = {"queued": "sent", "sent": "delivered"}
LONGEST_HURRY_S = 5.0


class Deliveries:
    def __init__(
        self, settings: Settings, pace: Pace, sms: Sms, posts: Posts, faults: Faults, disk: Disk
    ) -> None:
        self.account_sid, self.pace = settings.twilio_account_sid, pace
        self.sms, self.posts, self.faults, self.disk = sms, posts, faults, disk
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finish(self) -> bool:
        """Hurry what is under way to its end; whether that made any news."""
        under_way = set(self._tasks)
        if not under_way:
            return False
        self.pace.hurry(True)
        _, unfinished = await asyncio.wait(under_way, timeout=LONGEST_HURRY_S)
        self.pace.hurry(False)
        return not unfinished

    def stop(self) -> None:
        for task in list(self._tasks):
            task.cancel()

    def resume(self) -> None:
        """After a restart, the messages that were under way go on."""
        for message in list(self.sms.by_sid.values()):
            if message["status"] in NEXT and message["direction"] == "outbound-api":
                self.start(self.deliver(message))

    async def deliver(self, message: Message) -> None:
        await self._tell(message)
        while message["status"] in NEXT:
            await self.pace.pause()
            self._move(message)
            self.disk.touch()
            await self._tell(message)

    def _move(self, message: Message) -> None:
        following = NEXT[message["status"]]
        if following == "delivered":
            fault = self.faults.take("twilio", {"undelivered"}, "Messages", message["to"])
            if fault:
                following = "undelivered"
                message["error_code"] = fault.error_code or UNREACHABLE
        message["status"] = following

    async def _tell(self, message: Message) -> None:
        """A status post is tried again once when nobody answers."""
        if not message["callback"] or self.faults.take(
            "twilio", {"drop"}, "status", message["to"], named=True
        ):
            return
        params = self._params(message)
        times = 1
        if self.faults.take("twilio", {"repeat"}, "status", message["to"]):
            times = 2
        for _ in range(times):
            status, _ = await self.posts.post(message["callback"], params)
            if status == 0:
                await self.posts.post(message["callback"], params)

    def _params(self, message: Message) -> dict[str, str]:
        params = {
            "AccountSid": self.account_sid,
            "ApiVersion": "2010-04-01",
            "From": message["from"],
            "To": message["to"],
            "MessageSid": message["sid"],
            "MessageStatus": message["status"],
            "SmsSid": message["sid"],
            "SmsStatus": message["status"],
        }
        code = message["error_code"]
        return params | {"ErrorCode": str(code)} if code else params
