"""The system's clock jumps ahead and comes back: what it ended before its time goes on after all."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from app.delivery import Post, deliver_due
from app.senders import Sent
from app.services.daily import plan_daily
from app.services.doses import record_dose
from app.services.planning import plan_prompts
from app.services.visits import change_visit, plan_visit
from app.settings import load_settings
from models import (
    Chat,
    ChatState,
    DoseStatus,
    InboxItem,
    Message,
    Patient,
    Prompt,
    PromptKind,
    Provenance,
    VisitStatus,
)

SETTINGS = load_settings({"SANDBOX": "1"})
SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 11, 25, 8, 30, tzinfo=SHANGHAI).astimezone(UTC)
DAY = timedelta(days=1)


@pytest.fixture
def reminded(begin, patient):
    """Wants a reminder of the dose at 08:00."""
    with begin() as work:
        work.session.add(Chat(
            id=7001, clinic_id=patient.clinic_id, patient_id=patient.id, state=ChatState.ACTIVE,
        ))  # fmt: skip
        mine(work, patient).dose_reminder = True
    tick(begin)
    return patient


def mine(work, patient):
    return work.session.get_one(Patient, (patient.clinic_id, patient.id))


def tick(begin):
    plan_prompts(begin)
    with begin() as work:
        plan_daily(work)


def deliver(begin):
    """What reaches the phone."""
    heard = []

    def telegram(many):
        heard.extend(words.text for _, words in many)
        return [Sent("1") for _ in many]

    while deliver_due(begin, Post(telegram, lambda *_: Sent("1"), None), SETTINGS):
        pass
    return heard


def rows(begin, key=None, **states):
    with begin() as work:
        found = work.session.exec(select(Message)).all()
    return [row for row in found if key in (None, row.key) and row.state in states.get("state", row.state)]


def jump(begin, clock, there, back):
    """The worker runs in both, and planning too."""
    clock.now = there
    deliver(begin)
    tick(begin)
    clock.now = back
    tick(begin)


@pytest.mark.parametrize("ahead", [timedelta(hours=9), DAY, 400 * DAY])
def test_a_reminder_that_expired_in_a_jump_ahead_goes_once_the_clock_is_back(begin, clock, reminded, ahead):
    jump(begin, clock, MORNING + ahead, MORNING)
    deliver(begin)
    of_today = [row for row in rows(begin, "dose.daily") if row.due_at == MORNING - timedelta(minutes=30)]
    assert [row.state for row in of_today] == ["sent"]
    clock.now = MORNING + DAY
    deliver(begin)
    due = sorted(row.due_at for row in rows(begin, "dose.daily", state=["sent"]))
    assert due[:2] == [MORNING - timedelta(minutes=30), MORNING + DAY - timedelta(minutes=30)]


def test_a_reminder_whose_time_has_passed_stays_expired(begin, clock, reminded):
    clock.now = MORNING + timedelta(hours=6)
    deliver(begin)
    for _ in range(2):
        tick(begin)
        deliver(begin)
    of_today = [row for row in rows(begin, "dose.daily") if row.due_at < MORNING]
    assert [row.state for row in of_today] == ["expired"]


def test_a_dose_told_while_the_clock_was_wrong_needs_no_reminder(begin, clock, reminded):
    clock.now = MORNING + DAY
    deliver(begin)
    clock.now = MORNING
    with begin() as work:
        record_dose(work, mine(work, reminded), taken_at=work.now, status=DoseStatus.TAKEN,
                    provenance=Provenance.PATIENT_AT_THE_MOMENT)  # fmt: skip
    tick(begin)
    assert deliver(begin) == []


@pytest.mark.parametrize(("ends", "state"), [(None, "queued"), (VisitStatus.CANCELLED, "expired")])
def test_what_a_visit_asks_goes_after_all_unless_the_visit_is_no_more(begin, clock, reminded, ends, state):
    draw_at = datetime(2026, 11, 27, 8, tzinfo=SHANGHAI).astimezone(UTC)
    with begin() as work:
        visit = plan_visit(work, mine(work, reminded), draw_at)
    start = clock.now
    clock.now = draw_at + DAY
    deliver(begin)
    assert {row.state for row in rows(begin, "visit.dose")} == {"expired"}
    if ends:
        with begin() as work:
            change_visit(work, reminded.clinic_id, visit.id, status=ends)
    clock.now = start
    tick(begin)
    assert {row.state for row in rows(begin, "visit.dose")} == {state}


def test_a_check_that_was_closed_in_a_jump_ahead_is_open_again_and_nobody_calls_for_it(begin, clock, reminded):
    with begin() as work:
        prompt = work.session.exec(select(Prompt).where(Prompt.kind == PromptKind.CHECK)).one()
    start = clock.now
    jump(begin, clock, prompt.closes_at + DAY, start)
    with begin() as work:
        states = {one.id: one.state for one in work.session.exec(select(Prompt).where(Prompt.kind == PromptKind.CHECK))}
        lines = work.session.exec(select(InboxItem)).all()
    assert states.pop(prompt.id) == "open"
    assert set(states.values()) <= {"cancelled"}
    assert all(item.handled_at for item in lines)
    about = [row for row in rows(begin) if row.about == f"prompt:{prompt.id}"]
    assert {row.state for row in about} == {"queued"} and len(about) == 2


def test_while_the_clock_goes_as_it_should_nothing_is_taken_up_again(begin, clock, reminded):
    for _ in range(30):
        clock.now += timedelta(hours=5)
        deliver(begin)
        before = {row.id: row.state for row in rows(begin)}
        tick(begin)
        after = {row.id: row.state for row in rows(begin)}
        ended = {one for one, state in before.items() if state != "queued"}
        assert {one: after[one] for one in ended} == {one: before[one] for one in ended}
