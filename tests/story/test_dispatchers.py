"""The same messages through the real worker process: ticking, and woken by Procrastinate."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from app.clock import real_now
from app.database import make_engine
from app.dispatch import begin_of
from app.dispatch.wakes import make_tables
from app.services.messages import message_to_staff, queue_once, tell
from app.settings import load_settings
from bench.kills.clinic import open_alert
from models import Channel, Chat, ChatState, Clinic, Message, Patient, Sex, Staff
from models.columns import new_id
from tests.conftest import HAS_POSTGRES
from tests.story.processes import ask_json, clinic_of, free_port, until

pytestmark = pytest.mark.story
CHATS, MESSAGES, NURSE = range(9001, 9011), 6, "+8613800000001"
ABOUT = ["data:1", *(f"alert:{number}" for number in range(MESSAGES))]
TICKING, WOKEN = "apscheduler", "procrastinate"


@pytest.fixture(params=[("sqlite", TICKING), ("postgres", TICKING), ("postgres", WOKEN)], ids="-".join)
def hospital(request):
    """Where the sandbox's workers run, their transactions, and their phones."""
    database, dispatcher = request.param
    if database == "postgres" and not HAS_POSTGRES:
        pytest.skip("no PostgreSQL answers")
    url = request.getfixturevalue(f"{database}_url")
    if dispatcher == WOKEN:
        make_tables(url)
    settings = load_settings({"SANDBOX": "1", "DATABASE_URL": url, "DISPATCHER": dispatcher})
    engine = make_engine(url)
    begin = begin_of(settings, engine, real_now)
    seed(begin)
    with clinic_of(url, DISPATCHER=dispatcher) as (processes, phones):
        for number in CHATS:  # Telegram knows a chat that has said something
            hello = {"chat_id": number, "text": "hello"}
            ask_json("POST", f"{phones}/control/telegram/messages", hello)
        yield begin, processes, phones
    engine.dispose()


def seed(begin):
    with begin() as work:
        work.session.add(Clinic(id="wuhan", name="GIST clinic"))
        work.session.flush()
        work.session.add(Staff(clinic_id="wuhan", name="Nurse", email="nurse", password="x",
                               fs_uniquifier="nurse", phone=NURSE))  # fmt: skip
        for number in CHATS:
            patient = Patient(clinic_id="wuhan", id=new_id(work.now), code=f"P-{number}",
                              year_of_birth=1966, sex=Sex.FEMALE, registered_at=work.now)  # fmt: skip
            work.session.add(patient)
            work.session.flush()
            work.session.add(Chat(id=number, clinic_id="wuhan", patient_id=patient.id,
                                  state=ChatState.ACTIVE))  # fmt: skip


def workers(processes, how_many):
    for number in range(how_many):
        processes.start(f"worker {number}", "app.worker", EVENTS_PORT=str(free_port()))


def say(begin, number, due_in=timedelta()):
    """One answer to each patient, and one text to the nurse, in one transaction."""
    with begin() as work:
        for patient in work.session.exec(select(Patient)).all():
            tell(work, patient, f"answer:{number}", "sms.reply.closed", about="data:1",
                 due_at=work.now + due_in)  # fmt: skip
        nurse = work.session.exec(select(Staff)).one()
        open_alert(work, work.session.exec(select(Patient)).first(), str(number), f"AB{number:02}")
        data = {"code": f"AB{number:02}", "patient": "P-0001"}
        queue_once(work, message_to_staff(work, nurse, Channel.SMS, f"alert:{number}", "sms.alert", data,
                                          f"alert:{number}"))  # fmt: skip


def rows(begin):
    """Those of the test; the workers plan others."""
    with begin() as work:
        return list(work.session.exec(select(Message).where(col(Message.about).in_(ABOUT))))


def all_went(begin, how_many):
    states = [one.state for one in rows(begin)]
    return len(states) == how_many and set(states) <= {"sent", "delivered"}


def heard(phones):
    chats = (ask_json("GET", f"{phones}/control/telegram/chats/{number}") for number in CHATS)
    return [len([m for m in one["messages"] if m["from"] == "bot"]) for one in chats]


def texts(phones):
    messages = ask_json("GET", f"{phones}/control/twilio/messages")["messages"]
    return sorted(one["body"] for one in messages if one["to"] == NURSE)


def test_what_is_due_now_and_what_falls_due_later_both_arrive_once(hospital):
    begin, processes, phones = hospital
    workers(processes, 1)
    say(begin, 1)
    say(begin, 2, timedelta(seconds=3))
    until(lambda: all_went(begin, 2 * len(CHATS) + 2), 40)
    assert heard(phones) == [2] * len(CHATS)
    assert len(texts(phones)) == 2


def test_four_workers_at_once_send_each_message_once_whatever_wakes_them(hospital):
    begin, processes, phones = hospital
    workers(processes, 4)
    for number in range(MESSAGES):
        say(begin, number)
    until(lambda: all_went(begin, MESSAGES * (len(CHATS) + 1)), 60)
    assert heard(phones) == [MESSAGES] * len(CHATS)
    assert len(set(texts(phones))) == len(texts(phones)) == MESSAGES
    assert {one.attempts for one in rows(begin)} == {1}
