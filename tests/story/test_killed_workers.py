"""Workers are killed at random while they deliver: nothing is lost, no row doubled, each repeat explained."""

import random

import pytest

from bench.kills.__main__ import run
from bench.kills.counted import count
from models import Channel, Message
from tests.conftest import HAS_POSTGRES

pytestmark = pytest.mark.story


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_twelve_kills_lose_nothing_and_every_repeat_has_its_row(engine):
    if engine == "postgres" and not HAS_POSTGRES:
        pytest.skip("no PostgreSQL answers")
    ran = run(engine, messages=300, kills=12, chance=random.Random(12))
    assert (ran.count.unexplained, ran.count.lost, ran.count.doubled_rows) == ([], 0, 0)
    assert (ran.count.rows, ran.count.texts_repeated) == (300, 0)


def row(**values):
    return Message(**{"clinic_id": "kills", "dedupe": "kill:1", "channel": Channel.TELEGRAM, "state": "sent",
                      "sent_to": "1", "sent_body": "a", "attempts": 1, **values})  # fmt: skip


GOOD = ("1", "a")


@pytest.mark.parametrize(
    ("values", "seen", "told"),
    [
        ({}, [], "kill:1 is sent (None), seen 0 times"),
        ({"state": "failed"}, [GOOD], "kill:1 is failed"),
        ({}, [GOOD, GOOD], "kill:1 seen 2 times, attempts 1"),
        ({"attempts": 15}, [GOOD] * 3, "kill:1 seen 3 times, attempts 15"),
        ({"attempts": 15, "channel": Channel.SMS}, [GOOD, GOOD], "kill:1 seen 2 times"),
        ({}, [GOOD, ("1", "b")], "no row says 'b' to 1"),
    ],
)
def test_the_count_tells_what_it_cannot_explain(values, seen, told):
    [unexplained] = count(1, [row(**values)], seen).unexplained
    assert unexplained.startswith(told)


def test_the_count_tells_a_row_too_many_and_knows_a_repeat_that_a_dead_worker_left():
    twice = count(1, [row(), row(sent_body="b")], [GOOD, ("1", "b")])
    assert (twice.doubled_rows, len(twice.unexplained)) == (1, 1)
    explained = count(1, [row(attempts=15)], [GOOD, GOOD])
    assert (explained.repeats, explained.unexplained) == (1, [])
