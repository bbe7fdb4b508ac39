"""On many machines a transaction that leaves something due wakes a worker, once and in time."""

import threading

import psycopg
import pytest
from sqlalchemy import text
from sqlmodel import select

from app.clock import real_now
from app.database import make_engine
from app.dispatch import Tick, begin_of, dispatcher_of
from app.dispatch.wakes import Wakes, make_tables, wake
from app.services.messages import queue_once
from app.settings import load_settings
from app.work import work_on
from models import Channel, Clinic, Message
from tests.conftest import HAS_POSTGRES
from tests.story.processes import until

pytestmark = pytest.mark.skipif(not HAS_POSTGRES, reason="no PostgreSQL answers")


@pytest.fixture
def begin(postgres_url):
    make_tables(postgres_url)
    engine = make_engine(postgres_url)
    begin = begin_of(settings_of(postgres_url), engine, real_now)
    with begin() as work:
        work.session.add(Clinic(id="wuhan", name="GIST clinic"))
    yield begin
    engine.dispose()


def settings_of(url):
    return load_settings({"SANDBOX": "1", "DISPATCHER": "procrastinate", "DATABASE_URL": url})


def queue(work, dedupe="one", due_at=None):
    return queue_once(work, Message(
        clinic_id="wuhan", id=dedupe, dedupe=dedupe, channel=Channel.SMS, key="sms.reach.us",
        due_at=due_at or work.now, made_at=work.now,
    ))  # fmt: skip


def waiting(begin):
    with begin() as work:
        jobs = text("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")
        return work.session.execute(jobs).scalar_one()


def test_what_is_due_now_wakes_a_worker_and_what_is_due_later_does_not(begin):
    with begin() as work:
        queue(work, "tomorrow", work.now.replace(year=work.now.year + 1))
    assert waiting(begin) == 0
    with begin() as work:
        queue(work)
    assert waiting(begin) == 1


def test_a_transaction_that_is_rolled_back_wakes_nobody(begin):
    with pytest.raises(ZeroDivisionError), begin() as work:
        queue(work)
        raise ZeroDivisionError
    assert waiting(begin) == 0


def test_one_wake_up_that_waits_is_enough_and_the_second_message_is_kept(begin):
    for dedupe in ("one", "two"):
        with begin() as work:
            queue(work, dedupe)
    assert waiting(begin) == 1
    with begin() as work:
        assert len(work.session.exec(select(Message)).all()) == 2


def test_transactions_that_wake_at_once_wait_for_each_other_and_all_are_kept(begin):
    failures = []

    def write(number):
        try:
            for n in range(25):
                with begin() as work:
                    queue(work, f"{number}-{n}")
        except Exception as error:  # noqa: BLE001
            failures.append(error)

    threads = [threading.Thread(target=write, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with begin() as work:
        assert len(work.session.exec(select(Message)).all()) == 100


def test_a_wake_up_that_cannot_be_written_costs_no_fact(postgres_url):
    engine = make_engine(postgres_url)  # a release that forgot the tables
    begin = work_on(engine, real_now, wake)
    with begin() as work:
        work.session.add(Clinic(id="wuhan", name="GIST clinic"))
        work.session.flush()
        queue(work)
    with begin() as work:
        assert work.session.exec(select(Message)).one().id == "one"
    engine.dispose()


def test_the_tables_are_made_once_however_often_they_are_asked_for(postgres_url):
    assert [make_tables(postgres_url) for _ in range(3)] == [True, False, False]


class Heard:
    """How often it was delivered."""

    def __init__(self):
        self.times, self.ticks = 0, 0

    def deliver(self):
        self.times += 1

    def tick(self):
        self.ticks += 1


def test_a_worker_is_woken_by_another_process_commit(begin, postgres_url):
    heard = Heard()
    worker = dispatcher_of(settings_of(postgres_url), [Tick("later", 3600, heard.tick)], heard.deliver)
    assert isinstance(worker, Wakes)
    worker.start()
    with begin() as work:
        queue(work)
    until(lambda: heard.times == 1 and waiting(begin) == 0)
    with begin() as work:
        queue(work, "two")
    until(lambda: heard.times == 2)
    worker.stop()
    assert heard.ticks == 1


def test_what_a_dead_worker_was_woken_for_is_done_by_another(begin, postgres_url):
    with begin() as work:
        queue(work)
        work.session.flush()
    with begin() as work:  # its machine went away while it delivered
        work.session.execute(text("UPDATE procrastinate_jobs SET status = 'doing'"))
    heard = Heard()
    worker = Wakes(postgres_url, [], heard.deliver)
    worker.start()
    until(lambda: heard.times == 1, 70)
    worker.stop()


def test_wake_ups_come_again_after_the_database_went_away(begin, postgres_url):
    heard = Heard()
    worker = Wakes(postgres_url, [], heard.deliver)
    worker.start()
    with begin() as work:
        queue(work)
    until(lambda: heard.times == 1)
    name = postgres_url.rpartition("/")[2]
    with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as server:
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = %s AND pid <> pg_backend_pid()", [name],
        )  # fmt: skip
    with begin() as work:
        queue(work, "two")
    until(lambda: heard.times == 2, 40)
    worker.stop()
