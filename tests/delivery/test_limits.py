"""What one person may get: a cap a day, and the same words only so often."""

from datetime import timedelta

import pytest
from delivery_wire import CHAT, DEPUTY, NURSE, SETTINGS, alarm, rows
from sqlmodel import select

from app.services.limits import LIMITS
from app.services.messages import queue_once, tell
from app.texts import Reader, say
from models import Message, Staff
from models.columns import new_id

SAME = LIMITS.same_words_an_hour


def remind(begin, patient, number, hour, about="visit:1"):
    with begin() as work:
        data = {"draw_at": f"2026-11-{hour // 24 + 1:02}T{hour % 24:02}:00:00+00:00"}
        tell(work, patient, f"{about} {number}", "visit.hold", data, about=about)


def drawn(begin, patient, number, about="visit:1"):
    with begin() as work:
        tell(work, patient, f"{about} {number}", "visit.drawn_ask", about=about)


def states(begin):
    return [(row.state, row.reason) for row in rows(begin) if row.channel == "telegram"]


def to_operator(begin):
    return [row.key for row in rows(begin) if (row.about or "").startswith("operator:")]


def test_the_same_words_go_to_a_chat_three_times_an_hour_at_most(
    begin, clock, linked, wire, deliver
):
    for number in range(SAME):
        drawn(begin, linked, number)
    deliver()
    drawn(begin, linked, "one too many")
    deliver()
    assert len(wire.chats) == SAME
    assert states(begin)[-1] == ("failed", "stopped: the same words 3 times in an hour")
    clock.now += timedelta(hours=1)
    drawn(begin, linked, "an hour later")
    deliver()
    assert len(wire.chats) == SAME + 1


def test_of_a_batch_those_beyond_the_limit_are_stopped_too(begin, linked, wire, deliver):
    for number in range(SAME + 2):
        drawn(begin, linked, number)
    deliver()
    assert len(wire.chats) == SAME
    assert to_operator(begin) == ["sms.operator.limit"]


@pytest.mark.parametrize("about", ["inbox:1", "data:1"])
def test_what_answers_the_patients_own_words_is_not_counted(begin, linked, wire, deliver, about):
    for number in range(LIMITS.to_a_chat_a_day + 5):
        drawn(begin, linked, number, about)
    deliver()
    drawn(begin, linked, "unasked")
    deliver()
    assert len(wire.chats) == LIMITS.to_a_chat_a_day + 6


def test_a_chat_gets_so_many_unasked_messages_a_day_at_most(begin, clock, linked, wire, deliver):
    for number in range(LIMITS.to_a_chat_a_day):
        remind(begin, linked, number, number)
    deliver()
    remind(begin, linked, "one too many", 100)
    deliver()
    assert len(wire.chats) == LIMITS.to_a_chat_a_day
    assert states(begin)[-1] == ("failed", "stopped: 30 messages in a day")
    clock.now += timedelta(days=1, seconds=1)
    remind(begin, linked, "the day after", 101)
    deliver()
    assert len(wire.chats) == LIMITS.to_a_chat_a_day + 1


def sent_before(begin, body, to=NURSE, times=SAME, **more):
    with begin() as work:
        for number in range(times):
            work.session.add(Message(
                clinic_id="wuhan", id=new_id(work.now), dedupe=f"before {number}", channel="sms",
                key="sms.alert", state="sent", due_at=work.now, made_at=work.now, sent_to=to,
                sent_body=body.format(number), sent_at=work.now - timedelta(minutes=50), **more,
            ))  # fmt: skip


@pytest.mark.parametrize(
    ("body", "times", "why"),
    [(None, SAME, "the same words 3 times in an hour"),
     ("other {}", LIMITS.to_staff_a_day, "200 messages in a day")],
)  # fmt: skip
def test_an_alert_that_a_limit_stops_calls_the_next_at_once_and_alarms_the_operator(
    begin, patient, team, wire, deliver, body, times, why
):
    alert = alarm(begin, patient)
    data = {"code": alert.code, "patient": patient.code, "url": f"{SETTINGS.public_url}/a/{alert.code}"}
    before = body or say("sms.alert", Reader("zh-CN", "Asia/Shanghai"), data)
    sent_before(begin, before, times=times, staff_id=1, about=f"alert:{alert.id}")
    deliver()
    assert NURSE not in [to for to, _ in wire.texts]
    assert DEPUTY in [to for to, _ in wire.texts]
    [stopped] = [row for row in rows(begin) if row.state == "failed"]
    assert (stopped.reason, stopped.key) == (f"stopped: {why}", "sms.alert")
    assert set(to_operator(begin)) == {"sms.operator.limit", "sms.operator.not_reached"}


def test_the_operator_who_got_too_much_is_not_told_so_for_ever(begin, clinic, wire, deliver):
    sent_before(begin, "other {}", SETTINGS.operator_phone, LIMITS.to_operator_a_day)
    with begin() as work:
        queue_once(work, Message(
            clinic_id="wuhan", id=new_id(work.now), dedupe="operator:nobody", channel="sms",
            about="operator:nobody", key="sms.operator.nobody", data={"clinic": "wuhan"},
            due_at=work.now, made_at=work.now,
        ))  # fmt: skip
    while deliver():
        pass
    assert wire.texts == []
    assert to_operator(begin) == ["sms.operator.nobody", "sms.operator.limit"]


@pytest.mark.parametrize(("language", "segment"), [("zh-CN", 70), ("en", 160)])
def test_the_text_on_a_limit_is_one_segment_for_the_longest_clinic(language, segment):
    words = say("sms.operator.limit", Reader(language, "UTC"), {"clinic": "x" * 22})
    assert len(words) <= segment


def test_a_message_to_a_nurses_own_chat_needs_no_chat_of_a_patient(
    begin, linked, team, wire, deliver
):
    with begin() as work:
        nurse = work.session.exec(select(Staff).where(Staff.phone == NURSE)).one()
        nurse.chat_id, nurse.language = 9001, "en"
    alarm(begin, linked)
    deliver()
    [(chat, words)] = [(chat, words) for chat, words in wire.chats if chat != CHAT]
    assert (chat, words.startswith("Patient P-0001 needs you")) == (9001, True)
