"""Moving the clock steps through every event, with a worker at the wire."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sandbox_listeners import Answer, Heard, Listener, listening
from sandbox_phones import TOKEN, Phones, running

from app.clock import OffsetClock


class Worker:
    """Holds due moments; settling hands over all that the clock has reached."""

    def __init__(self) -> None:
        self.due: list[datetime] = []
        self.done: list[tuple[datetime, datetime]] = []  # due, and the clock at that moment

    def answer(self, heard: Heard) -> Answer:
        if heard.path == "/events/settle":
            self.settle(timedelta(seconds=heard.json["offset_seconds"]))
        next_at = min(self.due).isoformat() if self.due else None
        return 200, "application/json", json.dumps({"next_event_at": next_at})

    def settle(self, offset: timedelta) -> None:
        now = datetime.now(UTC) + offset
        self.done += [(moment, now) for moment in sorted(self.due) if moment <= now]
        self.due = [moment for moment in self.due if moment > now]


@pytest.fixture
def worker() -> Worker:
    return Worker()


@pytest.fixture
def listener(worker: Worker) -> Iterator[Listener]:
    with listening(worker.answer) as found:
        yield found


@pytest.fixture
def phones(listener: Listener) -> Iterator[Phones]:
    with running(WORKER_EVENTS_URL=f"{listener.url}/events") as found:
        yield found


def in_hours(hours: float) -> datetime:
    return datetime.now(UTC) + timedelta(hours=hours)


def test_an_hour_forward_meets_each_event_at_its_own_time(phones: Phones, worker: Worker) -> None:
    worker.due = [in_hours(0.2), in_hours(0.5), in_hours(3)]
    moved = phones.do("clock", advance="PT1H")
    assert (moved["events"], moved["settled"]) == (2, True)
    assert len(worker.done) == 2
    for due, met_at in worker.done:
        assert timedelta() <= met_at - due < timedelta(seconds=2)
    assert moved["offset_seconds"] == pytest.approx(3600, abs=2)


def test_the_next_event_is_one_event(phones: Phones, worker: Worker) -> None:
    worker.due = [in_hours(2), in_hours(5)]
    moved = phones.do("clock", next_event=True)
    assert moved["events"] == 1
    assert moved["offset_seconds"] == pytest.approx(7200, abs=2)
    assert len(worker.done) == 1


def test_without_events_the_next_event_moves_nothing(phones: Phones) -> None:
    moved = phones.do("clock", next_event=True)
    assert (moved["events"], moved["settled"], moved["offset_seconds"]) == (0, True, 0)


def test_an_event_made_on_the_way_is_met_too(phones: Phones, worker: Worker) -> None:
    worker.due = [in_hours(0.1)]
    follow_up = in_hours(0.9)
    settle = worker.settle

    def settle_and_plan(offset: timedelta) -> None:
        settle(offset)
        if len(worker.done) == 1 and follow_up not in worker.due:
            worker.due.append(follow_up)

    worker.settle = settle_and_plan  # type: ignore[method-assign]
    assert phones.do("clock", advance="PT1H")["events"] == 2


def test_an_event_that_never_settles_does_not_hold_the_clock(
    phones: Phones, worker: Worker
) -> None:
    worker.due = [in_hours(0.1)]
    worker.settle = lambda offset: None  # type: ignore[method-assign]
    moved = phones.do("clock", advance="PT1H")
    assert (moved["events"], moved["settled"]) == (1, False)


def test_an_absent_worker_does_not_hold_the_clock() -> None:
    with running(WORKER_EVENTS_URL="http://127.0.0.1:9/events") as phones:
        started = time.monotonic()
        moved = phones.do("clock", advance="P1D")
        assert (moved["settled"], moved["events"]) == (False, 0)
        assert moved["offset_seconds"] == pytest.approx(86400, abs=2)
        assert time.monotonic() - started < 3


def test_what_was_said_is_heard_before_the_clock_moves(phones: Phones) -> None:
    url = f"{phones.url}/bot{TOKEN}/getUpdates"
    phones.do("telegram/messages", chat_id=1, text="before")
    update = httpx.get(url).json()["result"][0]["update_id"]
    with ThreadPoolExecutor() as pool:
        moved = pool.submit(phones.do, "clock", advance="PT1H")
        time.sleep(0.3)
        assert phones.ask("clock")["offset_seconds"] == 0
        httpx.get(url, params={"offset": update + 1})
        assert moved.result()["offset_seconds"] > 3500


def test_the_phones_do_not_obey_another_page(phones: Phones) -> None:
    headers = {"Origin": "http://elsewhere.example"}
    answer = phones.http.post("/control/clock", json={"advance": "PT1H"}, headers=headers)
    assert answer.status_code == 403
    assert phones.ask("clock")["offset_seconds"] == 0


def test_messages_carry_the_moved_time(phones: Phones) -> None:
    phones.do("clock", advance="P2D")
    phones.do("telegram/messages", chat_id=1, text="later")
    at = datetime.fromisoformat(phones.messages(1)[0]["at"])
    assert abs(at - in_hours(48)) < timedelta(seconds=3)


@pytest.mark.parametrize("body", [{}, {"advance": "1 hour"}, {"advance": "-PT1H"}, {"back": 1}])
def test_what_is_no_move_is_refused(phones: Phones, body: dict[str, object]) -> None:
    answer = phones.http.post("/control/clock", json=body)
    assert answer.status_code == 422


def test_who_speaks_right_after_a_move_is_at_the_new_time(phones):
    clock = OffsetClock(str(phones.http.base_url).rstrip("/") + "/control/clock")
    before = clock()
    phones.http.post("/control/clock", json={"advance": "P3D"})
    assert clock() - before >= timedelta(days=3)
