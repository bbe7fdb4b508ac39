"""A call about an alert: a key takes it, anything else has it said again."""

import xml.etree.ElementTree as ET

import pytest
from sqlmodel import select
from twilio.request_validator import RequestValidator

from app.clinical.alerts import Cause
from app.services.alerts import raise_alerts
from app.services.escalation import call_next
from app.services.messages import reference_to
from app.settings import load_settings
from models import Alert, Channel, Message, MessageState, Rota, Staff
from models.columns import new_id

SETTINGS = load_settings({"SANDBOX": "1"})
SAID = "This is the clinic. P, 0, 0, 0, 1. Press 1."


@pytest.fixture
def nurse(begin, clinic):
    with begin() as work:
        nurse = Staff(clinic_id="wuhan", name="n", email="n@x", password="x", fs_uniquifier="n",
                      phone="+8613800000001", language="en")  # fmt: skip
        work.session.add(nurse)
        work.session.flush()
        work.session.add(Rota(clinic_id="wuhan", id=new_id(work.now), staff_id=nurse.id, weekday=1))
    return nurse


@pytest.fixture
def alert(begin, patient, nurse):
    with begin() as work:
        return raise_alerts(work, patient, [Cause("grade_3", "skin", "3")], report_id=None, grade=3)


@pytest.fixture
def called(begin, alert):
    """The nurse did not answer the text, and is called."""
    with begin() as work:
        call_next(work, work.session.get_one(Alert, ("wuhan", alert.id)))
    with begin() as work:
        row = work.session.exec(select(Message).where(Message.channel == Channel.VOICE)).one()
        row.state, row.sent_to, row.sent_body = MessageState.SENDING, "+8613800000001", SAID
    return row


@pytest.fixture
def twilio(web):
    def post(path, **form):
        url = f"{SETTINGS.public_url}/api/v1/twilio/{path}"
        signature = RequestValidator(SETTINGS.twilio_auth_token).compute_signature(url, form)
        answer = web.post(url, data=form, headers={"X-Twilio-Signature": signature})
        assert answer.status_code in (200, 204), answer.text
        return answer.text

    return post


def pressed(twilio, row, key="", time=None):
    later = f"&time={time}" if time else ""
    path = f"voice?message={reference_to(row.clinic_id, row.id)}{later}"
    return ET.fromstring(twilio(path, Digits=key, CallSid="CA1", CallStatus="in-progress"))


def words(twiml):
    return [say.text for say in twiml.iter("Say")]


def current(begin, row):
    with begin() as work:
        return work.session.get_one(type(row), (row.clinic_id, row.id))


def test_who_presses_1_has_the_alert_and_is_thanked(begin, alert, called, nurse, twilio):
    thanks = pressed(twilio, called, "1")
    assert thanks.find("Gather") is None
    assert words(thanks)[0].startswith("Thank you. You have it now.")
    kept = current(begin, alert)
    assert (kept.state, kept.acknowledged_by) == ("acknowledged", f"staff:{nurse.id}")
    assert words(pressed(twilio, called, "1")) == ["Thank you. Somebody has it already."]


@pytest.mark.parametrize("key", ["", "5", "#"])
def test_another_key_or_none_has_it_said_again_three_times_in_all(begin, alert, called, twilio, key):
    again = pressed(twilio, called, key)
    assert words(again) == [SAID, SAID]
    assert again.find("Gather").get("action").endswith("&time=2")
    assert words(pressed(twilio, called, key, time=2)) == [SAID, SAID]
    last = pressed(twilio, called, key, time=3)
    assert last.find("Gather") is None and words(last)[0].startswith("No key was pressed.")
    assert current(begin, alert).state == "open"


def test_a_key_in_a_call_to_somebody_who_left_takes_nothing(begin, alert, called, nurse, twilio):
    with begin() as work:
        work.session.get_one(Staff, nurse.id).active = False
    pressed(twilio, called, "1")
    assert current(begin, alert).state == "open"


def test_a_call_that_nobody_made_is_ended(begin, alert, twilio, called):
    with begin() as work:
        text = work.session.exec(select(Message).where(Message.channel == Channel.SMS)).first()
    for row in (text, Message(clinic_id="wuhan", id="none")):
        answer = pressed(twilio, row, "1")
        assert answer.find("Gather") is None
    assert current(begin, alert).state == "open"


def test_a_test_call_says_that_it_worked(begin, nurse, twilio):
    with begin() as work:
        row = Message(
            clinic_id="wuhan", id=new_id(work.now), dedupe="t", channel=Channel.VOICE,
            staff_id=nurse.id, about=f"test:{nurse.id}", key="voice.test", due_at=work.now,
            made_at=work.now, sent_body="A test.",
        )  # fmt: skip
        work.session.add(row)
    assert words(pressed(twilio, row, "1")) == ["Thank you. Calls reach you."]


def test_a_key_that_twilio_did_not_sign_is_refused(web, called):
    path = f"/api/v1/twilio/voice?message={reference_to(called.clinic_id, called.id)}"
    assert web.post(path, data={"Digits": "1"}).status_code == 403


@pytest.mark.parametrize(
    ("word", "state"),
    [("ringing", "sending"), ("completed", "delivered"), ("busy", "failed"),
     ("no-answer", "failed"), ("failed", "failed"), ("canceled", "failed")],
)  # fmt: skip
def test_what_becomes_of_a_call_is_written_down(begin, called, twilio, word, state):
    path = f"status?message={reference_to(called.clinic_id, called.id)}"
    twilio(path, CallSid="CA1", CallStatus=word)
    assert current(begin, called).state == state


def test_who_does_not_pick_up_passes_the_alert_on_at_once(begin, alert, called, twilio):
    before = current(begin, alert).round
    twilio(f"status?message={reference_to(called.clinic_id, called.id)}",
           CallSid="CA1", CallStatus="no-answer")  # fmt: skip
    assert current(begin, alert).round == before + 1  # nobody is left: it begins anew
