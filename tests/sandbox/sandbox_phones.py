"""A real server on a free port, in a thread of its own."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from sandbox.server import start
from sandbox.settings import Settings, read_settings

TOKEN = "1000000001:sandbox-token-not-a-secret"


class Phones:
    """The sandbox as people and tests meet it."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.http = httpx.Client(base_url=self.url, timeout=20, verify=False)

    def ask(self, path: str) -> Any:
        answer = self.http.get(f"/control/{path}")
        answer.raise_for_status()
        return answer.json()

    def do(self, path: str, **body: Any) -> Any:
        answer = self.http.post(f"/control/{path}", json=body)
        answer.raise_for_status()
        return answer.json()

    def messages(self, chat_id: int) -> list[dict[str, Any]]:
        return self.ask(f"telegram/chats/{chat_id}")["messages"]


def settings(**changes: str) -> Settings:
    quick = {"SANDBOX_PORT": "0", "SANDBOX_STATE": "", "SANDBOX_SEED": ""}
    paces = {"SANDBOX_SMS_STEP_S": "0.02", "SANDBOX_WORKER_PATIENCE_S": "0.2"}
    return read_settings(quick | paces | changes)


@contextmanager
def running(**changes: str) -> Iterator[Phones]:
    """The sandbox, until the block ends; then it has stopped as on a signal."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    runner, port = asyncio.run_coroutine_threadsafe(start(settings(**changes)), loop).result(5)
    phones = Phones(port)
    try:
        yield phones
    finally:
        phones.http.close()
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()
