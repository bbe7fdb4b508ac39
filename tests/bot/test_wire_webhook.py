"""The webhook's own door: who may knock, what is no update, and a database that is away."""

import asyncio
import json

import aiohttp
import pytest
from sqlalchemy import create_engine
from sqlmodel import select
from wire_ears import SECRET, Phones, settings_for

from app.senders.telegram import Telegram
from app.work import work_on
from bot.webhook import SECRET_HEADER, Webhook
from models import Chat, InboxItem, TelegramUpdate

UPDATE = {
    "update_id": 1,
    "message": {
        "message_id": 1, "text": "hello", "date": 1, "from": {"id": 5, "language_code": "en"},
        "chat": {"id": 5, "type": "private"},
    },
}  # fmt: skip


def knock(database_url, begin, **how):
    """The status of one request to a webhook whose Telegram does not answer."""
    settings = settings_for(Phones("http://127.0.0.1:9"), "webhook", database_url)

    async def ask() -> int:
        telegram = Telegram(settings)
        await telegram.open()
        webhook, stopping = Webhook(telegram, begin, settings), asyncio.Event()
        await webhook._listen()
        running = asyncio.create_task(webhook.run(stopping))
        async with aiohttp.ClientSession(f"http://127.0.0.1:{settings.bot_port}") as http:
            asked = {"method": "POST", "url": "/telegram", "headers": {SECRET_HEADER: SECRET}} | how
            async with http.request(**asked) as answer:
                status = answer.status
        stopping.set()
        await running
        await telegram.close()
        return status

    return asyncio.run(ask())


def url(engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def noted(begin):
    with begin() as work:
        return list(work.session.exec(select(TelegramUpdate.id)))


@pytest.mark.parametrize(
    "headers", [{}, {SECRET_HEADER: ""}, {SECRET_HEADER: SECRET[:-1]}, {SECRET_HEADER: "ü" * 40}]
)
def test_who_does_not_know_the_secret_is_not_heard(engine, begin, headers):
    assert knock(url(engine), begin, json=UPDATE, headers=headers) == 403
    assert noted(begin) == []


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"7", b'{"message": 1}', b"\xff", b"[" * 100_000, b'{"update_id": "1"}']
)
def test_what_is_no_update_is_a_bad_request(engine, begin, body):
    assert knock(url(engine), begin, data=body) == 400


def test_a_body_that_no_update_has_is_too_large(engine, begin):
    assert knock(url(engine), begin, data=b"1" * 1_100_000) == 413


def test_an_update_is_confirmed_although_telegram_takes_no_reply_now(engine, begin, clinic):
    assert knock(url(engine), begin, json=UPDATE) == 200
    assert noted(begin) == [1]


def test_a_kind_of_update_that_nobody_asked_for_is_confirmed(engine, begin):
    assert knock(url(engine), begin, json={"update_id": 3, "poll": {"id": "1"}}) == 200
    assert noted(begin) == []


def test_a_message_without_its_chat_is_set_aside_and_confirmed(engine, begin):
    assert knock(url(engine), begin, json={"update_id": 4, "message": {"text": "x"}}) == 200
    with begin() as work:
        aside = work.session.get_one(TelegramUpdate, 4)
        assert (aside.set_aside, json.loads(json.dumps(aside.raw))["message"]) == (True, {"text": "x"})


def test_an_update_that_meets_no_database_is_sent_again_by_telegram(clock):
    nowhere = "postgresql+psycopg://nobody@127.0.0.1:9/none"
    begin = work_on(create_engine(nowhere), clock)
    assert knock(nowhere, begin, json=UPDATE) == 503


def test_the_webhook_says_that_it_is_well(engine, begin):
    assert knock(url(engine), begin, method="GET", url="/healthz", headers={}) == 200


def test_letters_that_no_database_keeps_are_left_out(engine, begin, patient):
    with begin() as work:
        work.session.add(Chat(id=5, clinic_id="wuhan", patient_id=patient.id, state="active"))
    broken = json.loads(json.dumps(UPDATE))
    broken["message"]["text"] = "a\0b\ud83dc \U0001f600"
    assert knock(url(engine), begin, json=broken) == 200
    with begin() as work:
        assert work.session.exec(select(InboxItem.text)).one() == "ab\ufffdc \U0001f600"
