"""The real processes, started for a test on free ports, and the sandbox's control over them."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

_WEB = ["-m", "gunicorn", "--workers", "1", "--no-control-socket", "--log-level", "warning"]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def until(what: Callable[[], Any], within_s: float = 20) -> Any:
    """Ask until the answer is true; the last answer, or a failure that shows it."""
    end = time.monotonic() + within_s
    while not (found := what()):
        assert time.monotonic() < end, f"still {found!r} after {within_s} s"
        time.sleep(0.05)
    return found


def ask_json(method: str, url: str, body: Any = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json", "Authorization": "Bearer sandbox-key"}
    request = urllib.request.Request(url, data, headers, method=method)
    with urllib.request.urlopen(request, timeout=120) as answer:
        return json.load(answer)


class Clinic:
    """A whole clinic in the sandbox: web, bot, worker, phones, and a demo seed."""

    def __init__(self, folder: Path) -> None:
        self.web, self.phones = (f"http://127.0.0.1:{free_port()}" for _ in range(2))
        events = free_port()
        self._env = {**os.environ, **{
            "SANDBOX": "1", "DATABASE_URL": f"sqlite:///{folder}/clinic.db",
            "SANDBOX_PORT": self.phones.rpartition(":")[2], "EVENTS_PORT": str(events),
            "SANDBOX_STATE": f"{folder}/phones.json", "SANDBOX_SEED": f"{folder}/seed.json",
            "PUBLIC_URL": self.web, "APP_URL": self.web,
            "CLOCK_URL": f"{self.phones}/control/clock",
            "TELEGRAM_BASE_URL": f"{self.phones}/bot", "TWILIO_BASE_URL": self.phones,
            "WORKER_EVENTS_URL": f"http://127.0.0.1:{events}/events", "CHAT_PER_SECOND": "0",
        }}  # fmt: skip
        self._commands = {
            "sandbox": ["-m", "sandbox"],
            "web": [*_WEB, "--bind", self.web.removeprefix("http://"), "app.web:create_app()"],
            "bot": ["-m", "bot"],
            "worker": ["-m", "app.worker"],
        }
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def open(self) -> None:
        for step in (["-m", "alembic", "-q", "upgrade", "head"], ["-m", "app.demo"]):
            subprocess.run([sys.executable, *step], env=self._env, check=True)
        for name in self._commands:
            self.start(name)
        until(lambda: self._answers(f"{self.web}/healthz"), 30)

    def start(self, name: str) -> None:
        self._running[name] = subprocess.Popen(
            [sys.executable, *self._commands[name]], env=self._env, start_new_session=True
        )
        if name == "sandbox":
            until(lambda: self._answers(f"{self.phones}/control/clock"))
        if name == "web":
            until(lambda: self._answers(f"{self.web}/healthz"), 30)

    def kill(self, name: str) -> None:
        """kill -9 of a process that this clinic started, and of its children."""
        process = self._running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def close(self) -> None:
        for process in self._running.values():
            process.send_signal(signal.SIGTERM)
        for process in self._running.values():
            process.wait(20)

    def _answers(self, url: str) -> bool:
        try:
            return bool(self.ask("GET", url))
        except OSError:
            return False

    def ask(self, method: str, url: str, body: Any = None) -> Any:
        return ask_json(method, url, body)

    def api(self, method: str, path: str, body: Any = None) -> Any:
        return self.ask(method, f"{self.web}/api/v1{path}", body)

    def says(self, chat_id: int, text: str, hears: str) -> dict[str, Any]:
        """The patient types; the bot's answer that holds these words."""
        before = len(self.bubbles(chat_id))
        body = {"chat_id": chat_id, "text": text}
        self.ask("POST", f"{self.phones}/control/telegram/messages", body)
        return self.hears(chat_id, hears, before)

    def taps(self, chat_id: int, label: str, hears: str) -> dict[str, Any]:
        body = {"chat_id": chat_id, "label": label}
        self.ask("POST", f"{self.phones}/control/telegram/taps", body)
        return self.hears(chat_id, hears)

    def hears(self, chat_id: int, words: str, after: int = 0) -> dict[str, Any]:
        found = until(lambda: [m for m in self.bubbles(chat_id)[after:] if words in m["text"]])
        return dict(found[-1])

    def bubbles(self, chat_id: int) -> list[dict[str, Any]]:
        chats = f"{self.phones}/control/telegram/chats"
        try:
            messages = self.ask("GET", f"{chats}/{chat_id}")["messages"]
        except urllib.error.HTTPError:
            return []
        return [one for one in messages if one["from"] == "bot"]

    def texts(self, words: str = "") -> list[dict[str, Any]]:
        messages = self.ask("GET", f"{self.phones}/control/twilio/messages")["messages"]
        return [one for one in messages if words in one["body"]]

    def now(self) -> datetime:
        return datetime.fromisoformat(self.ask("GET", f"{self.phones}/control/clock")["now"])

    def move_clock_to(self, moment: datetime) -> None:
        seconds = int((moment - self.now()).total_seconds()) + 1
        body = {"advance": f"PT{seconds}S"}
        moved = self.ask("POST", f"{self.phones}/control/clock", body)
        assert moved["settled"], moved


class Processes:
    def __init__(self, env: dict[str, str]) -> None:
        self._env, self._running = {**os.environ, **env}, {}

    def start(self, name: str, *arguments: str, **env: str) -> None:
        self._running[name] = subprocess.Popen(
            [sys.executable, "-m", *arguments], env={**self._env, **env}, start_new_session=True
        )

    def kill(self, name: str) -> None:
        os.killpg(self._running[name].pid, signal.SIGKILL)
        self._running.pop(name).wait()

    def stop(self) -> None:
        """As a host stops them; each must end by itself."""
        for process in self._running.values():
            process.terminate()
        assert {process.wait(40) for process in self._running.values()} <= {0, -signal.SIGTERM}


@contextmanager
def clinic_of(database_url: str, **env: str) -> Iterator[tuple[Processes, str]]:
    port = str(free_port())
    phones = f"http://127.0.0.1:{port}"
    processes = Processes({
        "SANDBOX": "1", "SANDBOX_PORT": port, "SANDBOX_STATE": "", "SANDBOX_SEED": "none.json",
        "DATABASE_URL": database_url, "TELEGRAM_BASE_URL": f"{phones}/bot",
        "CLOCK_URL": f"{phones}/control/clock",
        "TWILIO_BASE_URL": phones, "EVENTS_PORT": str(free_port()), "CHAT_PER_SECOND": "0",
        "TELEGRAM_PER_SECOND": "0", **env,
    })  # fmt: skip
    processes.start("sandbox", "sandbox")
    try:
        until(lambda: answers(f"{phones}/control/clock"), 40)
        yield processes, phones
    finally:
        processes.stop()


def answers(url: str) -> Any:
    with suppress(OSError):
        return ask_json("GET", url)
    return None
