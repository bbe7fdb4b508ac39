"""A phone that rings until somebody answers it, presses a key, or lets it ring."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from sandbox_listeners import Answer, Heard, listening
from sandbox_phones import Phones, running
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

ACCOUNT, TOKEN = "AC" + "0" * 32, "sandbox-auth-token-not-a-secret"
CLINIC, NURSE, DEPUTY = "+15005550006", "+8613800000001", "+8613800000002"
ASKS = (
    '<Response><Gather numDigits="1" action="{url}/voice?message=a" actionOnEmptyResult="true">'
    "<Say>Press 1.</Say></Gather></Response>"
)


def clinic_answers(heard: Heard) -> Answer:
    thanks = "<Response><Say>Thank you.</Say></Response>"
    again = ASKS.format(url=f"http://{heard.headers['Host']}")
    if heard.path.startswith("/voice"):
        rounds.append(heard.form.get("Digits"))
    tired = len(rounds) > 3
    return 200, "text/xml", thanks if heard.form.get("Digits") == "1" or tired else again


rounds: list[str | None] = []


@pytest.fixture(scope="module")
def clinic():
    with listening(clinic_answers) as listener:
        yield listener


@pytest.fixture
def phones(clinic):
    rounds.clear()
    clinic.heard.clear()
    with running(APP_URL=clinic.url, WORKER_EVENTS_URL="http://127.0.0.1:9/") as found:
        yield found


@pytest.fixture
def twilio(phones: Phones):
    client = Client(ACCOUNT, TOKEN, http_client=TwilioHttpClient(timeout=2, max_retries=0))
    client.api.base_url = phones.url
    return client


def ringing(twilio: Client, phones: Phones, clinic, to: str = NURSE, **more):
    made = twilio.calls.create(
        to=to, from_=CLINIC, twiml=ASKS.format(url=clinic.url),
        status_callback=f"{clinic.url}/status", **more,
    )  # fmt: skip
    deadline = time.monotonic() + 3
    while call(phones, made.sid)["status"] != "ringing" and time.monotonic() < deadline:
        time.sleep(0.01)
    return made.sid


def call(phones: Phones, sid: str):
    return next(one for one in phones.ask("twilio/calls")["calls"] if one["sid"] == sid)


def fates(clinic):
    return [one.form["CallStatus"] for one in clinic.heard if one.path.startswith("/status")]


def test_it_rings_until_it_is_answered_and_the_key_reaches_the_clinic(twilio, phones, clinic):
    sid = ringing(twilio, phones, clinic)
    assert call(phones, sid)["waits"]
    answered = phones.do("twilio/keys", to=NURSE, digits="1")
    assert (answered["status"], answered["pressed"]) == ("completed", "1")
    assert answered["said"] == "Press 1. Thank you."
    assert (rounds, fates(clinic)) == (["1"], ["completed"])


def test_another_key_and_none_are_posted_as_well(twilio, phones, clinic):
    sid = ringing(twilio, phones, clinic)
    assert phones.do("twilio/keys", sid=sid, digits="51")["said"].count("Press 1.") == 2
    ringing(twilio, phones, clinic)
    phones.do("twilio/keys", to=NURSE, digits="")
    assert rounds == ["5", "1", "", ""]


def test_one_who_does_not_answer_is_told_to_the_clinic(twilio, phones, clinic):
    ringing(twilio, phones, clinic)
    assert phones.do("twilio/refusals", to=NURSE)["status"] == "no-answer"
    assert fates(clinic) == ["no-answer"]
    assert phones.http.post("/control/twilio/keys", json={"to": NURSE, "digits": "1"}).status_code == 404


def test_it_stops_ringing_by_itself_when_the_clock_moves_on(twilio, phones, clinic):
    sid = ringing(twilio, phones, clinic, timeout=40)
    phones.do("clock", advance="PT10S")
    assert call(phones, sid)["status"] == "ringing"
    phones.do("clock", advance="PT31S")
    assert (call(phones, sid)["status"], fates(clinic)) == ("no-answer", ["no-answer"])


def test_calls_are_listed_by_number_and_time(twilio, phones, clinic):
    mine = [ringing(twilio, phones, clinic) for _ in range(2)]
    ringing(twilio, phones, clinic, DEPUTY)
    assert [one.sid for one in twilio.calls.list(to=NURSE)] == mine[::-1]
    hour = timedelta(hours=1)
    now = datetime.now(UTC)
    assert len(twilio.calls.list(to=NURSE, start_time_after=now - hour)) == 2
    assert twilio.calls.list(to=NURSE, start_time_after=now + hour) == []


def test_what_rings_goes_on_ringing_after_a_restart(clinic, tmp_path):
    state = {"SANDBOX_STATE": str(tmp_path / "phones.json"), "APP_URL": clinic.url}
    rounds.clear()
    with running(**state) as phones:
        client = Client(ACCOUNT, TOKEN)
        client.api.base_url = phones.url
        sid = ringing(client, phones, clinic)
    with running(**state) as phones:
        assert phones.do("twilio/keys", sid=sid, digits="1")["status"] == "completed"
