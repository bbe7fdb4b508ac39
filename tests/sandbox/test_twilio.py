"""The stand-in of Twilio, met by an unmodified twilio Client."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import httpx
import pytest
from requests.exceptions import ConnectionError as NoAnswer
from requests.exceptions import Timeout
from sandbox_listeners import Answer, Heard, Listener, listening
from sandbox_phones import Phones, running
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.request_validator import RequestValidator
from twilio.rest import Client

ACCOUNT, TOKEN = "AC" + "0" * 32, "sandbox-auth-token-not-a-secret"
CLINIC = "+15005550006"
SIGNED = RequestValidator(TOKEN)
nurses = (f"+86138000{number:05}" for number in count(1))


def clinic_answers(heard: Heard) -> Answer:
    if heard.form.get("Body") == "P-0001":
        twiml = "<Response><Message>P-0001 已确认</Message></Response>"
        return 200, "text/xml", twiml
    return 200, "text/xml", "<Response><Say>Alarm for P-0001</Say></Response>"


@pytest.fixture(scope="module")
def clinic() -> Iterator[Listener]:
    with listening(clinic_answers) as listener:
        yield listener


@pytest.fixture(scope="module")
def phones(clinic: Listener) -> Iterator[Phones]:
    with running(APP_URL=clinic.url) as found:
        yield found


@pytest.fixture
def twilio(phones: Phones, clinic: Listener) -> Client:
    clinic.heard.clear()
    client = Client(ACCOUNT, TOKEN, http_client=TwilioHttpClient(timeout=0.5, max_retries=0))
    client.api.base_url = phones.url
    return client


def until(holds: Callable[[], Any]) -> Any:
    deadline = time.monotonic() + 3
    while not (found := holds()) and time.monotonic() < deadline:
        time.sleep(0.01)
    return found


def posts_of(clinic: Listener, sid: str, last: str) -> list[Heard]:
    def found() -> list[Heard]:
        return [h for h in list(clinic.heard) if h.form.get("MessageSid") == sid]

    until(lambda: any(h.form["MessageStatus"] == last for h in found()))
    return found()


def test_a_message_is_queued_sent_and_delivered_and_each_step_is_signed(
    twilio: Client, clinic: Listener
) -> None:
    to, callback = next(nurses), f"{clinic.url}/api/v1/twilio/status?m=1"
    words = "P-0001 需要处理"
    sent = twilio.messages.create(to=to, from_=CLINIC, body=words, status_callback=callback)
    assert (sent.status, sent.num_segments, sent.error_code) == ("queued", "1", None)
    posts = posts_of(clinic, sent.sid, "delivered")
    assert [p.form["MessageStatus"] for p in posts] == ["queued", "sent", "delivered"]
    for post in posts:
        assert SIGNED.validate(callback, post.form, post.headers["X-Twilio-Signature"])
    assert twilio.messages(sent.sid).fetch().status == "delivered"


def test_an_undelivered_message_names_its_error(
    twilio: Client, clinic: Listener, phones: Phones
) -> None:
    phones.do("faults", service="twilio", kind="undelivered", error_code=30005, times=1)
    callback = f"{clinic.url}/status"
    sent = twilio.messages.create(to=next(nurses), from_=CLINIC, body="x", status_callback=callback)
    last = posts_of(clinic, sent.sid, "undelivered")[-1]
    assert last.form["ErrorCode"] == "30005"
    assert twilio.messages(sent.sid).fetch().error_code == 30005


@pytest.mark.parametrize(("to", "code"), [("12345", 21211), ("+0", 21211)])
def test_a_number_that_cannot_be_is_refused(twilio: Client, to: str, code: int) -> None:
    with pytest.raises(TwilioRestException) as refused:
        twilio.messages.create(to=to, from_=CLINIC, body="x")
    assert (refused.value.code, refused.value.status) == (code, 400)


def test_a_wrong_password_is_refused(phones: Phones) -> None:
    client = Client(ACCOUNT, "wrong")
    client.api.base_url = phones.url
    with pytest.raises(TwilioRestException) as refused:
        client.messages("SM" + "0" * 32).fetch()
    assert (refused.value.code, refused.value.status) == (20003, 401)


@pytest.mark.parametrize(
    ("body", "segments"),
    [("x" * 160, "1"), ("x" * 161, "2"), ("中" * 70, "1"), ("中" * 71, "2"), ("[" * 81, "2")],
)
def test_segments_are_counted_as_the_network_does(
    twilio: Client, body: str, segments: str
) -> None:
    sent = twilio.messages.create(to=next(nurses), from_=CLINIC, body=body)
    assert sent.num_segments == segments


def test_messages_are_listed_by_number_and_date_page_by_page(twilio: Client) -> None:
    to = next(nurses)
    sent = [twilio.messages.create(to=to, from_=CLINIC, body=str(n)).sid for n in range(3)]
    found = twilio.messages.list(to=to, page_size=2)
    assert [message.sid for message in found] == sent[::-1]
    now = datetime.now(UTC)
    hour = timedelta(hours=1)
    assert len(twilio.messages.list(to=to, date_sent_after=now - hour)) == 3
    assert twilio.messages.list(to=to, date_sent_after=now + hour) == []
    assert len(twilio.messages.list(to=to, date_sent=now.date())) == 3


def test_a_nurse_who_says_stop_gets_nothing_until_she_says_start(
    twilio: Client, phones: Phones
) -> None:
    nurse = next(nurses)
    phones.do("twilio/replies", **{"from": nurse, "body": " stop "})
    with pytest.raises(TwilioRestException) as refused:
        twilio.messages.create(to=nurse, from_=CLINIC, body="x")
    assert refused.value.code == 21610
    phones.do("twilio/replies", **{"from": nurse, "body": "START"})
    assert twilio.messages.create(to=nurse, from_=CLINIC, body="x").status == "queued"


def test_a_nurses_reply_is_signed_and_the_clinics_answer_comes_back(
    twilio: Client, clinic: Listener, phones: Phones
) -> None:
    nurse = next(nurses)
    outcome = phones.do("twilio/replies", **{"from": nurse, "body": "P-0001"})
    assert outcome == {"status": 200, "reply": "P-0001 已确认"}
    heard = clinic.heard[-1]
    address = f"{clinic.url}/api/v1/twilio/inbound"
    assert SIGNED.validate(address, heard.form, heard.headers["X-Twilio-Signature"])
    assert (heard.form["From"], heard.form["NumMedia"]) == (nurse, "0")
    hers = [m for m in phones.ask("twilio/messages")["messages"] if nurse in (m["from"], m["to"])]
    assert [(m["from"], m["body"]) for m in hers] == [(nurse, "P-0001"), (CLINIC, "P-0001 已确认")]


def test_a_call_reads_the_alarm_aloud(twilio: Client, clinic: Listener, phones: Phones) -> None:
    nurse = next(nurses)
    call = twilio.calls.create(to=nurse, from_=CLINIC, url=f"{clinic.url}/api/v1/twilio/voice")
    assert call.status == "queued"
    until(lambda: twilio.calls(call.sid).fetch().status == "completed")
    spoken = [c for c in phones.ask("twilio/calls")["calls"] if c["to"] == nurse]
    assert spoken[0]["said"] == "Alarm for P-0001"


def test_a_refusal_a_silence_and_a_lost_answer_leave_what_they_should(
    twilio: Client, phones: Phones
) -> None:
    to = next(nurses)

    def send() -> None:
        twilio.messages.create(to=to, from_=CLINIC, body="x")

    phones.do("faults", service="twilio", kind="status", status=429, retry_after=3, times=1)
    with pytest.raises(TwilioRestException) as refused:
        send()
    assert refused.value.status == 429
    phones.do("faults", service="twilio", kind="timeout", times=1)
    with pytest.raises(Timeout):
        send()
    assert twilio.messages.list(to=to) == []
    phones.do("faults", service="twilio", kind="drop", times=1)
    with pytest.raises(NoAnswer):
        send()
    assert len(twilio.messages.list(to=to)) == 1


def test_a_fault_that_makes_no_sense_is_refused(phones: Phones) -> None:
    for service, kind in (("fax", "drop"), ("telegram", "undelivered")):
        body = {"service": service, "kind": kind}
        answer = httpx.post(f"{phones.url}/control/faults", json=body)
        assert answer.status_code == 422
        assert answer.json()["errors"]
