"""A full symptom answer beside a bare echo: same stand-in of Telegram, same chats, one run.

Ours reads the update, commits the next step or the report to a SQLite file, and replies;
the echo replies and keeps nothing. Rate budgets are lifted in both arms.
"""

import json
import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config

from app.clock import real_now
from app.database import make_engine
from app.settings import SANDBOX_TELEGRAM_TOKEN
from app.work import work_on
from models import Chat, ChatState, Clinic, Patient, Sex
from models.columns import new_id

CHATS = list(range(1_000_001, 1_000_501))
ROUNDS = 3
LONGEST_S = 120
TAPS = (
    "symptoms.which:edema", "symptoms.edema.one:periorbital_edema",
    "periorbital_edema.swelling:soft", "periorbital_edema.also:none", "symptoms.last:ok",
)  # fmt: skip
REPORT = [{"text": "/symptoms"}, *({"data": tap} for tap in TAPS)]
ECHO = [{"text": f"line {n}"} for n in range(len(REPORT))]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def process(arguments: list[str], **env: str) -> Iterator[subprocess.Popen[bytes]]:
    running = subprocess.Popen(
        [sys.executable, *arguments], env={**os.environ, **env}, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield running
    finally:
        running.terminate()
        running.wait(30)


def ask(method: str, url: str, body: Any = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    with urllib.request.urlopen(
        urllib.request.Request(url, data, headers, method=method), timeout=30
    ) as answer:
        return json.load(answer)


def seeded(folder: Path) -> str:
    """A migrated SQLite file with a linked patient for every chat."""
    url = f"sqlite:///{folder}/bench.db"
    config = Config("alembic.ini")
    config.attributes["url"] = url
    command.upgrade(config, "head")
    with work_on(make_engine(url), real_now)() as work:
        work.session.add(Clinic(id="bench", name="Bench"))
        work.session.flush()
        for chat_id in CHATS:
            patient = Patient(
                clinic_id="bench", id=new_id(work.now), code=f"B-{chat_id}", year_of_birth=1960,
                sex=Sex.FEMALE, registered_at=work.now,
            )  # fmt: skip
            chat = Chat(id=chat_id, clinic_id="bench", patient_id=patient.id,
                        state=ChatState.ACTIVE, consented_at=work.now)  # fmt: skip
            work.session.add_all([patient, chat])
    return url


def played(phones: str, lines: list[dict[str, str]]) -> float:
    """Every chat says its lines, each after the answer to the last; seconds for all."""
    until_ready(f"{phones}/control/clock")
    time.sleep(4)  # the bot has started and polls
    ask("POST", f"{phones}/control/telegram/burst", {"chat_ids": CHATS, "lines": lines})
    end = time.monotonic() + LONGEST_S
    while (report := ask("GET", f"{phones}/control/telegram/burst"))["left"] > 0:
        if time.monotonic() > end:
            raise TimeoutError(report)
        time.sleep(0.25)
    if report["missing"]:
        raise RuntimeError(f"buttons were missing: {report}")
    return float(report["seconds"])


def until_ready(url: str) -> None:
    end = time.monotonic() + 20
    while True:
        try:
            ask("GET", url)
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return


def cpu_s(pid: int) -> float:
    """Processor seconds that a process has used (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def run_arm(name: str) -> float:
    port = free_port()
    phones = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        env = {"SANDBOX": "1", "SANDBOX_PORT": str(port), "SANDBOX_STATE": "", "CLOCK_URL": "",
               "TELEGRAM_BASE_URL": f"{phones}/bot", "TELEGRAM_PER_SECOND": "0",
               "CHAT_PER_SECOND": "0", "SANDBOX_SEED": f"{folder}/none.json"}  # fmt: skip
        if name == "ours":
            env["DATABASE_URL"] = seeded(Path(folder))
        with process(["-m", "sandbox"], **env) as stand_in:
            until_ready(f"{phones}/control/clock")
            with process(_bot(name, phones), **env) as bot:
                seconds = played(phones, REPORT if name == "ours" else ECHO)
                used = f"bot {cpu_s(bot.pid):.1f} s, stand-in {cpu_s(stand_in.pid):.1f} s of processor"
                print(f"{name}: {seconds:.1f} s, {used}", flush=True)
                return seconds


def _bot(name: str, phones: str) -> list[str]:
    if name == "ours":
        return ["-m", "bot"]
    return ["-m", "bench.echo", f"{phones}/bot", SANDBOX_TELEGRAM_TOKEN]


def main() -> None:
    updates = len(CHATS) * len(REPORT)
    took: dict[str, list[float]] = {"echo": [], "ours": []}
    started = time.monotonic()
    for _ in range(ROUNDS):
        for name, seconds in took.items():
            seconds.append(run_arm(name))
            print(f"{name}: {updates / seconds[-1]:.0f} updates/s", flush=True)
    middle = {name: statistics.median(seconds) for name, seconds in took.items()}
    print(f"machine: {os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}")
    print(f"{len(CHATS)} chats, {updates} updates a round, {ROUNDS} rounds, "
          f"{timedelta(seconds=round(time.monotonic() - started))}")  # fmt: skip
    for name, seconds in middle.items():
        print(f"{name}: median {updates / seconds:.0f} updates/s")
    print(f"wall time of a full symptom answer / of a bare echo: {middle['ours'] / middle['echo']:.2f}")


if __name__ == "__main__":
    main()
