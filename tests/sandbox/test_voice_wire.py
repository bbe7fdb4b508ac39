"""Our calls, met by the stand-in of Twilio over a real connection."""

import time
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sandbox_listeners import Listener, listening
from sandbox_phones import Phones, running

from app.senders import Receipt, Refused, Sent, Unavailable, Unknown
from app.senders.voice import Voice, asking
from app.settings import load_settings

NURSE, DEPUTY = "+8613800000001", "+8613800000002"
WORDS = "这里是随访门诊。有患者需要您处理，编号P, 0, 0, 0, 1。确认请按1。"
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def clinic():
    with listening(lambda heard: (200, "text/xml", "<Response/>")) as listener:
        yield listener


@pytest.fixture
def phones(clinic):
    clinic.heard.clear()
    with running(APP_URL=clinic.url) as found:
        yield found


@pytest.fixture
def voice(phones: Phones, clinic: Listener):
    settings = load_settings({"SANDBOX": "1"})
    return Voice(replace(settings, twilio_base_url=phones.url, public_url=clinic.url))


def waiting(phones):
    deadline = time.monotonic() + 3
    while time.monotonic() < deadline:
        if found := [one for one in phones.ask("twilio/calls")["calls"] if one["waits"]]:
            return found
        time.sleep(0.01)
    return []


def test_it_is_said_twice_and_the_key_comes_back_under_our_reference(voice, phones, clinic):
    sent = voice.send(NURSE, WORDS, "wuhan.m1")
    assert isinstance(sent, Sent) and waiting(phones)[0]["sid"] == sent.provider_id
    heard = phones.do("twilio/keys", to=NURSE, digits="1")
    assert heard["said"] == f"{WORDS} {WORDS}"
    key, receipt = clinic.heard
    assert (key.path, key.form["Digits"]) == ("/api/v1/twilio/voice?message=wuhan.m1", "1")
    assert receipt.path == "/api/v1/twilio/status?message=wuhan.m1"
    assert receipt.form["CallStatus"] == "completed"
    assert voice.fetch(sent.provider_id) == Receipt("completed")


def test_each_language_has_a_voice_that_speaks_it():
    said = {ET.fromstring(asking(words, "http://x")).find(".//Say").get("language")
            for words in (WORDS, "A patient needs you.")}  # fmt: skip
    assert said == {"cmn-CN", "en-GB"}


@pytest.mark.parametrize(
    ("fault", "fate"),
    [({"kind": "status", "status": 400, "error_code": 21214}, Refused),
     ({"kind": "status", "status": 400, "error_code": 99999}, Refused),
     ({"kind": "status", "status": 429, "error_code": 20429}, Unavailable),
     ({"kind": "status", "status": 503}, Unavailable), ({"kind": "drop"}, Unknown)],
)  # fmt: skip
def test_what_twilio_answers_is_a_fate(voice, phones, fault, fate):
    phones.do("faults", service="twilio", method="Calls", **fault)
    assert isinstance(voice.send(NURSE, WORDS, "wuhan.m1"), fate)


def test_a_number_that_cannot_be_is_never_tried_again(voice):
    assert voice.send("12345", WORDS, "wuhan.m1") == Refused("Twilio 400, code 21211")


def test_a_call_whose_answer_was_lost_is_found_by_its_number(voice, phones):
    phones.do("faults", service="twilio", kind="drop", method="Calls")
    assert isinstance(voice.send(NURSE, WORDS, "wuhan.m1"), Unknown)
    [call] = waiting(phones)
    assert voice.look_up(NURSE, WORDS, LONG_AGO) == Sent(call["sid"])
    assert voice.look_up(DEPUTY, WORDS, LONG_AGO) == Unavailable("not at Twilio: sent again", 0)
    later = datetime.now(UTC) + timedelta(minutes=2)
    assert voice.look_up(NURSE, WORDS, later) == Unavailable("not at Twilio: sent again", 0)


def test_a_list_that_does_not_answer_leaves_it_unknown(voice, phones):
    phones.do("faults", service="twilio", kind="status", status=503, method="Calls.list")
    assert isinstance(voice.look_up(NURSE, WORDS, LONG_AGO), Unknown)
    phones.do("faults", service="twilio", kind="status", status=503, method="Calls.fetch")
    assert voice.fetch("CA0") is None
