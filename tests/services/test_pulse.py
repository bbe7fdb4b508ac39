"""A tick that ends well beats, and costs a transaction seldom."""

from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from app.auditing import Auditor, Pulse
from app.services.heartbeats import all_beats, beat, last_beat
from app.settings import load_settings
from models import Heartbeat


@pytest.fixture
def pulse(begin, clock):
    return Pulse(begin, clock)


def heard(begin):
    with begin() as work:
        return {one.name: one.beat_at for one in all_beats(work)}


def test_a_fast_tick_writes_a_beat_every_quarter_of_a_minute(begin, clock, pulse):
    began, done = clock.now, []
    tick = pulse.after("deliver", lambda: done.append(1))
    for _ in range(61):
        tick()
        clock.now += timedelta(seconds=0.5)
    assert len(done) == 61
    assert heard(begin) == {"deliver": began + timedelta(seconds=30)}


def test_a_tick_that_fails_does_not_beat(begin, pulse):
    with pytest.raises(ZeroDivisionError):
        pulse.after("plan", lambda: 1 / 0)()
    assert heard(begin) == {}


def test_after_a_clock_that_went_back_it_beats_on(begin, clock, pulse):
    pulse.beat("deliver")
    clock.now -= timedelta(hours=3)
    pulse.beat("deliver")
    assert heard(begin) == {"deliver": clock.now}


def test_a_beat_replaces_the_one_before_with_what_it_found(begin, clock):
    with begin() as work:
        beat(work, "auditor", clock.now, ["message_stuck 1"])
        beat(work, "auditor", clock.now + timedelta(minutes=1))
        last = last_beat(work, "auditor")
    assert (last.beat_at - clock.now, last.findings) == (timedelta(minutes=1), [])


def test_what_the_auditor_finds_is_in_the_log_without_a_person(begin, clinic):
    auditor = Auditor(begin, {}, load_settings({"SANDBOX": "1"}))
    with begin() as work:
        work.session.add(Heartbeat(name="auditor", beat_at=work.now.replace(year=2060), at=work.now))
    with capture_logs() as logs:
        auditor()
    [said] = logs
    assert set(said) == {"event", "log_level", "word", "count", "oldest", "repaired"}
    assert (said["word"], said["count"], said["repaired"]) == ("clock_moved", 1, True)
