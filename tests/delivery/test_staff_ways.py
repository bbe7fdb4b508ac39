"""Texts, calls and their own Telegram: one way is down, and the alert comes by another."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from app.clinical.alerts import Cause
from app.clock import real_now
from app.delivery import Post, Way, deliver_due
from app.senders import Blocked, Sent, Unavailable, Unknown
from app.services.alerts import close, raise_alerts
from app.services.escalation import escalate_due
from app.services.messages import tell
from app.services.own_tests import send_test
from app.services.staff_chat import connect_chat, offer_chat
from app.settings import load_settings
from app.texts import Reader, catalogue, say
from bot.chats import Said
from bot.conversation import hear
from models import Alert, Channel, Chat, ChatState, Disposition, Message, Rota, Staff
from models.columns import new_id

SETTINGS = load_settings({"SANDBOX": "1", "TELEGRAM_PER_SECOND": "0", "CHAT_PER_SECOND": "0"})
NURSE, DEPUTY = "+8613800000001", "+8613800000002"
HERS = 9001
OUTAGE, TICK, HOUR = timedelta(hours=26), timedelta(minutes=15), timedelta(hours=1)


class Ways:
    """What went out by each way, in order, and what each provider answers."""

    def __init__(self) -> None:
        self.chats, self.texts, self.calls = [], [], []
        self.telegram_says, self.list_says = Sent("1"), Unavailable("not there", 0)
        self.twilio_is(Sent("2"))
        way = Way(self.voice, self.look_up, lambda sid: None)
        self.post = Post(self.telegram, self.sms, self.look_up, lambda sid: None, way)

    def twilio_is(self, fate):
        self.sms_says = self.voice_says = fate

    def telegram(self, many):
        self.chats += [(chat, words.text) for chat, words in many]
        return [self.telegram_says for _ in many]

    def sms(self, to, body, reference):
        self.texts.append((to, body))
        return self.sms_says

    def voice(self, to, words, reference):
        self.calls.append((to, words))
        return self.voice_says

    def look_up(self, to, body, since):
        return self.list_says


@pytest.fixture
def wire():
    return Ways()


@pytest.fixture
def deliver(begin, wire):
    return lambda: deliver_due(begin, wire.post, SETTINGS)


@pytest.fixture
def team(begin, clinic):
    """Nurse and deputy are on call at any hour."""
    with begin() as work:
        for position, phone in enumerate((NURSE, DEPUTY)):
            staff = Staff(clinic_id="wuhan", name=phone, email=phone, password="x",
                          fs_uniquifier=phone, phone=phone)  # fmt: skip
            work.session.add(staff)
            work.session.flush()
            for weekday in range(7):
                work.session.add(Rota(clinic_id="wuhan", id=new_id(work.now), staff_id=staff.id,
                                      weekday=weekday, position=position))  # fmt: skip


def alarm(begin, patient):
    with begin() as work:
        causes = [Cause("grade_3", "skin", "3")]
        return raise_alerts(work, patient, causes, report_id=None, grade=3)


def rows(begin, table=Message):
    with begin() as work:
        return list(work.session.exec(select(table).order_by(table.id)))


def of_phone(work, phone):
    return work.session.exec(select(Staff).where(Staff.phone == phone)).one()


def connect(begin, phone=NURSE, chat_id=HERS):
    with begin() as work:
        code = offer_chat(work, of_phone(work, phone), "bot").code
        assert connect_chat(work, chat_id, code)


def tick(begin, wire):
    with begin() as work:
        escalate_due(work)
        for row in work.session.exec(select(Message).where(Message.state == "unknown")):
            row.leased_until = real_now() - timedelta(seconds=1)  # time to look it up
    deliver_due(begin, wire.post, SETTINGS)


def pass_time(begin, clock, wire, by, tick_each=TICK):
    ends = clock.now + by
    while clock.now < ends:
        tick(begin, wire)
        clock.now += tick_each


def taps(begin, alert, number=1):
    with begin() as work:
        return hear(work, Said(number, HERS, tap=f"take:{alert.id}")).words.text


def test_a_call_in_a_nurses_telegram_goes_before_the_reminders_that_are_due(
    begin, clock, patient, team, wire
):
    connect(begin)
    with begin() as work:
        for number in range(5):
            work.session.add(Chat(id=100 + number, clinic_id="wuhan", patient_id=patient.id,
                                  state=ChatState.ACTIVE))  # fmt: skip
        work.session.flush()
        tell(work, patient, "eve", "visit.drawn_ask", about="visit:1")
    clock.now += timedelta(seconds=1)
    alarm(begin, patient)
    one_a_second = replace(SETTINGS, telegram_per_second=1.0)
    deliver_due(begin, wire.post, one_a_second)
    assert wire.chats[0][0] == HERS


@pytest.mark.parametrize("silence", [Unavailable("Twilio 503"), Unknown("Twilio did not answer")])
def test_while_twilio_is_down_a_nurse_takes_the_alert_in_telegram_and_no_stale_text_follows(
    begin, clock, patient, team, wire, deliver, silence
):
    connect(begin)
    wire.twilio_is(silence)
    wire.list_says = Unknown("Twilio's list did not answer")
    alert = alarm(begin, patient)
    deliver()
    [(chat, words)] = wire.chats
    assert chat == HERS and alert.code in words
    assert f"提醒 {alert.code} 由您处理" in taps(begin, alert)
    with begin() as work:
        nurse = of_phone(work, NURSE)
        close(work, "wuhan", alert.id, f"staff:{nurse.id}", Disposition.CALL, None)
    tried = len(wire.texts)
    pass_time(begin, clock, wire, OUTAGE, HOUR)
    wire.twilio_is(Sent("SM1"))
    wire.list_says = Unavailable("not at Twilio: sent again", 0)
    pass_time(begin, clock, wire, timedelta(hours=1))
    assert (len(wire.texts), wire.calls) == (tried, [])
    assert "queued" not in {row.state for row in rows(begin) if row.key == "sms.alert"}


def test_without_any_telegram_each_is_texted_once_when_twilio_is_back(
    begin, clock, patient, team, wire
):
    wire.twilio_is(Unavailable("Twilio 503"))
    alert = alarm(begin, patient)
    pass_time(begin, clock, wire, OUTAGE, HOUR)
    wire.twilio_is(Sent("SM1"))
    wire.texts.clear()
    wire.calls.clear()
    pass_time(begin, clock, wire, timedelta(minutes=45))
    told = [to for to, words in wire.texts if alert.code in words]
    assert sorted(told) == sorted(set(told)) and {NURSE, DEPUTY} >= set(told) > set()
    waiting = [row for row in rows(begin) if row.key == "sms.alert" and row.state == "queued"]
    assert waiting == []
    assert {row.reason for row in rows(begin) if row.state == "cancelled"} == {"called anew"}


def test_what_somebody_took_meanwhile_is_not_texted_when_twilio_is_back(
    begin, clock, patient, team, wire
):
    wire.twilio_is(Unavailable("Twilio 503"))
    alert = alarm(begin, patient)
    pass_time(begin, clock, wire, timedelta(hours=2))
    with begin() as work:  # on the page
        close(work, "wuhan", alert.id, "staff:1", Disposition.CALL, None)
    wire.twilio_is(Sent("SM1"))
    wire.texts.clear()
    wire.calls.clear()
    pass_time(begin, clock, wire, timedelta(hours=1))
    assert [to for to, words in wire.texts if alert.code in words] == []
    assert wire.calls == []


def test_who_is_called_hears_the_code_letter_by_letter(begin, clock, patient, team, wire):
    alarm(begin, patient)
    for _ in range(3):
        tick(begin, wire)
        clock.now += timedelta(minutes=15)
    assert [to for to, _ in wire.calls] == [NURSE]
    assert "P, 0, 0, 0, 1" in wire.calls[0][1]


def test_a_call_in_doubt_is_looked_up_and_anothers_is_not_taken_for_it(
    begin, clock, patient, team, wire
):
    wire.voice_says = Unknown("Twilio did not answer")
    alarm(begin, patient)
    for _ in range(3):
        tick(begin, wire)
        clock.now += timedelta(minutes=15)
    wire.list_says = Sent("CA7")
    with begin() as work:
        [row] = work.session.exec(select(Message).where(Message.channel == Channel.VOICE)).all()
        other = Message(clinic_id="wuhan", id=new_id(work.now), dedupe="x", key="voice.test",
                        channel=Channel.VOICE, state="delivered", provider_id="CA7",
                        due_at=work.now, made_at=work.now)  # fmt: skip
        work.session.add(other)
    wire.voice_says = Sent("CA8")
    tick(begin, wire)
    with begin() as work:
        kept = work.session.get_one(Message, (row.clinic_id, row.id))
        assert (kept.state, kept.provider_id) == ("sent", "CA8")


def test_a_chat_that_blocked_the_bot_is_disconnected_and_the_next_person_called(
    begin, patient, team, wire, deliver
):
    connect(begin)
    with begin() as work:
        of_phone(work, NURSE).phone = None
    wire.telegram_says = Blocked("bot was blocked")
    alert = alarm(begin, patient)
    deliver()
    deliver()
    assert [to for to, words in wire.texts if alert.code in words] == [DEPUTY]
    with begin() as work:
        assert work.session.exec(select(Staff).where(Staff.chat_id == HERS)).first() is None


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_what_is_said_to_the_staff_tells_a_code_and_nothing_else_of_a_patient(language):
    keys = [f"{way}.{what}" for way in Channel for what in ("alert", "test")]
    told = {name for key in keys for name in re.findall(r"{(\w+)", catalogue(language)[key])}
    assert told == {"patient", "code", "url"}
    text = say("sms.test", Reader(language, "UTC"))
    assert len(text) <= (160 if text.isascii() else 70)


def test_a_test_reaches_by_each_way(begin, team, wire, deliver):
    connect(begin)
    with begin() as work:
        nurse = of_phone(work, NURSE)
        for way in Channel:
            send_test(work, nurse, way)
    deliver()
    assert [to for to, _ in wire.texts] == [to for to, _ in wire.calls] == [NURSE]
    assert [chat for chat, _ in wire.chats] == [HERS]
    assert {row.state for row in rows(begin)} == {"sent"}
    assert rows(begin, Alert) == []
