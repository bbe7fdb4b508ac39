"""In the sandbox only: tells the clock when the next thing is due, and settles it."""

import json
import threading
from collections.abc import Callable
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Protocol

from sqlalchemy import func
from sqlmodel import col, select

from app.clock import Clock, OffsetClock
from app.settings import Settings
from app.work import Begin
from models import Alert, AlertState, Message, MessageState, Prompt, PromptState


class Delivers(Protocol):
    begin: Begin

    def plan(self) -> None: ...

    def escalate(self) -> None: ...

    def deliver(self) -> int: ...


def next_event_at(begin: Begin) -> str | None:
    """When the next message or step of an alert is due or a prompt closes, RFC 3339, or None."""
    with begin() as work:
        due = select(func.min(Message.due_at)).where(
            Message.state == MessageState.QUEUED, col(Message.due_at) > work.now
        )
        closing = select(func.min(Prompt.closes_at)).where(
            Prompt.state == PromptState.OPEN, col(Prompt.closes_at) > work.now
        )
        steps = select(func.min(Alert.next_step_at)).where(
            col(Alert.state) != AlertState.CLOSED, col(Alert.next_step_at) > work.now
        )
        found = [at for query in (due, closing, steps) if (at := work.session.exec(query).one())]
        return min(found).isoformat() if found else None


def listen_for_events(settings: Settings, clock: Clock, worker: Delivers) -> ThreadingHTTPServer:
    """Serve GET /events and POST /events/settle on loopback, in a thread."""
    server = ThreadingHTTPServer(("127.0.0.1", settings.events_port), _handler(clock, worker))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


class _Events(BaseHTTPRequestHandler):
    set_offset: Callable[[timedelta], None]
    worker: Delivers

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        offset = timedelta(seconds=json.loads(self.rfile.read(length))["offset_seconds"])
        self.set_offset(offset)
        self.worker.plan()
        self.worker.escalate()
        self.worker.deliver()
        self._answer()

    def _answer(self) -> None:
        self.worker.plan()  # so that the clock jumps over nothing that is yet to be planned
        body = json.dumps({"next_event_at": next_event_at(self.worker.begin), "idle": True})
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the sandbox's clock asks often."""


def _handler(clock: Clock, worker: Delivers) -> type[BaseHTTPRequestHandler]:
    assert isinstance(clock, OffsetClock), "the sandbox's clock has an offset"
    shared = {"set_offset": staticmethod(clock.set_offset), "worker": worker}
    return type("Events", (_Events,), shared)
