"""Where escalation, delivery, limits and the clock meet: each call about an alert goes out."""

from datetime import timedelta

import pytest
from delivery_wire import CHAT, DEPUTY, NURSE, SETTINGS, alarm, rows
from sqlalchemy.exc import NoResultFound

from app.clinical.alerts import Cause
from app.delivery import Post, Way, deliver_due
from app.senders import Blocked, Sent
from app.services.alarms import alarm as alarm_operator
from app.services.alerts import acknowledge, raise_alerts
from app.services.escalation import escalate_due
from app.services.limits import LIMITS, Wanted, beyond_limits
from app.services.messages import tell
from models import Alert, Chat, Clinic, Message
from models.columns import new_id

QUARTER = timedelta(minutes=15)


def escalated(begin):
    with begin() as work:
        return escalate_due(work)


def raised(begin, patient, *causes, grade=3):
    with begin() as work:
        return raise_alerts(work, patient, causes, report_id=None, grade=grade)


def taken(begin, alert):
    with begin() as work:
        acknowledge(work, alert.clinic_id, alert.id, "staff:1")


def test_after_the_clock_was_set_back_who_was_called_before_is_called_again(
    begin, clock, patient, team, wire, deliver
):
    alert = alarm(begin, patient)
    deliver()
    clock.now -= timedelta(hours=5)
    raised(begin, patient, Cause("grade_3", "skin", "4"), grade=4)  # worse
    deliver()
    assert [to for to, _ in wire.texts if to == NURSE] == [NURSE, NURSE]
    assert alert.id


def test_what_went_before_the_clock_was_set_back_stops_no_call(
    begin, clock, patient, team, wire, deliver
):
    for hour in range(LIMITS.same_words_an_hour):
        with begin() as work:
            work.session.add(Message(
                clinic_id="wuhan", id=new_id(work.now), dedupe=f"ahead {hour}", channel="telegram",
                chat_id=CHAT, about="visit:1", key="visit.drawn_ask", state="sent", sent_to=str(CHAT),
                sent_body="x", due_at=work.now, made_at=work.now,
                sent_at=work.now + timedelta(hours=hour + 2),
            ))  # fmt: skip
        with begin() as work:
            row = Message(clinic_id="wuhan", id="x", dedupe="x", channel="telegram", chat_id=CHAT,
                          about="visit:1", key="x", due_at=work.now, made_at=work.now)  # fmt: skip
            assert beyond_limits(work, [Wanted(row, str(CHAT), "x")]) == {}


def test_of_many_alerts_of_one_patient_each_is_called_about(begin, clock, patient, team, wire):
    """The words of a call name the patient alone: they are the same for all her alerts."""
    called = []
    way = Way(lambda *call: called.append(call[0]) or Sent("2"), wire.look_up, wire.fetch)
    post = Post(wire.telegram, wire.sms, wire.look_up, wire.fetch, way)
    families = ("skin", "gi", "edema", "other")
    for family in families:
        raised(begin, patient, Cause("grade_3", family, "3"))
    for _ in range(3):
        deliver_due(begin, post, SETTINGS)
        clock.now += QUARTER
        escalated(begin)
    while deliver_due(begin, post, SETTINGS):
        pass
    assert len(wire.texts) == 2 * len(families)
    assert called.count(NURSE) == called.count(DEPUTY) == len(families)


def test_the_operator_of_many_clinics_hears_of_each(begin, clinic, wire, deliver):
    number = LIMITS.to_staff_a_day + 10
    with begin() as work:
        work.session.add_all(Clinic(id=f"c{n}", name="one of many") for n in range(number))
    with begin() as work:
        for n in range(number):
            alarm_operator(work, f"c{n}", "nobody")
    while deliver():
        pass
    assert len(wire.texts) == number


def test_a_message_that_cannot_be_put_in_words_holds_up_no_other(
    begin, linked, wire, deliver
):
    with begin() as work:
        tell(work, linked, "broken", "visit.hold", {"draw_at": None, "dose_at": None}, about="visit:1")
        tell(work, linked, "broken too", "visit.hold", {"buttons": [None]}, about="visit:1")
        tell(work, linked, "whole", "visit.drawn_ask", about="visit:1")
    deliver()
    assert len(wire.chats) == 1
    assert [row.state for row in rows(begin)] == ["failed", "failed", "sent"]


def test_an_alert_that_is_worse_is_called_about_as_soon_as_a_new_one(
    begin, clock, patient, team
):
    alert = alarm(begin, patient)
    for _ in range(12):
        clock.now += timedelta(hours=1)
        escalated(begin)
    raised(begin, patient, Cause("grade_3", "skin", "4"), grade=4)
    for _ in range(4):  # the deputy, and a call to each; then a quarter of an hour's pause
        clock.now += QUARTER
        escalated(begin)
    with begin() as work:
        row = work.session.get_one(Alert, (alert.clinic_id, alert.id))
        assert (row.step, row.next_step_at - clock.now) == (0, QUARTER)


def test_what_was_sent_is_not_sent_again_when_another_of_its_batch_cannot_be_settled(
    begin, linked, wire
):
    """Its chat is gone from the records while the bot finds itself blocked there."""
    gone = 7002
    with begin() as work:
        work.session.add(Chat(id=gone, clinic_id="wuhan", state="new"))
        tell(work, linked, "sent", "visit.drawn_ask", about="visit:1")
        work.session.add(Message(
            clinic_id="wuhan", id=new_id(work.now), dedupe="blocked", channel="telegram", chat_id=gone,
            key="forget.goodbye", due_at=work.now, made_at=work.now,
        ))  # fmt: skip

    def telegram(many):
        with begin() as work:
            work.session.delete(work.session.get_one(Chat, gone))
        return [Blocked("403") if chat == gone else Sent("1") for chat, _ in many]

    with pytest.raises(NoResultFound):
        deliver_due(begin, Post(telegram, wire.sms, wire.look_up, wire.fetch), SETTINGS)
    assert [row.state for row in rows(begin)] == ["sent", "sending"]
