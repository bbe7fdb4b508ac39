"""The database goes away, or its disk is full: it costs time, and nothing is lost or doubled."""

import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select

from app.database import make_engine
from app.dispatch import Ticker
from app.dispatch.wakes import Wakes, make_tables, wake
from app.services.keys import make_key
from app.services.messages import message_to_staff, queue_once, tell
from app.web import create_app
from app.work import work_on
from app.worker import Worker
from bench.kills.clinic import open_alert
from models import Channel, Chat, ChatState, InboxItem, Message, Patient, Staff, TelegramUpdate
from tests.bot.wire_ears import Ears, open_phones, settings_for
from tests.conftest import HAS_POSTGRES
from tests.delivery.outages import Disk, Lock, Wire
from tests.story.processes import ask_json, until

NURSE = "+8613800000001"
NEW = {"year_of_birth": 1960, "sex": "male", "language": "en", "time_zone": "Asia/Shanghai"}


@pytest.fixture(scope="module")
def phones():
    with open_phones() as phones:
        yield phones


@pytest.fixture
def linked(begin, patient, phones):
    """A patient whose chat Telegram knows, and a nurse."""
    phones.clean()
    chat_id = phones.new_chat()
    with begin() as work:
        work.session.add_all([
            Chat(id=chat_id, clinic_id="wuhan", patient_id=patient.id, language="en",
                 state=ChatState.ACTIVE, consented_at=work.now),
            Staff(clinic_id="wuhan", name="Nurse", email="nurse", password="x", fs_uniquifier="nurse",
                  phone=NURSE),
        ])  # fmt: skip
    return chat_id


def settings_of(phones, url, tmp_path):
    settings = settings_for(phones, "polling", url)
    return replace(settings, twilio_base_url=phones.url, media_folder=str(tmp_path))


@contextmanager
def hearing(settings, begin):
    """A bot that hears, in a thread."""
    stop = threading.Event()
    bot = threading.Thread(target=Ears(settings, begin).until, args=[stop.is_set, 180])
    bot.start()
    try:
        yield
    finally:
        stop.set()
        bot.join()


@contextmanager
def ticking(settings, clock):
    worker = Worker(settings, clock)
    worker.start()
    ticker = Ticker(worker.ticks())
    ticker.start()
    try:
        yield
    finally:
        ticker.stop()
        worker.stop()


def plan_for_soon(begin):
    """A reminder and an alert's text that fall due while the database is away."""
    with begin() as work:
        soon = work.now + timedelta(minutes=5)
        patient = work.session.exec(select(Patient)).one()
        nurse = work.session.exec(select(Staff)).one()
        open_alert(work, patient, "1", "ABCD")
        data = {"dose_at": work.now.isoformat()}
        tell(work, patient, "soon", "visit.dose", data, about="visit:1", due_at=soon)
        text = message_to_staff(work, nurse, Channel.SMS, "alert", "sms.alert",
                                {"code": "ABCD", "patient": "P-0001"}, "alert:1")  # fmt: skip
        text.due_at = soon
        queue_once(work, text)


def planned(begin):
    with begin() as work:
        query = select(Message).where(col(Message.about).in_(["visit:1", "alert:1"]))
        return sorted(one.state for one in work.session.exec(query))


def texts_to(phones, phone):
    messages = ask_json("GET", f"{phones.url}/control/twilio/messages")["messages"]
    return [one["body"] for one in messages if one["to"] == phone]


def test_a_database_that_is_away_for_ten_minutes_costs_time_and_nothing_else(
    database_url, begin, clock, linked, phones, tmp_path
):
    outage = (Lock if database_url.startswith("sqlite") else Wire)(database_url)
    settings = settings_of(phones, outage.url, tmp_path)
    engine = make_engine(outage.url)
    web = create_app(settings, engine, clock).test_client()
    with begin() as work:
        key = {"Authorization": f"Bearer {make_key(work, 'wuhan', 'laboratory')}"}
    plan_for_soon(begin)
    before = len(texts_to(phones, NURSE))
    with hearing(settings, work_on(engine, clock)), ticking(settings, clock):
        phones.say(linked, "/help")
        until(lambda: len(phones.heard(linked)) == 1, 60)
        outage.away()
        phones.say(linked, "/more")
        refused = web.post("/api/v1/patients", json=NEW, headers=key)
        clock.now += timedelta(minutes=10)
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
        assert len(phones.heard(linked)) == 1
        outage.back()
        until(lambda: len(phones.heard(linked)) == 3, 60)
        until(lambda: planned(begin) == ["sent", "sent"], 60)
        assert web.post("/api/v1/patients", json=NEW, headers=key).status_code == 201
    assert len(texts_to(phones, NURSE)) == before + 1
    with begin() as work:
        assert len(work.session.exec(select(TelegramUpdate)).all()) == 2
        assert len(work.session.exec(select(Patient)).all()) == 2
    engine.dispose()


@pytest.mark.skipif(not HAS_POSTGRES, reason="no PostgreSQL answers")
def test_workers_that_are_woken_are_woken_again_when_the_database_is_back(postgres_url):
    make_tables(postgres_url)
    wire, woken = Wire(postgres_url), []
    worker = Wakes(wire.url, [], lambda: woken.append(1))
    worker.start()
    direct = make_engine(postgres_url)
    wake_up(direct)
    until(lambda: len(woken) == 1)
    wire.away()
    wake_up(direct)
    assert len(woken) == 1
    wire.back()
    until(lambda: len(woken) == 2, 60)
    worker.stop()
    direct.dispose()


def wake_up(engine):
    with Session(engine) as session, session.begin():
        wake(session)


LINES = [f"line {number} " + "of a long story " * 150 for number in range(40)]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_said_while_the_disk_is_full_is_not_confirmed_and_is_heard_when_there_is_room(
    database_url, begin, clock, engine, linked, phones, tmp_path
):
    settings, disk = settings_of(phones, database_url, tmp_path), Disk(engine)
    disk.fill()
    with hearing(settings, begin):
        for line in LINES:
            phones.say(linked, line)
        until(lambda: is_full(begin), 60)
        assert phones.waiting() > 0
        disk.make_room()
        until(lambda: phones.waiting() == 0, 60)
        with ticking(settings, clock):  # it sends the replies that could not be written down
            until(lambda: len(phones.heard(linked)) == len(LINES), 60)
    with begin() as work:
        kept = [one.text for one in work.session.exec(select(InboxItem).order_by(col(InboxItem.id)))]
    assert [one.split(" of")[0] for one in kept] == [f"line {number}" for number in range(len(LINES))]


def is_full(begin):
    try:
        with begin() as work:
            line = "x" * 100_000
            work.session.add(InboxItem(clinic_id="wuhan", id="full", kind="text", text=line, received_at=work.now))
            work.session.flush()
            work.session.rollback()
    except OperationalError as error:
        assert "disk is full" in str(error)
        return True
    return False
