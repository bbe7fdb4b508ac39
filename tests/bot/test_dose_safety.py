"""Nobody is led to a second dose, and what is told of a dose does not contradict itself."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from app.services.visits import plan_visit
from models import Dose, Message, Patient, Visit

SHANGHAI = ZoneInfo("Asia/Shanghai")
DRAW = datetime(2026, 11, 27, 8, 0, tzinfo=SHANGHAI).astimezone(UTC)


def every(begin, table):
    with begin() as work:
        return list(work.session.exec(select(table)))


def counted(begin) -> list[tuple[str, str]]:
    """The doses that count: when, by the patient's clock, and what was told."""
    doses = sorted(every(begin, Dose), key=lambda dose: dose.taken_at)
    return [(f"{dose.taken_at.astimezone(SHANGHAI):%d. %H:%M:%S}", dose.status)
            for dose in doses if dose.withdrawn_at is None]  # fmt: skip


def taps(said) -> list[str]:
    return [button.data for row in said.buttons for button in row]


@pytest.fixture
def visit(begin, patient, linked) -> Visit:
    with begin() as work:
        mine = work.session.get_one(Patient, (patient.clinic_id, patient.id))
        return plan_visit(work, mine, DRAW)


@pytest.fixture
def at(clock):
    """Move to a moment of Shanghai's clock: day of November and time."""

    def at(day: int, clock_time: str) -> None:
        there = datetime.combine(date(2026, 11, day), time.fromisoformat(clock_time), SHANGHAI)
        clock.now = there.astimezone(UTC)

    return at


@pytest.mark.parametrize("told", ["taken_now", "vomited"])
def test_whoever_took_the_dose_before_the_draw_is_not_told_to_take_it_after(linked, begin, visit, at, told):
    at(27, "07:00:00")
    linked.taps(f"dose:{told}", "nav:cancel")
    at(27, "09:00:00")
    assert "今天的药您已经吃过，请不要再吃" in linked.taps("draw:now").text
    assert "visit.take_now" not in [row.key for row in every(begin, Message)]


def test_a_dose_after_the_draw_is_not_asked_for_again_when_the_draw_is_told(linked, begin, visit, at):
    at(27, "09:00:00")
    linked.taps("dose:taken_now", "nav:cancel")
    at(27, "09:30:00")
    said = linked.taps("draw:earlier", "draw.hour:8", "draw.minute:10")
    assert "请不要再吃" in said.text
    assert "visit.take_now" not in [row.key for row in every(begin, Message)]


def test_a_dose_of_draw_day_that_was_missed_or_told_by_mistake_may_be_taken(linked, begin, visit, at):
    at(27, "07:00:00")
    linked.taps("dose:taken_now", "nav:cancel", "dose:wrong", "fix:none")
    at(27, "08:05:00")
    linked.taps("draw:now")
    assert "visit.take_now" in [row.key for row in every(begin, Message)]
