"""Telegram or Twilio is down for 26 hours, and the worker for a day: nothing late goes, no alert is lost."""

from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlmodel import col, select

from app.clinical.alerts import Cause
from app.services.alerts import raise_alerts
from app.services.daily import set_daily
from app.worker import Worker
from models import Alert, Chat, ChatState, Message, Patient, Rota, Staff
from models.columns import new_id
from tests.bot.wire_ears import open_phones, settings_for
from tests.story.processes import ask_json

NURSE = "+8613800000001"
QUARTER, HOUR = timedelta(minutes=15), timedelta(hours=1)
DOWN = {"kind": "status", "status": 503, "times": 1_000_000}


@pytest.fixture(scope="module")
def phones():
    with open_phones() as phones:
        yield phones


@pytest.fixture
def people(begin, patient, phones):
    """A patient with a daily reminder at 18:00, and a nurse on duty with a Telegram of her own."""
    phones.clean()
    mine, hers = phones.new_chat(), phones.new_chat()
    for chat_id in (mine, hers):
        phones.say(chat_id, "hello")
    with begin() as work:
        work.session.add(Chat(id=mine, clinic_id="wuhan", patient_id=patient.id, language="en",
                              state=ChatState.ACTIVE, consented_at=work.now))  # fmt: skip
        work.session.add(Chat(id=hers, clinic_id="wuhan", state=ChatState.ACTIVE))
        nurse = Staff(clinic_id="wuhan", name="Nurse", email="nurse", password="x", fs_uniquifier="nurse",
                      phone=NURSE, chat_id=hers)  # fmt: skip
        work.session.add(nurse)
        work.session.flush()
        work.session.add_all(
            Rota(clinic_id="wuhan", id=new_id(work.now), staff_id=nurse.id, weekday=day, position=0)
            for day in range(7)
        )
        set_daily(work, work.session.get_one(Patient, ("wuhan", patient.id)), time(18))
    yield mine, hers
    phones.clean()


@contextmanager
def working(phones, database_url, clock, tmp_path):
    settings = settings_for(phones, "polling", database_url)
    worker = Worker(replace(settings, twilio_base_url=phones.url, media_folder=str(tmp_path)), clock)
    worker.start()
    try:
        yield worker
    finally:
        worker.stop()


def pass_time(worker, clock, hours, step=HOUR):
    """A step at a time, as far as what ticks can tell."""
    ends = clock.now + timedelta(hours=hours)
    while clock.now < ends:
        clock.now += step
        worker.escalate()
        worker.deliver()


def fail(phones, service):
    ask_json("POST", f"{phones.url}/control/faults", {"service": service, **DOWN})


def alarm(begin, patient):
    with begin() as work:
        raise_alerts(work, patient, [Cause("grade_3", "skin", "3")], report_id=None, grade=3)


def texts(phones):
    messages = ask_json("GET", f"{phones.url}/control/twilio/messages")["messages"]
    return [one["body"] for one in messages if one["to"] == NURSE]


def reminders(begin):
    with begin() as work:
        rows = work.session.exec(select(Message).where(col(Message.key) == "dose.daily"))
        return Counter((one.state, one.reason) for one in rows)


def is_still_called(begin, clock):
    with begin() as work:
        alert = work.session.exec(select(Alert)).one()
        return alert.state == "open" and clock.now < alert.next_step_at <= clock.now + HOUR


def test_both_down_for_26_hours_late_reminders_expire_and_the_alert_arrives(
    database_url, begin, clock, patient, people, phones, tmp_path
):
    mine, hers = people
    before = len(texts(phones))
    with working(phones, database_url, clock, tmp_path) as worker:
        fail(phones, "telegram")
        fail(phones, "twilio")
        alarm(begin, patient)
        pass_time(worker, clock, 26, 2 * HOUR)
        assert (phones.heard(mine), phones.heard(hers), len(texts(phones))) == ([], [], before)
        assert reminders(begin) == {("expired", "its time had passed"): 1, ("queued", None): 1}
        phones.clean()
        pass_time(worker, clock, 1, QUARTER)
        assert len(texts(phones)) > before
        assert phones.heard(hers) != []
        assert is_still_called(begin, clock)
        pass_time(worker, clock, 7)
    assert len(phones.heard(mine)) == 1  # of today, not of yesterday


def test_while_no_text_goes_an_alert_finds_the_nurses_own_telegram(
    database_url, begin, clock, patient, people, phones, tmp_path
):
    with working(phones, database_url, clock, tmp_path) as worker:
        fail(phones, "twilio")
        alarm(begin, patient)
        worker.deliver()
        assert len(phones.heard(people[1])) == 1


def test_a_worker_that_was_dead_for_a_day_sends_nothing_late_and_goes_on_with_the_alert(
    database_url, begin, clock, patient, people, phones, tmp_path
):
    mine, hers = people
    before = len(texts(phones))
    alarm(begin, patient)
    clock.now += timedelta(days=1)
    with working(phones, database_url, clock, tmp_path) as worker:
        worker.plan()
        worker.escalate()
        worker.deliver()
        assert reminders(begin)[("expired", "its time had passed")] == 1
        assert phones.heard(mine) == []
        assert len(texts(phones)) > before
        assert phones.heard(hers) != []
        assert is_still_called(begin, clock)
        pass_time(worker, clock, 9)
    assert len(phones.heard(mine)) == 1
