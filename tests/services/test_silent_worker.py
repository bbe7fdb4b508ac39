"""The worker is silent: a bot texts the operator itself, once, and goes on until it is taken."""

import threading
from datetime import timedelta

import pytest
from sqlmodel import col, select

from app.senders import Refused, Sent, Unavailable, Unknown
from app.services.auditor import Watched, audit
from app.services.heartbeats import beat, last_beat
from app.settings import load_settings
from app.watchdog import Watchdog
from models import Message, MessageState

SETTINGS = load_settings({"SANDBOX": "1"})
MINUTE = timedelta(minutes=1)


class Twilio:
    def __init__(self):
        self.texts, self.says = [], Sent("SM1")

    def send(self, to, words, reference):
        self.texts.append((to, words))
        return self.says


@pytest.fixture
def twilio():
    return Twilio()


@pytest.fixture
def dog(begin, clock, twilio):
    return Watchdog(begin, twilio.send, SETTINGS, clock.now)


@pytest.fixture
def audited(begin, clock):
    """The auditor's round of this moment."""

    def look():
        with begin() as work:
            return audit(work, clock.now, Watched({}, 60, clock.now, apart=timedelta.max))

    return look


def texts(begin):
    with begin() as work:
        return work.session.exec(select(Message).order_by(col(Message.id))).all()


def test_a_worker_that_is_heard_is_not_missed(begin, clock, dog, twilio, audited):
    audited()
    for _ in range(3):
        clock.now += MINUTE
        assert not dog.look(clock.now)
    assert (twilio.texts, texts(begin)) == ([], [])
    with begin() as work:
        assert last_beat(work, "bot").beat_at == clock.now


def test_after_three_silent_minutes_the_operator_gets_one_text(begin, clock, dog, twilio, audited):
    audited()
    clock.now += 4 * MINUTE
    assert [dog.look(clock.now) for _ in range(3)] == [True, False, False]
    [(to, words)] = twilio.texts
    assert to == SETTINGS.operator_phone and "后台进程没有响应" in words
    [row] = texts(begin)
    assert (row.state, row.provider_id, row.sent_body) == (MessageState.SENT, "SM1", words)


def test_every_hour_it_is_said_again(begin, clock, dog, twilio, audited):
    audited()
    for _ in range(3):
        clock.now += 60 * MINUTE
        dog.look(clock.now)
    assert len(twilio.texts) == 3


def test_a_bot_just_started_waits_for_the_worker_that_starts_with_it(clock, dog, twilio, audited):
    audited()
    clock.now += 600 * MINUTE
    fresh = Watchdog(dog.begin, dog.send, SETTINGS, clock.now)
    assert not fresh.look(clock.now + 3 * MINUTE)
    assert fresh.look(clock.now + 4 * MINUTE)


def test_an_auditor_that_never_ran_is_missed_too(clock, dog, twilio):
    assert dog.look(clock.now + 4 * MINUTE)


def test_several_bots_at_once_send_one_text(begin, clock, dog, twilio, audited):
    audited()
    clock.now += 4 * MINUTE
    at_once = threading.Barrier(4)

    def look():
        at_once.wait()
        dog.look(clock.now)

    bots = [threading.Thread(target=look) for _ in range(4)]
    for bot in bots:
        bot.start()
    for bot in bots:
        bot.join()
    assert (len(twilio.texts), len(texts(begin))) == (1, 1)


def test_while_twilio_is_away_it_is_tried_again_when_its_wait_is_over(
    begin, clock, dog, twilio, audited
):
    audited()
    clock.now += 4 * MINUTE
    twilio.says = Unavailable("down")
    dog.look(clock.now)
    assert not dog.look(clock.now)
    twilio.says = Sent("SM2")
    clock.now += MINUTE
    assert dog.look(clock.now)
    [row] = texts(begin)
    assert (row.state, row.attempts) == (MessageState.SENT, 2)


@pytest.mark.parametrize(
    ("says", "state"),
    [(Unknown("timeout"), MessageState.UNKNOWN), (Refused("no number"), MessageState.FAILED)],
)
def test_what_perhaps_went_out_or_was_refused_is_not_sent_again_this_hour(
    begin, clock, dog, twilio, audited, says, state
):
    audited()
    clock.now += 4 * MINUTE
    twilio.says = says
    dog.look(clock.now)
    assert not dog.look(clock.now + MINUTE)
    assert [row.state for row in texts(begin)] == [state]


def test_a_worker_that_is_back_is_not_called_silent_by_a_late_text(
    begin, clock, dog, twilio, audited
):
    audited()
    clock.now += 4 * MINUTE
    twilio.says = Unavailable("down")
    dog.look(clock.now)
    with begin() as work:
        beat(work, "bot", clock.now)
    audited()
    assert [(row.state, row.reason) for row in texts(begin)] == [
        (MessageState.CANCELLED, "the worker is back")
    ]
