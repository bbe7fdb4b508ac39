"""An alert that was answered is not told again, also where one of its texts was in doubt."""

from datetime import timedelta

import pytest
from sqlmodel import select

from app.clinical.alerts import Cause
from app.delivery import Post, deliver_due
from app.senders import Sent, Unavailable, Unknown
from app.services.alerts import acknowledge, raise_alerts
from app.settings import load_settings
from models import Message, MessageState, Rota, Staff
from models.columns import new_id

SETTINGS = load_settings({"SANDBOX": "1"})
RASH = Cause("grade_3", "skin", "3")


class SilentTwilio:
    """Takes nothing, says nothing; later it lists nothing and takes what comes."""

    def __init__(self):
        self.is_silent, self.taken = True, []

    def send(self, to, body, reference):
        if self.is_silent:
            return Unknown("no answer")
        self.taken.append(body)
        return Sent(f"SM{len(self.taken)}")

    def look_up(self, to, body, since, others):
        return Unavailable("not at Twilio: sent again", 0)


@pytest.fixture
def nurse(begin, clinic):
    with begin() as work:
        nurse = Staff(clinic_id=clinic.id, name="nurse", email="nurse@x", password="x",
                      fs_uniquifier="nurse", phone="+8613800000001")  # fmt: skip
        work.session.add(nurse)
        work.session.flush()
        for weekday in range(7):
            work.session.add(Rota(
                clinic_id=clinic.id, id=new_id(work.now), staff_id=nurse.id, weekday=weekday,
            ))  # fmt: skip
    return nurse


def texts_in_doubt_lapse(begin):
    with begin() as work:
        for row in work.session.exec(select(Message).where(Message.state == MessageState.UNKNOWN)):
            row.leased_until -= timedelta(hours=1)


@pytest.mark.parametrize("is_answered", [True, False])
def test_a_text_in_doubt_goes_again_only_while_its_alert_waits_for_an_answer(
    begin, clinic, patient, nurse, is_answered
):
    twilio = SilentTwilio()
    post = Post(lambda many: [Sent("1") for _ in many], twilio.send, twilio.look_up)
    with begin() as work:
        alert = raise_alerts(work, patient, [RASH], report_id=None, grade=3)
    deliver_due(begin, post, SETTINGS)
    if is_answered:
        with begin() as work:
            acknowledge(work, clinic.id, alert.id, f"staff:{nurse.id}")
    twilio.is_silent = False
    texts_in_doubt_lapse(begin)
    while deliver_due(begin, post, SETTINGS):
        pass
    with begin() as work:
        [row] = work.session.exec(select(Message).where(Message.key == "sms.alert"))
    assert len(twilio.taken) == (0 if is_answered else 1)
    assert (row.state, row.reason) == (
        (MessageState.CANCELLED, "somebody has it") if is_answered
        else (MessageState.SENT, row.reason)
    )  # fmt: skip
