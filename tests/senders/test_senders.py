"""The ways out, met by the stand-ins of Telegram and Twilio over real connections."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from app.senders import Blocked, Receipt, Refused, Sent, Unavailable, Unknown
from app.senders.sms import Sms
from app.senders.telegram import Telegram
from app.settings import load_settings
from app.texts.render import Attachment, Button, Rendered

CHAT, NURSE = 5001, "+8613800000001"
WORDS = Rendered("抽过血了吗？", ((Button("刚抽", "draw:now"),),))


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _wait_for(url: str) -> None:
    for _ in range(200):
        try:
            httpx.get(f"{url}/control/clock")
            return
        except httpx.TransportError:
            time.sleep(0.05)
    raise TimeoutError(url)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[httpx.Client]:
    port = _free_port()
    env = os.environ | {"SANDBOX_PORT": str(port), "SANDBOX_STATE": "", "SANDBOX_SEED": ""}
    process = subprocess.Popen([sys.executable, "-m", "sandbox"], env=env)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(url)
        with httpx.Client(base_url=url, timeout=20) as client:
            yield client
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
def phones(sandbox):
    sandbox.delete("/control/faults")
    sandbox.post("/control/telegram/messages", json={"chat_id": CHAT, "text": "/start"})
    return sandbox


@pytest.fixture
def settings(phones):
    url = str(phones.base_url).rstrip("/")
    sandboxed = load_settings({"SANDBOX": "1"})
    return replace(sandboxed, telegram_base_url=f"{url}/bot", twilio_base_url=url)


def fault(phones, service, kind="status", **more):
    body = {"service": service, "kind": kind, "times": 1, **more}
    phones.post("/control/faults", json=body).raise_for_status()


def say(settings, chat_id=CHAT, words=WORDS):
    async def talk():
        telegram = Telegram(settings)
        await telegram.open()
        try:
            return await telegram.send(chat_id, words)
        finally:
            await telegram.close()

    return asyncio.run(talk())


def heard(phones):
    return phones.get(f"/control/telegram/chats/{CHAT}").json()["messages"]


def test_words_and_buttons_arrive_in_the_chat(phones, settings):
    fate = say(settings)
    last = heard(phones)[-1]
    assert fate == Sent(str(last["id"]))
    assert (last["text"], last["buttons"]) == (
        "抽过血了吗？", [[{"label": "刚抽", "data": "draw:now"}]],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("status", "fate"),
    [(403, Blocked), (400, Refused), (401, Unavailable), (500, Unavailable), (502, Unavailable)],
)
def test_a_refusal_of_telegram_has_its_fate(phones, settings, status, fate):
    fault(phones, "telegram", status=status, method="sendMessage")
    assert type(say(settings)) is fate


@pytest.mark.parametrize(("kind", "shown_as"), [("image/png", "photo"), ("text/html", "document")])
def test_a_file_arrives_with_its_words_and_buttons(phones, settings, kind, shown_as):
    file = Attachment("mine.png", kind, b"\x89PNG not looked at")
    fate = say(settings, words=replace(WORDS, attachment=file))
    newest = phones.get(f"/control/telegram/chats/{CHAT}").json()["messages"][-1]
    assert str(newest["id"]) == fate.provider_id
    assert (newest["text"], newest["buttons"][0][0]["data"]) == (WORDS.text, "draw:now")
    assert shown_as in newest


def test_telegrams_429_says_how_long_to_wait(phones, settings):
    fault(phones, "telegram", status=429, retry_after=7, method="sendMessage")
    assert say(settings) == Unavailable("429: wait 7 s", 7.0)


def test_a_chat_that_nobody_has_is_refused(settings):
    assert type(say(settings, 999_999)) is Refused


def test_a_telegram_that_does_not_answer_is_tried_later(settings):
    nowhere = replace(settings, telegram_base_url=f"http://127.0.0.1:{_free_port()}/bot")
    assert type(say(nowhere)) is Unavailable


def texts(phones, body):
    rows = phones.get("/control/twilio/messages").json()["messages"]
    return [row for row in rows if row["body"] == body]


def long_ago():
    return datetime.now(UTC) - timedelta(minutes=1)


def test_a_text_arrives_at_the_nurse(phones, settings):
    fate = Sms(settings).send(NURSE, "P-0001 one", "wuhan.1")
    assert [fate] == [Sent(row["sid"]) for row in texts(phones, "P-0001 one")]


def test_a_number_that_cannot_be_is_refused_for_good(settings):
    fate = Sms(settings).send("12345", "x", "wuhan.1")
    assert isinstance(fate, Refused)
    assert "21211" in fate.why


@pytest.mark.parametrize(
    ("status", "code", "fate"),
    [(400, 21610, Blocked), (400, 21614, Refused), (400, 21408, Refused), (400, 30034, Refused),
     (401, 20003, Unavailable), (403, 20403, Unavailable),  # our account, not this number
     (429, 20429, Unavailable), (500, None, Unavailable), (503, None, Unavailable)],
)  # fmt: skip
def test_a_refusal_of_twilio_has_its_fate(phones, settings, status, code, fate):
    fault(phones, "twilio", status=status, error_code=code, method="Messages")
    assert type(Sms(settings).send(NURSE, "x", "wuhan.1")) is fate


def test_twilio_says_when_asked_what_became_of_a_text(phones, settings):
    fault(phones, "twilio", kind="undelivered", to="+8613800000021", error_code=30034)
    sms = Sms(settings)
    sid = sms.send("+8613800000021", "x", "wuhan.1").provider_id
    words = set()
    while (word := sms.fetch(sid)).status in ("queued", "sent"):
        words.add(word.status)
        time.sleep(0.05)
    assert word == Receipt("undelivered", "30034")
    assert "queued" in words


@pytest.mark.parametrize(("kind", "status"), [("status", 500), ("status", 404), ("drop", None)])
def test_when_twilio_does_not_answer_nothing_is_known_of_a_text(phones, settings, kind, status):
    sid = Sms(settings).send("+8613800000022", "x", "wuhan.1").provider_id
    more = {"status": status} if status else {}
    fault(phones, "twilio", kind=kind, method="Messages.fetch", **more)
    assert Sms(settings).fetch(sid) is None


def test_a_text_is_found_behind_a_hundred_later_ones(phones, settings):
    sms, often = Sms(settings), "+8613800000023"
    wanted = sms.send(often, "the one", "wuhan.1")
    for number in range(110):
        sms.send(often, f"later {number}", "wuhan.2")
    since = datetime.now(UTC) - timedelta(hours=1)
    assert sms.look_up(often, "the one", since) == wanted
    assert isinstance(sms.look_up(often, "another", since), Unavailable)


def test_a_nurse_who_said_stop_is_blocked(phones, settings):
    stopped = "+8613800000009"
    phones.post("/control/twilio/replies", json={"from": stopped, "body": "STOP"})
    fate = Sms(settings).send(stopped, "x", "wuhan.1")
    assert isinstance(fate, Blocked)
    assert "21610" in fate.why


def hasty(settings) -> Sms:
    """A sender that waits half a second."""
    sms = Sms(settings)
    http = TwilioHttpClient(timeout=0.5, max_retries=0)
    sms._client = Client(settings.twilio_account_sid, settings.twilio_auth_token, http_client=http)
    sms._client.api.base_url = settings.twilio_base_url
    return sms


def test_a_silence_of_twilio_is_unknown_and_the_look_says_that_it_did_not_go(phones, settings):
    fault(phones, "twilio", "timeout", method="Messages")
    sms = hasty(settings)
    assert type(sms.send(NURSE, "lost", "wuhan.1")) is Unknown
    assert sms.look_up(NURSE, "lost", long_ago()) == Unavailable("not at Twilio: sent again", 0)


def test_a_lost_answer_of_twilio_is_unknown_and_the_look_finds_the_text(phones, settings):
    fault(phones, "twilio", "drop", method="Messages")
    sms = Sms(settings)
    assert type(sms.send(NURSE, "kept", "wuhan.1")) is Unknown
    [row] = texts(phones, "kept")
    assert sms.look_up(NURSE, "kept", long_ago()) == Sent(row["sid"])


def test_an_equal_text_of_before_is_not_taken_for_this_one(settings):
    sms = Sms(settings)
    sms.send(NURSE, "same words", "wuhan.1")
    later = datetime.now(UTC) + timedelta(minutes=1)
    assert type(sms.look_up(NURSE, "same words", later)) is Unavailable


def test_a_list_that_fails_leaves_the_text_unknown(phones, settings):
    fault(phones, "twilio", status=500, method="Messages.list")
    assert type(Sms(settings).look_up(NURSE, "x", long_ago())) is Unknown


def test_a_twilio_that_is_not_reached_is_tried_later(settings):
    nowhere = replace(settings, twilio_base_url=f"http://127.0.0.1:{_free_port()}")
    assert type(Sms(nowhere).send(NURSE, "x", "wuhan.1")) is Unavailable
