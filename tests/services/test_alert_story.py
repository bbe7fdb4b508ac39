"""What the desk is told of an alert is what the escalation then does."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from app.clinical.alerts import Cause
from app.services.alert_rates import alert_rates
from app.services.alert_story import briefs, story
from app.services.alerts import acknowledge, close, raise_alerts
from app.services.escalation import escalate_due
from app.services.message_history import messages_of_patient
from app.services.messages import tell
from models import Alert, Channel, Chat, ChatState, Disposition, Message, Rota, Staff
from models.columns import new_id

RASH, GUT = Cause("grade_3", "skin", "3"), Cause("grade_3", "gi", "3")


@pytest.fixture
def team(begin, clinic) -> dict[str, int]:
    """Two nurses on the rota all week; the second in her own Telegram too, the third unreachable."""
    with begin() as work:
        people = [
            Staff(clinic_id="wuhan", name=name, email=f"{name}@x", password="x", fs_uniquifier=name,
                  phone=phone, chat_id=chat_id)
            for name, phone, chat_id in (
                ("first", "+8613800000001", None), ("silent", None, None),
                ("second", "+8613800000002", 4711),
            )
        ]  # fmt: skip
        work.session.add_all(people)
        work.session.flush()
        for position, one in enumerate(people):
            work.session.add_all(
                Rota(clinic_id="wuhan", id=new_id(work.now), staff_id=one.id, weekday=weekday, position=position)
                for weekday in range(7)
            )  # fmt: skip
    return {one.name: one.id for one in people}


def raised(begin, patient, *causes):
    with begin() as work:
        return raise_alerts(work, patient, causes, report_id=None, grade=3)


def told(begin, alert):
    with begin() as work:
        return story(work, work.session.get_one(Alert, ("wuhan", alert.id)))


def test_the_step_that_is_told_is_the_step_that_comes(begin, clock, patient, team):
    alert = raised(begin, patient, RASH)
    foretold, called = [], []
    for _ in range(6):
        step = told(begin, alert).next
        foretold.append((step.at, step.how, step.staff_id, *step.channels))
        clock.now = step.at
        with begin() as work:
            before = set(work.session.exec(select(Message.id)))
            escalate_due(work)
            rows = work.session.exec(select(Message).order_by(col(Message.id))).all()
            new = [row for row in rows if row.id not in before and row.staff_id]
        who = new[0].staff_id if new else None
        called.append((clock.now, "call" if new else "nobody", who, *(row.channel for row in new)))
    assert foretold == called
    assert [how for _, how, *_ in called] == ["call", "call", "call", "nobody", "call", "call"]
    assert called[0][2:] == (team["second"], Channel.SMS, Channel.TELEGRAM)


def test_who_cannot_be_reached_is_passed_over_and_told_so(begin, clock, patient, team):
    alert = raised(begin, patient, RASH)
    clock.now += timedelta(minutes=15)
    with begin() as work:
        escalate_due(work)
    life = told(begin, alert).life
    assert [one.event.what for one in life] == ["called", "called", "not_reached", "called", "raised"]
    assert (life[2].event.staff_id, life[2].event.why) == (team["silent"], "no phone number")
    assert [one.message.channel for one in life[:2]] == ["telegram", "sms"]


def test_the_queue_tells_of_many_alerts_what_each_page_tells(begin, clock, patient, team):
    first = raised(begin, patient, RASH)
    clock.now += timedelta(minutes=5)
    second = raised(begin, patient, GUT)
    with begin() as work:
        acknowledge(work, "wuhan", second.id, "staff:1")
    clock.now += timedelta(hours=4)
    with begin() as work:
        escalate_due(work)
    with begin() as work:
        rows = [work.session.get_one(Alert, ("wuhan", one.id)) for one in (first, second)]
        found = briefs(work, "wuhan", rows)
        assert [found[one.id].next for one in rows] == [story(work, one).next for one in rows]
    assert [found[one.id].came_back for one in rows] == [0, 1]
    assert found[second.id].last_call.event.staff_id == team["first"]
    assert briefs(work, "wuhan", []) == {}


def test_a_message_names_patient_carer_or_colleague_and_never_an_address(begin, patient, team):
    with begin() as work:
        work.session.add_all(
            Chat(id=number, clinic_id="wuhan", patient_id=patient.id, state=ChatState.ACTIVE, proxy=proxy)
            for number, proxy in ((900001, False), (900002, True))
        )  # fmt: skip
        work.session.flush()
        tell(work, patient, "hello", "alert.seen")
    raised(begin, patient, RASH)
    with begin() as work:
        page = messages_of_patient(work, "wuhan", patient.id)
    assert sorted(one.to for one in page.items) == ["carer", "patient", f"staff:{team['first']}"]
    assert {one.kind for one in page.items} == {"alert"}


def test_a_wait_counts_from_its_beginning_also_when_that_was_before_it_grew_worse(
    begin, clock, patient, team
):
    alert = raised(begin, patient, RASH)
    clock.now += timedelta(minutes=20)
    with begin() as work:
        raise_alerts(work, patient, [RASH], report_id=None, grade=4)
    clock.now += timedelta(minutes=25)
    with begin() as work:
        close(work, "wuhan", alert.id, "staff:1", Disposition.OTHER, "moved")
    with begin() as work:
        rates = alert_rates(work, "wuhan", 7)
    assert (rates.waits.taken, rates.waits.median_min) == (1, 45)
    assert rates.waits.histogram["under_60"] == 1
    assert rates.closed_with_action == 0


def test_of_ten_waits_nine_were_within_the_ninetieth_percentile(begin, clock, patient, team):
    for minutes in (1, 2, 3, 4, 5, 6, 7, 8, 9, 100):
        alert = raised(begin, patient, RASH)
        clock.now += timedelta(minutes=minutes)
        with begin() as work:
            close(work, "wuhan", alert.id, "staff:1", Disposition.CALL, None)
    with begin() as work:
        waits = alert_rates(work, "wuhan", 7).waits
    assert (waits.median_min, waits.p90_min) == (5.5, 9)
    assert list(waits.histogram.values()) == [4, 5, 0, 0, 1]


def test_what_began_before_these_days_is_not_counted(begin, clock, patient, team):
    raised(begin, patient, RASH)
    clock.now += timedelta(days=8)
    with begin() as work:
        rates = alert_rates(work, "wuhan", 7)
    assert (rates.raised, rates.waits.taken, rates.waits.waiting) == (0, 0, 0)
    with begin() as work:
        assert alert_rates(work, "wuhan", 30).waits.waiting == 1
