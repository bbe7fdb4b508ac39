"""The staff's own Telegram, connected by a one-time code, and an alert taken in it."""

import threading
from datetime import timedelta

import pytest
from sqlmodel import select

from app.clinical.alerts import Cause
from app.services.alerts import acknowledge, close, find_alert, raise_alerts
from app.services.errors import NoSuchAlert
from app.services.own_tests import NoWayThere, last_tests, send_test, ways_to
from app.services.staff_chat import (
    chat_blocked,
    connect_chat,
    disconnect_chat,
    offer_chat,
    staff_of_chat,
)
from app.services.staff_replies import answer_reply
from app.services.strangers import forget_strangers
from app.services.taking import Take, holder, take
from models import Alert, Audit, Channel, Chat, Disposition, Message, Rota, Staff
from models.columns import new_id

CHAT, OTHER_CHAT = 501, 502
RASH = Cause("grade_3", "skin", "3")


@pytest.fixture
def team(begin, clinic):
    with begin() as work:
        people = {
            name: Staff(clinic_id="wuhan", name=name, email=f"{name}@x", password="x",
                        fs_uniquifier=name, phone=f"+861380000000{number}")
            for number, name in enumerate(["nurse", "deputy"])
        }  # fmt: skip
        work.session.add_all(people.values())
        work.session.flush()
        for weekday in range(7):
            for position, person in enumerate(people.values()):
                work.session.add(Rota(clinic_id="wuhan", id=new_id(work.now), staff_id=person.id,
                                      weekday=weekday, position=position))  # fmt: skip
    return people


def mine(work, person):
    return work.session.get_one(Staff, person.id)


def connected(begin, person, chat_id=CHAT):
    with begin() as work:
        code = offer_chat(work, mine(work, person), "bot").code
        assert connect_chat(work, chat_id, code)


def raised(begin, patient):
    with begin() as work:
        return raise_alerts(work, patient, [RASH], report_id=None, grade=3)


def test_a_code_connects_one_chat_once_and_only_its_hash_is_kept(begin, team):
    with begin() as work:
        offered = offer_chat(work, mine(work, team["nurse"]), "bot")
    with begin() as work:
        kept = mine(work, team["nurse"]).chat_code_sha256
        assert offered.code not in kept and len(kept) == 64
        assert connect_chat(work, CHAT, offered.code.lower()).name == "nurse"
    with begin() as work:
        assert connect_chat(work, OTHER_CHAT, offered.code) is None
        assert staff_of_chat(work, CHAT).name == "nurse"
        assert [one.action for one in work.session.exec(select(Audit))] == [
            "chat.offer", "chat.connect"]  # fmt: skip


def test_a_code_ends_after_ten_minutes_and_with_the_next_one(begin, clock, team):
    with begin() as work:
        first = offer_chat(work, mine(work, team["nurse"]), "bot").code
        second = offer_chat(work, mine(work, team["nurse"]), "bot").code
        assert connect_chat(work, CHAT, first) is None
    clock.now += timedelta(minutes=10)
    with begin() as work:
        assert connect_chat(work, CHAT, second) is None


def test_a_code_of_somebody_who_left_connects_nothing(begin, team):
    with begin() as work:
        code = offer_chat(work, mine(work, team["nurse"]), "bot").code
        mine(work, team["nurse"]).active = False
    with begin() as work:
        assert connect_chat(work, CHAT, code) is None


def test_a_chat_is_one_persons_at_a_time(begin, team):
    connected(begin, team["nurse"])
    connected(begin, team["deputy"])
    with begin() as work:
        assert staff_of_chat(work, CHAT).name == "deputy"
        assert mine(work, team["nurse"]).chat_id is None


def test_an_alert_goes_to_the_chat_as_well_and_after_disconnecting_to_the_next_person(
    begin, patient, team
):
    with begin() as work:
        mine(work, team["nurse"]).phone = None
    connected(begin, team["nurse"])
    raised(begin, patient)
    with begin() as work:
        row = work.session.exec(select(Message)).one()
        assert (row.channel, row.chat_id, row.staff_id) == ("telegram", CHAT, team["nurse"].id)
        disconnect_chat(work, mine(work, team["nurse"]), "no more wanted")
    with begin() as work:
        rows = work.session.exec(select(Message).where(Message.key == "sms.alert")).all()
        assert [row.staff_id for row in rows] == [team["deputy"].id]


def test_who_blocks_the_bot_is_not_reached_there_any_more(begin, team):
    connected(begin, team["nurse"])
    with begin() as work:
        chat_blocked(work, CHAT)
        chat_blocked(work, OTHER_CHAT)
    with begin() as work:
        assert mine(work, team["nurse"]).chat_id is None


def test_the_first_who_takes_an_alert_has_it(begin, patient, team):
    alert = raised(begin, patient)
    with begin() as work:
        assert take(work, mine(work, team["deputy"]), alert.id) == Take.ACKNOWLEDGED
        assert take(work, mine(work, team["nurse"]), alert.id) == Take.ALREADY
        assert holder(work, find_alert(work, "wuhan", alert.id)) == "deputy"
        close(work, "wuhan", alert.id, f"staff:{team['nurse'].id}", Disposition.ADVICE, None)
        assert take(work, mine(work, team["nurse"]), alert.id) == Take.CLOSED
        assert holder(work, find_alert(work, "wuhan", alert.id)) == "nurse"


def test_of_what_a_program_took_the_clinic_is_named(begin, patient, team):
    alert = raised(begin, patient)
    with begin() as work:
        acknowledge(work, "wuhan", alert.id, "key:17")
        assert holder(work, find_alert(work, "wuhan", alert.id)) == "GIST clinic"


def test_an_alert_of_another_clinic_cannot_be_taken(begin, patient, team):
    alert = raised(begin, patient)
    with begin() as work:
        stranger = Staff(clinic_id="unlinked", name="far", email="far@x", password="x",
                         fs_uniquifier="far")  # fmt: skip
        work.session.add(stranger)
        work.session.flush()
        with pytest.raises(NoSuchAlert):
            take(work, stranger, alert.id)


def test_of_two_who_answer_at_the_same_moment_one_has_it(begin, patient, team):
    alert = raised(begin, patient)
    seen, both = threading.Barrier(2, timeout=10), []

    def answer(person):
        with begin() as work:
            if work.session.get_bind().dialect.name == "postgresql":
                seen_open = work.session.exec(select(Alert)).all()
                seen.wait()
                assert [one.state for one in seen_open] == ["open"]
            both.append(answer_reply(work, person.phone, alert.code))

    answering = [threading.Thread(target=answer, args=(one,)) for one in team.values()]
    for one in answering:
        one.start()
    for one in answering:
        one.join()
    assert sorted(both) == ["sms.reply.acknowledged", "sms.reply.already"]


def test_a_test_goes_by_each_way_that_is_there_once_a_minute(begin, clock, team):
    with begin() as work:
        nurse = mine(work, team["nurse"])
        assert ways_to(nurse) == [Channel.SMS, Channel.VOICE]
        with pytest.raises(NoWayThere):
            send_test(work, nurse, Channel.TELEGRAM)
    connected(begin, team["nurse"])
    with begin() as work:
        nurse = mine(work, team["nurse"])
        assert [send_test(work, nurse, way) for way in ways_to(nurse)] == [True, True, True]
        assert not send_test(work, nurse, Channel.SMS)
    clock.now += timedelta(minutes=1)
    with begin() as work:
        nurse = mine(work, team["nurse"])
        assert send_test(work, nurse, Channel.SMS)
        assert sorted(one.key for one in last_tests(work, nurse)) == [
            "sms.test", "sms.test", "telegram.test", "voice.test"]  # fmt: skip
        assert not last_tests(work, mine(work, team["deputy"]))


def test_nobody_is_tested_more_often_than_the_breaker_lets_through(begin, clock, team):
    sent = []
    for _ in range(5):
        with begin() as work:
            sent.append(send_test(work, mine(work, team["nurse"]), Channel.SMS))
        clock.now += timedelta(minutes=2)
    assert sent == [True, True, True, False, False]
    clock.now += timedelta(hours=1)
    with begin() as work:
        assert send_test(work, mine(work, team["nurse"]), Channel.SMS)


def test_a_chat_of_the_staff_and_what_was_sent_there_are_not_forgotten(
    begin, clock, patient, team
):
    with begin() as work:
        work.session.add(Chat(id=CHAT))
        work.session.add(Chat(id=OTHER_CHAT))
    connected(begin, team["nurse"])
    raised(begin, patient)
    clock.now += timedelta(days=400)
    with begin() as work:
        for row in work.session.exec(select(Message)):
            row.state = "sent"
        forget_strangers(work)
    with begin() as work:
        assert [one.id for one in work.session.exec(select(Chat))] == [CHAT]
        told = work.session.exec(select(Message).where(Message.key == "telegram.alert")).one()
        assert told.chat_id == CHAT and told.data["code"]
