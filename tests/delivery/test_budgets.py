"""Rates that several processes keep together, through the database."""

import asyncio
import threading
from datetime import datetime, timedelta

import pytest
from delivery_wire import CHAT, SETTINGS, Wire, change, rows, say_to
from sqlalchemy import event

from app.clock import real_now
from app.database import make_engine
from app.delivery import deliver_due
from app.senders import Sent, Unavailable
from app.senders.rate import Rate
from app.senders.throttle import SharedThrottle
from app.services.budgets import reply_wait_s, shared_by
from app.services.messages import tell
from app.settings import load_settings
from app.work import work_on
from models import Chat, ChatState, Message, RateBudget
from models.columns import new_id
from tests.conftest import NOW

PROCESSES, EACH = 4, 15
BOT = Rate(per_second=30, burst=5)
PACED = load_settings({"SANDBOX": "1", "TELEGRAM_PER_SECOND": "0"})  # 1/s in a chat, 5 at once


def side_by_side(works):
    """Run each in a thread, with what went wrong in any."""
    failures = []

    def guarded(work):
        try:
            work()
        except Exception as error:  # noqa: BLE001
            failures.append(error)

    threads = [threading.Thread(target=guarded, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def arrivals(database_url, rate):
    """When what four processes had to say at once arrived, seconds from the start."""
    arrived, start = [], real_now().timestamp()

    def process():
        engine = make_engine(database_url)
        asyncio.run(say_all(SharedThrottle(rate, shared_by(work_on(engine, real_now), rate))))
        engine.dispose()

    async def say_all(throttle):
        await asyncio.gather(*(say(throttle) for _ in range(EACH)))

    async def say(throttle):
        await throttle.turn()
        arrived.append(real_now().timestamp() - start)

    side_by_side([process] * PROCESSES)
    return sorted(arrived)


def test_what_four_processes_say_arrives_no_faster_than_the_rate_of_the_bot(database_url):
    arrived = arrivals(database_url, BOT)
    assert len(arrived) == EACH * PROCESSES
    for number, at in enumerate(arrived):
        assert number + 1 <= at * BOT.per_second + BOT.burst + 1e-3


def test_without_a_rate_no_place_is_taken_and_nothing_waits(engine, begin):
    statements = []
    event.listen(engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    throttle = SharedThrottle(Rate(0, 5), shared_by(begin, Rate(0, 5)))
    asyncio.run(throttle.turn())
    assert statements == []


def test_places_are_taken_some_at_a_time(begin):
    taken = []

    def take(places):
        taken.append(places)
        return 0.0

    async def all_of(many):
        throttle = SharedThrottle(Rate(1000, 100), take)
        await asyncio.gather(*(throttle.turn() for _ in range(many)))

    asyncio.run(all_of(30))
    assert sum(taken) == 30
    assert (len(taken), max(taken)) == (4, 10)


def test_while_the_database_does_not_answer_each_process_keeps_the_rate_alone(tmp_path):
    away = make_engine(f"sqlite:///{tmp_path}/none/clinic.db")
    take = shared_by(work_on(away, real_now), BOT)
    assert take(5) is None
    asyncio.run(SharedThrottle(BOT, take).turn())


def test_a_moment_of_a_clock_that_jumped_holds_up_nobody(begin):
    with begin() as work:
        work.session.add(RateBudget(key="telegram", free_at=real_now() + timedelta(days=300)))
    assert shared_by(begin, BOT)(1) <= 0


def unlike(begin, patient, many):
    with begin() as work:
        for number in range(many):
            data = {"draw_at": f"2026-11-24T{number:02}:00:00+00:00"}
            tell(work, patient, str(number), "visit.hold", data, about="visit:1")


def test_three_workers_keep_the_pace_of_a_chat_together(engine, linked):
    began = real_now()

    def by_day() -> datetime:
        """At the real pace from ten in the morning on: at night what is said to a patient waits."""
        return NOW + (real_now() - began)

    begin, wire, said_at = work_on(engine, by_day), Wire(), []

    def telegram(many):
        said_at.extend(by_day().timestamp() for _ in many)
        return [Sent("1") for _ in many]

    post = type(wire.post)(telegram, wire.sms, wire.look_up)
    unlike(begin, linked, 9)
    start = by_day().timestamp()

    def worker():
        while any(row.state != "sent" for row in rows(begin)):
            deliver_due(begin, post, PACED)

    side_by_side([worker] * 3)
    assert len(said_at) == 9
    for number, at in enumerate(sorted(said_at)):
        assert at - start >= number + 1 - 5 - 0.06


def test_what_a_chat_may_not_have_yet_waits_and_other_chats_go_on(
    begin, clock, linked, wire
):
    other_chat(begin, linked)
    unlike(begin, linked, 7)
    deliver_due(begin, wire.post, PACED)
    assert [chat for chat, _ in wire.chats].count(CHAT) == 5
    assert [chat for chat, _ in wire.chats].count(CHAT + 1) == 5
    waiting = [row for row in rows(begin) if row.state == "queued"]
    assert {row.attempts for row in waiting} == {0}
    assert all(clock.now < row.due_at <= clock.now + timedelta(seconds=2) for row in waiting)


def other_chat(begin, patient):
    with begin() as work:
        work.session.add(Chat(id=CHAT + 1, clinic_id="wuhan", patient_id=patient.id,
                              state=ChatState.ACTIVE))  # fmt: skip


def test_after_a_429_the_chat_waits_as_told_and_other_chats_go_on(begin, clock, linked, wire):
    other_chat(begin, linked)
    say_to(begin, linked)

    def telegram(many):
        wire.telegram(many)
        return [Unavailable("429: wait 30 s", 30.0) if chat == CHAT else Sent("1") for chat, _ in many]

    post = type(wire.post)(telegram, wire.sms, wire.look_up)
    deliver_due(begin, post, PACED)
    unlike(begin, linked, 1)
    deliver_due(begin, post, PACED)
    assert [chat for chat, _ in wire.chats] in ([CHAT, CHAT + 1, CHAT + 1], [CHAT + 1, CHAT, CHAT + 1])
    waits = [(row.due_at - clock.now).total_seconds() for row in rows(begin) if row.chat_id == CHAT]
    assert all(25 < wait <= 30 for wait in waits)
    assert len(waits) == 2


def test_a_reply_takes_the_next_place_of_its_chat(begin, linked):
    rate, waits = Rate(1, 5), []
    for _ in range(7):
        with begin() as work:
            waits.append(reply_wait_s(work.session.get_one(Chat, CHAT), rate, 10))
    assert waits[:5] == [0] * 5
    assert 0 < waits[5] <= 1 < waits[6] <= 2


def test_a_place_that_comes_too_late_for_a_reply_is_left_to_others(begin, linked):
    until = real_now() + timedelta(seconds=30)
    change(begin, Chat, CHAT, paced_until=until)
    with begin() as work:
        assert reply_wait_s(work.session.get_one(Chat, CHAT), Rate(1, 5), 10) > 10
    assert rows(begin, Chat)[0].paced_until == until


@pytest.mark.parametrize(("free_at", "first"), [(100.0, 100.0), (99.9, 99.9), (0.0, 99.6), (200.0, 200.0)])
def test_a_place_is_the_next_free_one_or_one_of_the_burst(free_at, first):
    assert Rate(per_second=10, burst=5).first(free_at, now=100.0) == pytest.approx(first)


def test_a_batch_asks_the_database_as_often_for_many_as_for_few(engine, begin, linked, wire):
    counts, few = [], 0
    event.listen(engine, "before_cursor_execute", lambda *told: counts.append(told[2]))
    for many in (2, 12):
        with begin() as work:
            for number in range(many):
                chat = 8000 + 100 * many + number
                work.session.add(Chat(id=chat, clinic_id="wuhan", state=ChatState.ACTIVE,
                                      patient_id=linked.id))  # fmt: skip
                work.session.add(Message(
                    clinic_id="wuhan", id=new_id(work.now), dedupe=f"{chat}", channel="telegram",
                    chat_id=chat, patient_id=linked.id, about="visit:1", key="visit.drawn_ask",
                    due_at=work.now, made_at=work.now,
                ))  # fmt: skip
        counts.clear()
        deliver_due(begin, wire.post, SETTINGS)
        asked = [one for one in counts if not one.startswith(("SELECT message.clinic_id", "BEGIN"))]
        few = len(asked) if many == 2 else few
    assert len(asked) == few <= 10
    assert len(wire.chats) == 14
