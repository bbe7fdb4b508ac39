"""Three hundred updates at once while a bot is killed: polling, and two behind one webhook address."""

import asyncio
import threading
import time
from itertools import cycle

import pytest
from aiohttp import ClientError, ClientSession, ClientTimeout, web
from sqlmodel import col, select

from app.clock import real_now
from app.work import work_on
from models import Chat, ChatState, Message, TelegramUpdate
from tests.conftest import HAS_POSTGRES
from tests.story.processes import Processes, answers, ask_json, clinic_of, free_port, until

pytestmark = pytest.mark.story
CHATS = range(8001, 8021)
LINES = ("/help", "/more", "/visit", "/language", "/cancel") * 3


class RoundRobin:
    """One address for several bots: each request to the next; what is not taken is sent again."""

    def __init__(self, ports: list[int]) -> None:
        self.port, self._next = free_port(), cycle(ports)
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        asyncio.run_coroutine_threadsafe(self._open(), self._loop).result(10)

    async def _open(self) -> None:
        self._http = ClientSession(timeout=ClientTimeout(total=40))
        app = web.Application()
        app.add_routes([web.post("/telegram", self._pass_on)])
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()

    async def _pass_on(self, request: web.Request) -> web.Response:
        url = f"http://127.0.0.1:{next(self._next)}/telegram"
        secret = {name: request.headers[name] for name in request.headers if "Secret" in name}
        try:
            async with self._http.post(url, data=await request.read(), headers=secret) as answer:
                return web.Response(status=answer.status)
        except ClientError:
            return web.Response(status=502)

    def close(self) -> None:
        async def close() -> None:
            await self._runner.cleanup()
            await self._http.close()

        asyncio.run_coroutine_threadsafe(close(), self._loop).result(60)
        self._loop.call_soon_threadsafe(self._loop.stop)


@pytest.fixture
def chats(engine, patient):
    begin = work_on(engine, real_now)
    with begin() as work:
        work.session.add_all([
            Chat(id=number, clinic_id="wuhan", patient_id=patient.id, language="en",
                 state=ChatState.ACTIVE, consented_at=work.now) for number in CHATS
        ])  # fmt: skip
    return begin


def burst(phones: str) -> None:
    for line in LINES:
        for chat_id in CHATS:
            body = {"chat_id": chat_id, "text": line}
            ask_json("POST", f"{phones}/control/telegram/messages", body)


def replies(begin, chat_id: int | None = None) -> list[Message]:
    """In the order of the updates that they answer."""
    with begin() as work:
        query = select(Message).where(col(Message.dedupe).startswith("reply:"))
        if chat_id is not None:
            query = query.where(Message.chat_id == chat_id)
        return sorted(work.session.exec(query), key=lambda row: int(row.dedupe[6:]))


def all_sent(begin) -> bool:
    rows = replies(begin)
    return len(rows) == len(CHATS) * len(LINES) and {row.state for row in rows} == {"sent"}


def heard(phones: str, chat_id: int) -> list[str]:
    messages = ask_json("GET", f"{phones}/control/telegram/chats/{chat_id}")["messages"]
    return [one["text"] for one in messages if one["from"] == "bot"]


def check_order(begin, phones: str) -> None:
    """Each reply is on the phone in its turn; twice only where its row was taken up twice."""
    for chat_id in CHATS:
        seen, told = heard(phones, chat_id), replies(begin, chat_id)
        assert len(told) == len(LINES)
        for row in told:
            assert seen.pop(0) == row.sent_body
            while seen and seen[0] == row.sent_body:
                assert row.attempts > 1, "shown twice, and its row does not say why"
                seen.pop(0)
        assert seen == []


def killed_in_the_middle(begin, processes: Processes, name: str, *arguments: str, **env) -> None:
    until(lambda: len(replies(begin)) > 60, 60)
    processes.kill(name)
    assert not all_sent(begin)
    time.sleep(0.3)
    processes.start(name, *arguments, **env)
    until(lambda: all_sent(begin), 120)


def listens(phones: str, api: str) -> bool:
    return bool(ask_json("POST", f"{phones}{api}/getWebhookInfo", {})["result"]["url"])


@pytest.mark.skipif(not HAS_POSTGRES, reason="no PostgreSQL answers")
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_two_webhook_bots_of_which_one_is_killed_lose_nothing_and_keep_each_chats_order(
    database_url, chats
):
    ports = [free_port(), free_port()]
    front = RoundRobin(ports)
    hook = {"WEBHOOK_URL": f"http://127.0.0.1:{front.port}/telegram", "WEBHOOK_SECRET": "w" * 40}
    with clinic_of(database_url, **hook) as (processes, phones):
        for number, port in enumerate(ports):
            processes.start(f"bot {number}", "bot", BOT_PORT=str(port))
            until(lambda port=port: answers(f"http://127.0.0.1:{port}/healthz"), 40)
        processes.start("worker", "app.worker")
        until(lambda: listens(phones, "/bot1000000001:sandbox-token-not-a-secret"))
        burst(phones)
        killed_in_the_middle(chats, processes, "bot 0", "bot", BOT_PORT=str(ports[0]))
        check_order(chats, phones)
        with chats() as work:
            assert len(work.session.exec(select(TelegramUpdate)).all()) == len(replies(chats))
    front.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_polling_bot_that_is_killed_loses_nothing_and_keeps_each_chats_order(
    database_url, chats
):
    with clinic_of(database_url) as (processes, phones):
        processes.start("worker", "app.worker")
        burst(phones)
        processes.start("bot", "bot")
        killed_in_the_middle(chats, processes, "bot", "bot")
        check_order(chats, phones)
