"""Polling the real stand-in of Telegram: commit, then confirm; a broken update blocks nobody."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import select

from app.senders.telegram import Telegram
from app.services.visits import plan_visit
from app.settings import load_settings
from bot.telegram import Poller
from models import Chat, ChatState, InboxItem, Message, Patient, TelegramUpdate
from models.columns import new_id
from tests.story.processes import ask_json, free_port, until

WELL, BROKEN = 501, 502


@pytest.fixture
def phones() -> Iterator[str]:
    port = str(free_port())
    env = {**os.environ, "SANDBOX_PORT": port, "SANDBOX_STATE": "", "SANDBOX_SEED": "none.json"}
    running = subprocess.Popen([sys.executable, "-m", "sandbox"], env=env)
    url = f"http://127.0.0.1:{port}"
    until(lambda: answers(url))
    yield url
    running.terminate()
    running.wait(10)


def answers(url: str) -> bool:
    try:
        return bool(ask_json("GET", f"{url}/control/clock"))
    except OSError:
        return False


@pytest.fixture
def two_chats(begin, patient, clock):
    """One well, and one whose patient's zone in the record is none, so that no time can be told."""
    with begin() as work:
        other = Patient(
            clinic_id=patient.clinic_id, id=new_id(work.now), code="P-0002", year_of_birth=1960,
            sex="male", time_zone="Asia/Shanghai", registered_at=work.now,
        )  # fmt: skip
        work.session.add(other)
        work.session.flush()
        plan_visit(work, other, work.now + timedelta(days=3))
        other.time_zone = "Nowhere/None"
        for number, whose in ((WELL, patient), (BROKEN, other)):
            work.session.add(Chat(
                id=number, clinic_id=whose.clinic_id, patient_id=whose.id,
                state=ChatState.ACTIVE, consented_at=work.now,
            ))  # fmt: skip


def poll_until(phones: str, begin, done) -> None:
    settings = load_settings({
        "SANDBOX": "1", "TELEGRAM_BASE_URL": f"{phones}/bot", "CHAT_PER_SECOND": "0",
    })  # fmt: skip

    async def poll() -> None:
        telegram, stopping = Telegram(settings), asyncio.Event()
        await telegram.open()
        polling = asyncio.create_task(Poller(telegram, begin).run(stopping))
        try:
            async with asyncio.timeout(20):
                while not done():
                    await asyncio.sleep(0.05)
        finally:
            stopping.set()
            await polling
            await telegram.close()

    asyncio.run(poll())


def say(phones: str, chat_id: int, text: str) -> None:
    ask_json("POST", f"{phones}/control/telegram/messages", {"chat_id": chat_id, "text": text})


def heard(phones: str, chat_id: int) -> list[str]:
    chat = ask_json("GET", f"{phones}/control/telegram/chats/{chat_id}")
    return [one["text"] for one in chat["messages"] if one["from"] == "bot"]


def rows(begin, table) -> list:
    with begin() as work:
        return list(work.session.exec(select(table)))


def test_an_answer_is_sent_settled_and_confirmed(phones, two_chats, begin):
    say(phones, WELL, "/help")
    poll_until(phones, begin, lambda: heard(phones, WELL))
    [row] = rows(begin, Message)[-1:]
    assert (row.state, row.sent_body) == ("sent", heard(phones, WELL)[0])
    again = ask_json("POST", f"{phones}/bot1000000001:sandbox-token-not-a-secret/getUpdates", {})
    assert again["result"] == []


def test_an_update_that_fails_three_times_is_set_aside_and_blocks_nobody(
    phones, two_chats, begin, patient
):
    say(phones, BROKEN, "/visit")
    say(phones, WELL, "/help")
    poll_until(phones, begin, lambda: heard(phones, WELL) and heard(phones, BROKEN))
    assert "没能处理好" in heard(phones, BROKEN)[0]
    [aside] = [one for one in rows(begin, TelegramUpdate) if one.set_aside]
    assert (aside.failures, aside.raw["message"]["text"]) == (3, "/visit")
    assert [one.kind for one in rows(begin, InboxItem)] == ["broken_update"]
