"""What people let go wrong on purpose, at the wire."""

import asyncio
from dataclasses import asdict, dataclass
from typing import Any

from aiohttp import web

from sandbox.problems import Problem, check_fields

SERVICES = {"telegram", "twilio"}
KINDS = {"status", "timeout", "drop", "repeat", "undelivered"}
FIELDS = {"method", "status", "error_code", "retry_after", "times", "to", "new_update_id"}
LONGEST_HOLD_S = 60.0


@dataclass(slots=True)
class Fault:
    service: str
    kind: str
    times: int = 1
    method: str | None = None
    status: int | None = None
    error_code: int | None = None
    retry_after: int | None = None
    to: str | None = None  # a chat id or a phone number; none: anyone
    new_update_id: bool = False  # of a repeat

    def hits(self, service: str, kinds: set[str], method: str, to: str, named: bool) -> bool:
        """A call that must be named is never hit by a fault that names no method."""
        if self.service != service or self.kind not in kinds or self.to not in (None, to):
            return False
        if self.method is None:
            return not named
        return self.method.lower() == method.lower()


class Faults:
    def __init__(self) -> None:
        self.active: list[Fault] = []

    def take(
        self, service: str, kinds: set[str], method: str, to: str = "", named: bool = False
    ) -> Fault | None:
        """The first fault that hits this call, spent once."""
        for fault in self.active:
            if fault.hits(service, kinds, method, to, named):
                self._spend(fault)
                return fault
        return None

    def _spend(self, fault: Fault) -> None:
        fault.times -= 1
        if fault.times < 1:
            self.active.remove(fault)

    def add(self, body: dict[str, Any]) -> Fault:
        check_fields(body, {"service", "kind"}, FIELDS | {"service", "kind"})
        fault = Fault(**{name: value for name, value in body.items() if value is not None})
        _check(fault)
        self.active.append(fault)
        return fault

    def listed(self) -> list[dict[str, Any]]:
        return [asdict(fault) for fault in self.active]


def _check(fault: Fault) -> None:
    if fault.service not in SERVICES:
        raise Problem(422, "service is telegram or twilio.", "/service")
    if fault.kind not in KINDS or (fault.kind, fault.service) == ("undelivered", "telegram"):
        raise Problem(422, f"kind is one of {', '.join(sorted(KINDS))}.", "/kind")
    for name in ("times", "status", "error_code", "retry_after"):
        if not isinstance(getattr(fault, name), int | None):
            raise Problem(422, f"{name} is a whole number.", f"/{name}")
    if fault.times < 1 or not 200 <= (fault.status or 500) <= 599:
        raise Problem(422, "times is 1 or more, status from 200 to 599.", "/times")
    _normalise(fault)


def _normalise(fault: Fault) -> None:
    """`Messages`, `Messages.json` and `messages.create` are one."""
    if fault.method is not None:
        fault.method = str(fault.method).removesuffix(".json").removesuffix(".create")
    fault.to = None if fault.to is None else str(fault.to)


async def hold(request: web.Request) -> web.Response:
    """Say nothing until the client gives up."""
    waited = 0.0
    while waited < LONGEST_HOLD_S and not _gone(request):
        await asyncio.sleep(0.05)
        waited += 0.05
    return hang_up(request)


def hang_up(request: web.Request) -> web.Response:
    """Close the connection without an answer."""
    if request.transport:
        request.transport.abort()
    return web.Response(status=500)


def _gone(request: web.Request) -> bool:
    return request.transport is None or request.transport.is_closing()
