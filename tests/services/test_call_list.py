"""Whom the clinic should phone and why, and that a call takes them off the list until a day."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import select

from app.clinical.alerts import Cause
from app.services.alert_life import life_of
from app.services.alerts import raise_alerts
from app.services.call_list import (
    Called,
    NoSuchDay,
    call_list,
    calls_waiting,
    record_call,
    record_call_of_alert,
)
from app.services.calls_due import calls_due
from app.services.calls_kept import settle_calls
from app.services.erasing import erase
from app.services.errors import NoSuchPatient
from app.services.inbox import put_in_inbox
from app.services.linking import VALID_FOR
from app.services.paging import NoSuchPage
from app.work import read_on
from models import (
    AlertWhat,
    Audit,
    CallDue,
    CallOutcome,
    Channel,
    Chat,
    ChatState,
    InboxItem,
    InboxKind,
    Invitation,
    Message,
    MessageState,
    Patient,
    PhoneCall,
    Prompt,
    PromptKind,
    PromptState,
    Sex,
    SymptomReport,
    Visit,
)

DAY = timedelta(days=1)
REACHED = Called(CallOutcome.REACHED)


def person(work, name, chat=ChatState.ACTIVE, **more):
    work.session.add(Patient(clinic_id="wuhan", id=name, code=name, year_of_birth=1960, sex=Sex.MALE,
                             registered_at=work.now - 90 * DAY, **more))  # fmt: skip
    work.session.flush()
    if chat:
        work.session.add(Chat(id=abs(hash(name)) % 10**9, clinic_id="wuhan", patient_id=name, state=chat,
                              seen_at=work.now - 20 * DAY))  # fmt: skip


def missed(work, name, *days, pace="weekly"):
    for ago in days:
        work.session.add(Prompt(
            clinic_id="wuhan", id=f"{name}{ago}", patient_id=name, kind=PromptKind.CHECK, why=pace,
            due_at=work.now - ago * DAY, closes_at=work.now - (ago - 2) * DAY, made_at=work.now - 60 * DAY,
            state=PromptState.MISSED,
        ))  # fmt: skip


def told(work, name, ago):
    work.session.add(SymptomReport(
        clinic_id="wuhan", id=f"{name}r{ago}", patient_id=name, reported_at=work.now - ago * DAY,
        provenance="patient_at_the_moment", recorded_at=work.now,
    ))  # fmt: skip


def invited(work, name, ago, **more):
    work.session.add(Invitation(
        clinic_id="wuhan", id=f"{name}i{ago}", patient_id=name, code_sha256=f"{name}{ago}",
        expires_at=work.now - ago * DAY + VALID_FOR, **more,
    ))  # fmt: skip


def visit(work, name, ahead, state):
    work.session.add(Visit(clinic_id="wuhan", id=f"{name}v", patient_id=name, recorded_at=work.now,
                           draw_at=work.now + ahead * DAY))  # fmt: skip
    work.session.add(Message(
        clinic_id="wuhan", id=f"{name}m", dedupe=f"{name}m", channel=Channel.TELEGRAM, patient_id=name,
        about=f"visit:{name}v", key="visit.evening", state=state, due_at=work.now - DAY, made_at=work.now,
    ))  # fmt: skip


def silent(work):
    person(work, "silent")
    told(work, "silent", 15)
    missed(work, "silent", 8, 15)


def told_lately(work):
    person(work, "told")
    told(work, "told", 13)
    missed(work, "told", 8)


def told_lately_for_a_slow_pace(work):
    person(work, "slow")
    told(work, "slow", 27)
    missed(work, "slow", 10, pace="fortnightly")


def stopped(work):
    person(work, "stopped", ChatState.STOPPED)
    told(work, "stopped", 40)
    missed(work, "stopped", 8, 15)


def never_answered(work):
    person(work, "never")
    missed(work, "never", 8, 15)


def asked_once(work):
    person(work, "once")
    missed(work, "once", 8)


def blocked(work):
    person(work, "blocked", ChatState.BLOCKED, phone="+8613800000000")


def blocked_and_texted(work):
    person(work, "texted", ChatState.BLOCKED, phone="+8613800000000", sms_consent=True)


def unlinked(work):
    person(work, "unlinked", None)
    invited(work, "unlinked", 8)


def invited_again(work):
    person(work, "again", None)
    invited(work, "again", 20)
    invited(work, "again", 2)


def reminder_failed(work):
    person(work, "reminder")
    visit(work, "reminder", 2, MessageState.FAILED)


def reminder_went(work):
    person(work, "went")
    visit(work, "went", 2, MessageState.SENT)


def visit_is_far(work):
    person(work, "far")
    visit(work, "far", 4, MessageState.FAILED)


def died(work):
    person(work, "died", ChatState.BLOCKED, died_on=date(2026, 11, 1))


@pytest.mark.parametrize(("happens", "why"), [
    (silent, "silent"), (told_lately, None), (told_lately_for_a_slow_pace, None), (stopped, None),
    (never_answered, "unanswered"), (asked_once, None), (blocked, "blocked"),
    (blocked_and_texted, None), (unlinked, "unlinked"), (invited_again, None),
    (reminder_failed, "reminder"), (reminder_went, None), (visit_is_far, None), (died, None),
])  # fmt: skip
def test_who_should_be_phoned_and_why(begin, clinic, happens, why):
    with begin() as work:
        happens(work)
        work.session.flush()
        found = {one.why.value for reasons in calls_due(work, "wuhan").values() for one in reasons}
    assert found == ({why} if why else set())


@pytest.fixture
def settled(engine, clock, begin):
    def settled():
        settle_calls(read_on(engine, clock), begin)

    return settled


def listed(begin, after=None, at_most=50):
    with begin() as work:
        page = call_list(work, "wuhan", after, at_most)
        return [row.patient.id for row in page.items], page.next


def test_the_most_pressing_stands_first_page_by_page(begin, clinic, settled):
    with begin() as work:
        for one in (silent, unlinked, blocked, reminder_failed, never_answered):
            one(work)
    settled()
    order = ["reminder", "blocked", "never", "silent", "unlinked"]
    assert listed(begin) == (order, None)
    first, after = listed(begin, at_most=2)
    assert (first, listed(begin, after)[0]) == (order[:2], order[2:])
    with begin() as work, pytest.raises(NoSuchPage):
        call_list(work, "wuhan", "nowhere")


def test_one_of_whom_two_things_are_known_stands_there_once(begin, clinic, settled):
    with begin() as work:
        silent(work)
        visit(work, "silent", 1, MessageState.EXPIRED)
    settled()
    with begin() as work:
        (row,) = call_list(work, "wuhan").items
    assert [one.why for one in row.reasons] == ["reminder", "silent"]


def test_a_call_takes_a_patient_off_the_list_until_its_day(begin, clinic, settled, clock):
    with begin() as work:
        silent(work)
        put_in_inbox(work, "wuhan", InboxKind.SILENT, "2026-11-20", "silent")
    settled()
    clock.now += timedelta(minutes=1)
    with begin() as work:
        record_call(work, "wuhan", "silent", "staff:1", REACHED)
        assert calls_waiting(work, "wuhan") == 0
    settled()
    assert listed(begin) == ([], None)
    clock.now += 7 * DAY
    assert listed(begin)[0] == ["silent"]
    with begin() as work:
        assert [one.action for one in work.session.exec(select(Audit))] == ["patient.called"]
        assert work.session.exec(select(InboxItem)).one().handled_by == "staff:1"
        assert call_list(work, "wuhan").items[0].last_call.outcome == "reached"


def test_something_more_pressing_after_the_call_brings_them_back(begin, clinic, settled, clock):
    with begin() as work:
        silent(work)
    settled()
    with begin() as work:
        record_call(work, "wuhan", "silent", "staff:1", REACHED)
    clock.now += DAY
    with begin() as work:
        visit(work, "silent", 1, MessageState.FAILED)
    settled()
    assert listed(begin)[0] == ["silent"]


def test_who_has_told_something_leaves_the_list(begin, clinic, settled):
    with begin() as work:
        silent(work)
    settled()
    with begin() as work:
        told(work, "silent", 0)
    settled()
    assert listed(begin) == ([], None)


@pytest.mark.parametrize(("outcome", "days"), [("reached", 7), ("not_reached", 1), ("wrong_number", 1)])
def test_without_a_day_each_outcome_has_its_own(begin, patient, outcome, days):
    with begin() as work:
        row = record_call(work, "wuhan", patient.id, "staff:1", Called(CallOutcome(outcome)))
        assert (row.again_at - work.now) // DAY == days - 1  # from midnight on, in the clinic


@pytest.mark.parametrize("ahead", [-1, 0, 91])
def test_a_day_that_is_none_is_refused(begin, patient, ahead):
    with begin() as work, pytest.raises(NoSuchDay):
        on = date(2026, 11, 24) + ahead * DAY
        record_call(work, "wuhan", patient.id, "staff:1", Called(CallOutcome.REACHED, None, on))


def test_a_call_about_an_alert_stands_in_its_story(begin, patient):
    with begin() as work:
        patient = work.session.get_one(Patient, ("wuhan", patient.id))
        alert = raise_alerts(work, patient, [Cause("grade_3", "skin", "3")], report_id=None, grade=3)
        record_call_of_alert(work, "wuhan", alert.id, "staff:1", Called(CallOutcome.REACHED, "better"))
        last = life_of(work, alert)[-1]
        assert (last.what, last.why, last.note) == (AlertWhat.PHONED, "reached", "better")


def test_another_clinics_patient_is_not_there(begin, patient):
    with begin() as work, pytest.raises(NoSuchPatient):
        record_call(work, "other", patient.id, "staff:1", REACHED)


def test_an_erased_patient_is_not_on_the_list_and_no_words_of_a_call_stay(begin, clinic, settled):
    with begin() as work:
        blocked(work)
        record_call(work, "wuhan", "blocked", "staff:1", Called(CallOutcome.REACHED, "her sister"))
    settled()
    with begin() as work:
        erase(work, "wuhan", "blocked", "staff:1")
        work.session.flush()
        assert work.session.exec(select(CallDue)).all() == []
        assert work.session.exec(select(PhoneCall.note)).one() is None


def plan_of(work, statement):
    lead = "EXPLAIN " if work.session.get_bind().dialect.name == "postgresql" else "EXPLAIN QUERY PLAN "
    return "\n".join(str(row) for row in work.session.execute(text(lead + statement)))


def test_the_list_is_read_in_the_order_of_its_index(begin, clinic, engine):
    with begin() as work:
        if engine.dialect.name == "postgresql":
            work.session.execute(text("SET LOCAL enable_seqscan = off"))
            work.session.execute(text("SET LOCAL enable_sort = off"))
        plan = plan_of(work, "SELECT patient_id FROM call_due WHERE clinic_id = 'wuhan' "
                             "ORDER BY rank, since, patient_id LIMIT 51")  # fmt: skip
    assert "call_due_order" in plan and "TEMP B-TREE" not in plan
