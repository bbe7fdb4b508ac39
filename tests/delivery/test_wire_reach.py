"""A patient whose chat is blocked: one text with their consent, then the call list."""

from datetime import timedelta

import pytest
from sqlmodel import select

from app.delivery import Post, deliver_due
from app.senders import Blocked, Refused, Sent, Unavailable
from app.services.inbox import handle
from app.services.messages import receipt, tell
from app.services.reaching import chat_found, text_failed
from app.services.visits import plan_visit
from app.settings import load_settings
from app.texts import Reader, say
from models import Chat, ChatState, Clinic, InboxItem, Message, Patient
from models.columns import new_id

SETTINGS = load_settings({"SANDBOX": "1"})
CHAT, PHONE = 7101, "+8613900000001"


class Ways:
    """A Telegram that is blocked, and a Twilio that says what it is told to."""

    def __init__(self) -> None:
        self.texts, self.chats = [], []
        self.telegram_says, self.sms_says = Blocked("bot was blocked"), Sent("SM1")
        self.post = Post(self.telegram, self.sms, lambda *_: Unavailable("not there", 0))

    def telegram(self, many):
        self.chats += [words.text for _, words in many]
        return [self.telegram_says for _ in many]

    def sms(self, to, body, _reference):
        self.texts.append((to, body))
        return self.sms_says


@pytest.fixture
def ways():
    return Ways()


@pytest.fixture
def deliver(begin, ways):
    def deliver():
        while deliver_due(begin, ways.post, SETTINGS):
            pass

    return deliver


@pytest.fixture
def blocked(begin, patient, deliver):
    """A patient with consent to texts, whom the next message does not reach."""
    with begin() as work:
        one = work.session.get_one(Patient, (patient.clinic_id, patient.id))
        one.phone, one.sms_consent = PHONE, True
        work.session.get_one(Clinic, "wuhan").phone = "027-123456"
        work.session.add(Chat(
            id=CHAT, clinic_id="wuhan", patient_id=one.id, state=ChatState.ACTIVE,
        ))  # fmt: skip
    ask(begin, patient)
    return patient


def ask(begin, patient, dedupe="one"):
    with begin() as work:
        tell(work, patient, dedupe, "visit.drawn_ask", about="inbox:1")


def change(begin, patient, **values):
    with begin() as work:
        one = work.session.get_one(Patient, (patient.clinic_id, patient.id))
        for name, value in values.items():
            setattr(one, name, value)


def rows(begin, table):
    with begin() as work:
        return list(work.session.exec(select(table)))


def to_call(begin):
    return [(one.kind, one.patient_id) for one in rows(begin, InboxItem)]


def test_with_consent_a_blocked_patient_gets_one_text_that_names_nothing(
    begin, blocked, ways, deliver
):
    deliver()
    assert ways.texts == [(PHONE, "医院在聊天里联系不上您。请打开聊天看看，或致电 027-123456。")]
    assert to_call(begin) == []
    assert [one.state for one in rows(begin, Chat)] == ["blocked"]


@pytest.mark.parametrize("key", ["sms.reach", "sms.reach.us"])
def test_the_text_to_a_patient_is_one_segment_in_both_languages(key):
    data = {"phone": "+86 27 8371 0000"}
    assert len(say(key, Reader("zh-CN", "UTC"), data)) <= 70
    english = say(key, Reader("en", "UTC"), data)
    assert len(english) <= 160 and english.isascii()


@pytest.mark.parametrize("missing", [{"sms_consent": False}, {"phone": None}])
def test_without_consent_or_number_a_blocked_patient_is_on_the_call_list(
    begin, blocked, ways, deliver, missing
):
    change(begin, blocked, **missing)
    deliver()
    assert (ways.texts, to_call(begin)) == ([], [("unreachable", blocked.id)])


def test_consent_that_ended_before_the_text_went_is_kept(begin, clock, blocked, ways, deliver):
    clock.now = clock.now.replace(hour=15)  # 23:00 in Shanghai
    deliver()
    change(begin, blocked, sms_consent=False)
    clock.now += timedelta(hours=9)
    deliver()
    assert (ways.texts, to_call(begin)) == ([], [("unreachable", blocked.id)])


@pytest.mark.parametrize("fate", [Refused("21614"), Blocked("21610")])
def test_a_text_that_is_refused_puts_the_patient_on_the_call_list(
    begin, blocked, ways, deliver, fate
):
    ways.sms_says = fate
    deliver()
    assert to_call(begin) == [("unreachable", blocked.id)]


def test_a_text_that_is_not_delivered_puts_the_patient_on_the_call_list(
    begin, blocked, ways, deliver
):
    deliver()
    with begin() as work:
        text_failed(work, receipt(work, "SM1", "undelivered", "30005"))
    assert to_call(begin) == [("unreachable", blocked.id)]


def test_no_text_wakes_a_patient_at_night(begin, clock, blocked, ways, deliver):
    clock.now = clock.now.replace(hour=15)  # 23:00 in Shanghai
    deliver()
    assert ways.texts == []
    clock.now += timedelta(hours=8)
    deliver()
    assert len(ways.texts) == 1


def test_who_writes_again_before_the_text_goes_gets_none_and_the_chat_is_on(
    begin, clock, blocked, ways, deliver
):
    clock.now = clock.now.replace(hour=15)
    deliver()
    with begin() as work:
        chat_found(work, work.session.get_one(Chat, CHAT))
    clock.now += timedelta(hours=9)
    deliver()
    assert ways.texts == []
    assert [one.state for one in rows(begin, Chat)] == ["active"]


def test_who_blocks_again_and_again_gets_one_text_a_day_and_is_once_on_the_list(
    begin, clock, blocked, ways, deliver
):
    for number in range(3):
        deliver()
        with begin() as work:
            chat_found(work, work.session.get_one(Chat, CHAT))
        ask(begin, blocked, f"again {number}")
    assert len(ways.texts) == 1
    change(begin, blocked, sms_consent=False)
    deliver()
    assert len(to_call(begin)) == 1
    with begin() as work:
        handle(work, "wuhan", rows(begin, InboxItem)[0].id, "staff:1")
        chat_found(work, work.session.get_one(Chat, CHAT))
    ask(begin, blocked, "after the call")
    deliver()
    assert len(to_call(begin)) == 2


def test_who_stopped_reminders_has_them_stopped_after_a_block_too(
    begin, blocked, ways, deliver
):
    with begin() as work:
        work.session.get_one(Chat, CHAT).state = ChatState.STOPPED
        row = work.session.exec(select(Message)).one()
        row.about = None  # no reminder, so that it goes
    deliver()
    assert [one.state for one in rows(begin, Chat)] == ["stopped"]
    assert len(ways.texts) == 1


def reply(begin, number, text_key="help.text", state="queued", **more):
    with begin() as work:
        work.session.add(Message(
            clinic_id="wuhan", id=new_id(work.now), dedupe=f"reply:{number}", channel="telegram",
            chat_id=CHAT, key=text_key, due_at=work.now, made_at=work.now, state=state, **more,
        ))  # fmt: skip


def test_a_reply_waits_for_an_earlier_one_of_its_chat(begin, clock, blocked, ways, deliver):
    ways.telegram_says = Sent("1")
    deliver()
    reply(begin, 1, "nav.cancelled")
    reply(begin, 2)
    with begin() as work:
        first = work.session.exec(select(Message).where(Message.dedupe == "reply:1")).one()
        first.due_at += timedelta(seconds=30)
    deliver()
    assert len(ways.chats) == 1
    ask(begin, blocked, "what is no reply goes")
    deliver()
    assert len(ways.chats) == 2
    clock.now += timedelta(seconds=31)
    deliver()
    catalogue = Reader("zh-CN", "Asia/Shanghai")
    assert ways.chats[2:] == [say("nav.cancelled", catalogue), say("help.text", catalogue)]


def test_a_reply_is_tried_again_soon_at_first_and_seldom_later(begin, clock, blocked, ways, deliver):
    ways.telegram_says = Sent("1")
    deliver()
    reply(begin, 1)
    ways.telegram_says = Unavailable("500")
    waits = []
    for attempts in (0, 18, 30, 60):
        with begin() as work:
            row = work.session.exec(select(Message).where(Message.dedupe == "reply:1")).one()
            row.attempts, row.due_at = attempts, work.now
        deliver()
        with begin() as work:
            row = work.session.exec(select(Message).where(Message.dedupe == "reply:1")).one()
            waits.append((row.due_at - work.now).total_seconds())
    assert [0 < waits[0] < 2, 40 < waits[1] < 70, 600 < waits[2] < 1300, 1300 < waits[3] < 2300] == [
        True
    ] * 4


def test_a_visit_planned_while_the_chat_was_blocked_is_reminded_of_once_it_is_on(
    begin, patient, blocked, ways, deliver
):
    deliver()
    with begin() as work:
        one = work.session.get_one(Patient, (patient.clinic_id, patient.id))
        plan_visit(work, one, work.now + timedelta(days=3))
    with begin() as work:
        chat_found(work, work.session.get_one(Chat, CHAT))
    planned = {row.key for row in rows(begin, Message) if row.state == "queued"}
    assert {"visit.dose", "visit.drawn_ask"} <= planned
