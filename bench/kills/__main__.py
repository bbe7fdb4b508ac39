"""5 000 messages through workers of which 200 are killed: python -m bench.kills [--only sqlite]

Fails when a message is lost, a row is doubled, or a repeat at the provider has no row that says why.
"""

import argparse
import os
import platform
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlmodel import select

from app.clock import real_now
from app.database import make_engine
from app.dispatch import begin_of
from app.dispatch.wakes import make_tables
from app.settings import Settings, load_settings
from app.work import Begin, read_on
from bench.databases import fresh
from bench.kills.clinic import CHATS, Speaker, seed, under_way
from bench.kills.counted import Count, count
from bench.kills.fleet import Fleet
from bench.processes import ask, free_port, process, until_ready
from models import Message

ENGINES = {"sqlite": "apscheduler", "postgres": "procrastinate"}
KIND = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
_WORKERS = 4
_LEASE_S = 12  # longer than a batch takes, short enough to be waited for
_LONGEST_PAUSE_S = 0.4
_BACKLOG, _LONGEST_WAIT_S = 1000, 300


@dataclass(frozen=True, slots=True)
class Ran:
    count: Count
    kills: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Hospital:
    begin: Begin
    read: Begin


def run(engine: str, messages: int, kills: int, chance: random.Random) -> Ran:
    """Say so many messages while so many workers are killed, and count what came of it."""
    port = free_port()
    phones = f"http://127.0.0.1:{port}"
    env = {"SANDBOX": "1", "SANDBOX_PORT": str(port), "SANDBOX_STATE": "", "SANDBOX_SEED": "none"}
    with (
        tempfile.TemporaryDirectory() as folder, fresh(KIND[engine]) as url,
        process(["-m", "sandbox"], **env),
    ):  # fmt: skip
        if ENGINES[engine] == "procrastinate":
            make_tables(url)
        until_ready(f"{phones}/control/clock")
        for number in CHATS:  # Telegram knows a chat that has said something
            hello = {"chat_id": number, "text": "hello"}
            ask("POST", f"{phones}/control/telegram/messages", hello)
        settings = settings_of(url, phones, ENGINES[engine], folder)
        hospital = hospital_of(settings)
        seed(hospital.begin)
        started = time.monotonic()
        said = killed(settings, hospital, messages, kills, chance)
        seconds = time.monotonic() - started
        return Ran(count_all(said, hospital.read, phones), kills, seconds)


def settings_of(url: str, phones: str, dispatcher: str, folder: str) -> Settings:
    """The sandbox's addresses, and no budget: the workers are to be busy when they are killed."""
    settings = load_settings({
        "SANDBOX": "1", "DATABASE_URL": url, "DISPATCHER": dispatcher,
        "TELEGRAM_BASE_URL": f"{phones}/bot", "TWILIO_BASE_URL": phones, "PUBLIC_URL": phones,
        "CHAT_PER_SECOND": "0", "TELEGRAM_PER_SECOND": "0",
        "MEDIA_FOLDER": folder,
    })  # fmt: skip
    return replace(settings, sandbox=False, clock_url=None, lease_s=_LEASE_S)


def hospital_of(settings: Settings) -> Hospital:
    engine = make_engine(settings.database_url)
    return Hospital(begin_of(settings, engine, real_now), read_on(engine, real_now))


def killed(
    settings: Settings, hospital: Hospital, messages: int, kills: int, chance: random.Random
) -> int:
    """Some messages, a moment, a kill; and so on. Then all is left to be delivered."""
    log = f"{settings.media_folder}/log"
    speaker, fleet = Speaker(hospital.begin), Fleet(settings, _WORKERS, log)
    try:
        for left in range(kills, 0, -1):
            speaker.say((messages - speaker.said) // left)
            wait_for(hospital, at_most=_BACKLOG)
            time.sleep(chance.uniform(0, _LONGEST_PAUSE_S))
            fleet.kill_one(chance)
        wait_for(hospital, at_most=0)
    finally:
        fleet.stop()
    return speaker.said


def wait_for(hospital: Hospital, at_most: int) -> None:
    """Until so few are under way: what is killed has something to do, and gets on with it."""
    ends = time.monotonic() + _LONGEST_WAIT_S
    while under_way(hospital.read) > at_most and time.monotonic() < ends:
        time.sleep(0.05)


def count_all(said: int, read: Begin, phones: str) -> Count:
    with read() as work:
        rows = work.session.exec(select(Message)).all()
    ours = [row for row in rows if row.dedupe.startswith("kill:")]
    return count(
        said, ours, seen(phones), [row for row in rows if not row.dedupe.startswith("kill:")]
    )


def seen(phones: str) -> Iterator[tuple[str, str]]:
    """(address, words) of all that Telegram and Twilio took."""
    for number in CHATS:
        chat = ask("GET", f"{phones}/control/telegram/chats/{number}")
        yield from ((str(number), m["text"]) for m in chat["messages"] if m["from"] == "bot")
    for text in ask("GET", f"{phones}/control/twilio/messages")["messages"]:
        yield text["to"], text["body"]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.kills")
    parser.add_argument("--only", choices=ENGINES)
    parser.add_argument("--messages", type=int, default=5000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    args = parser.parse_args()
    print(f"machine: {os.cpu_count()} cores, {platform.machine()}, Python "
          f"{platform.python_version()}; seed {args.seed}", flush=True)  # fmt: skip
    faults = 0
    for engine in [args.only] if args.only else ENGINES:
        ran = run(engine, args.messages, args.kills, random.Random(args.seed))
        print(f"{engine}, {ENGINES[engine]}, {_WORKERS} workers, {ran.kills} kills in "
              f"{ran.seconds:.0f} s: {ran.count.words()}", flush=True)  # fmt: skip
        faults += len(ran.count.unexplained)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
