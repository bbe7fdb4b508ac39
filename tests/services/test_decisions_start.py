"""A decision becomes a dose: once, after a second person where one is asked for, and it is told."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from app.database import make_engine
from app.services.amending import (
    AmendedAlready,
    AnotherNotInForce,
    NoSuchDecision,
    standing_of,
)
from app.services.countersigning import NotWaiting, SamePerson, countersign
from app.services.decisions import (
    NotADay,
    NothingToWithdraw,
    PatientDied,
    ReasonMissing,
    record_decision,
)
from app.services.dose_starts import DoseStartsThen
from app.services.errors import DomainError
from app.services.new_doses import ToldAlready, told_by_person
from app.services.quiet import held_until
from app.services.regimens import add_regimen, list_regimens
from app.services.visits import list_visits, plan_visit
from app.work import work_on
from models import (
    Audit,
    Chat,
    ChatState,
    Clinic,
    Decision,
    DecisionKind,
    DoseStart,
    InboxItem,
    Language,
    Message,
    MessageState,
    Patient,
    Regimen,
    Sex,
    VisitPurpose,
    VisitStatus,
)
from models.columns import new_id
from tests.conftest import NOW, HandedClock

TODAY, TOMORROW = date(2026, 11, 24), date(2026, 11, 25)  # Shanghai
SIGNER, SECOND = "staff:1", "staff:2"
OVERRIDE, WITHDRAW, DEFER = DecisionKind.OVERRIDDEN, DecisionKind.WITHDRAWN, DecisionKind.DEFERRED


@pytest.fixture
def chat(begin, patient):
    with begin() as work:
        chat = Chat(id=7001, clinic_id=patient.clinic_id, patient_id=patient.id, language="zh-CN",
                    state=ChatState.ACTIVE, consented_at=work.now)  # fmt: skip
        work.session.add(chat)
    return chat


@pytest.fixture
def two_persons(begin, clinic):
    with begin() as work:
        work.session.get_one(Clinic, clinic.id).second_confirmation = True


@pytest.fixture
def decide(begin, patient):
    def decide(dose_mg=300, decision=OVERRIDE, reason="eyelids", by=SIGNER, **more) -> Decision:
        with begin() as work:
            return record_decision(work, patient.clinic_id, patient.id, decision=decision,
                                   dose_mg=dose_mg, reason=reason, by=by, **more)  # fmt: skip

    return decide


@pytest.fixture
def confirm(begin, patient):
    def confirm(row, by=SECOND):
        with begin() as work:
            return countersign(work, patient.clinic_id, row.id, by)

    return confirm


def steps(begin, patient):
    with begin() as work:
        return [(step.started_on, step.daily_dose_mg) for step in list_regimens(work, patient)]


def visits(begin, patient):
    with begin() as work:
        return list_visits(work, patient)


def told(begin, state=None):
    with begin() as work:
        rows = work.session.exec(select(Message).order_by(Message.id)).all()
        return [row for row in rows if row.key.startswith("newdose") and state in (None, row.state)]


def standing(begin, patient):
    with begin() as work:
        return standing_of(work, patient)


def test_an_override_starts_the_day_after_plans_the_one_month_level_and_tells_the_patient(begin, patient, chat, decide):
    row = decide()
    assert steps(begin, patient) == [(date(2026, 9, 20), 400), (TOMORROW, 300)]
    [visit] = visits(begin, patient)
    assert visit.draw_at == datetime(2026, 12, 23, 0, tzinfo=UTC)  # 28 days, a Wednesday, 08:00
    assert visit.purpose == VisitPurpose.TROUGH
    [message] = told(begin)
    assert (message.key, message.data["starts_on"]) == ("newdose.told", "2026-11-25")
    assert message.data["lines"][0]["params"] == {"draw_at": visit.draw_at.isoformat()}
    assert "300" not in str(message.data)
    assert standing(begin, patient) == {row.id: "planned"}


def test_the_same_dose_starts_nothing(begin, patient, chat, decide):
    decide(dose_mg=400)
    decide(dose_mg=None, reason="as it is")
    assert len(steps(begin, patient)) == 1
    assert (visits(begin, patient), told(begin)) == ([], [])


def test_a_deferred_decision_starts_nothing_and_keeps_no_dose(begin, patient, decide):
    assert decide(decision=DEFER).dose_mg is None
    assert len(steps(begin, patient)) == 1


def test_the_first_dose_of_all_can_be_decided(begin, patient, decide):
    with begin() as work:
        work.session.delete(work.session.exec(select(Regimen)).one())
    decide(dose_mg=400)
    assert steps(begin, patient) == [(TOMORROW, 400)]


def test_a_day_that_was_chosen_is_the_first_day_and_the_level_waits_for_a_staffed_day(begin, patient, decide):
    decide(starts_on=date(2026, 11, 28))  # 28 days later is Saturday
    assert steps(begin, patient)[-1] == (date(2026, 11, 28), 300)
    assert visits(begin, patient)[0].draw_at == datetime(2026, 12, 28, 0, tzinfo=UTC)


def test_a_dose_may_start_today(begin, patient, decide):
    row = decide(starts_on=TODAY)
    assert steps(begin, patient)[-1] == (TODAY, 300)
    assert standing(begin, patient)[row.id] == "begun"


@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), TODAY + timedelta(days=91)])
def test_a_first_day_in_the_past_or_far_ahead_is_refused(decide, day):
    with pytest.raises(NotADay):
        decide(starts_on=day)


def test_two_doses_cannot_start_on_one_day(begin, patient, decide):
    with begin() as work:
        add_regimen(work, patient, daily_dose_mg=200, started_on=TOMORROW)
    with pytest.raises(DoseStartsThen):
        decide()
    with begin() as work:
        assert work.session.exec(select(Decision)).all() == []


@pytest.mark.parametrize(("after", "planned"), [(-1, 2), (0, 1), (14, 1), (15, 2)])
def test_a_draw_that_is_planned_near_the_month_will_do(begin, patient, decide, after, planned):
    with begin() as work:
        plan_visit(work, patient, datetime(2026, 12, 23, 0, tzinfo=UTC) + timedelta(days=after))
    decide()
    assert len(visits(begin, patient)) == planned


def test_whoever_has_no_chat_is_told_by_a_person(begin, patient, decide):
    decide()
    with begin() as work:
        [item] = work.session.exec(select(InboxItem)).all()
    assert item.data["says"] == "desk.newdose_untold"
    assert told(begin) == []


def test_at_night_the_patient_is_told_in_the_morning(begin, patient, chat, clock, decide):
    clock.now = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)  # 23:00 in Shanghai
    decide()
    assert told(begin)[0].due_at == datetime(2026, 11, 24, 23, 0, tzinfo=UTC)


def test_to_stop_is_a_dose_of_none_without_a_level_and_planned_draws_ask_for_no_dose(begin, patient, chat, decide):
    with begin() as work:
        visit = plan_visit(work, patient, NOW + timedelta(days=9))
    decide(dose_mg=0)
    assert steps(begin, patient)[-1] == (TOMORROW, 0)
    assert [(one.id, one.purpose) for one in visits(begin, patient)] == [(visit.id, VisitPurpose.FOLLOW_UP)]
    with begin() as work:
        queued = select(Message.key).where(Message.state == MessageState.QUEUED)
        assert "visit.dose" not in work.session.exec(queued).all()


def test_a_stop_that_is_withdrawn_asks_a_person_which_visits_need_a_level(begin, patient, chat, decide):
    with begin() as work:
        plan_visit(work, patient, NOW + timedelta(days=9))
    decide(dose_mg=0)
    decide(None, WITHDRAW, "a mistake")
    with begin() as work:
        assert [one.data["says"] for one in work.session.exec(select(InboxItem))] == ["desk.newdose_visits"]


def test_a_message_that_an_outage_held_up_waits_for_the_morning(begin, chat, clock, decide):
    decide()
    clock.now = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)  # 02:00 in Shanghai
    with begin() as work:
        [row] = work.session.exec(select(Message).where(Message.key == "newdose.told")).all()
        assert held_until(work, row) == datetime(2026, 11, 24, 22, 0, tzinfo=UTC)


def test_nobody_dead_starts_a_dose(begin, patient, decide):
    with begin() as work:
        work.session.get_one(Patient, (patient.clinic_id, patient.id)).died_on = TODAY
    with pytest.raises(PatientDied):
        decide()


def test_nothing_starts_before_a_second_person_confirms(begin, patient, chat, two_persons, decide, confirm):
    row = decide()
    assert standing(begin, patient)[row.id] == "waiting"
    assert (len(steps(begin, patient)), visits(begin, patient), told(begin)) == (1, [], [])
    confirm(row)
    assert steps(begin, patient)[-1] == (TOMORROW, 300)
    assert len(visits(begin, patient)) == len(told(begin)) == 1
    with begin() as work:
        start = work.session.exec(select(DoseStart)).one()
        assert start.confirmed_by == SECOND
        assert "decision.confirm" in work.session.exec(select(Audit.action)).all()


def test_the_signer_cannot_confirm(two_persons, decide, confirm):
    row = decide()
    with pytest.raises(SamePerson):
        confirm(row, SIGNER)


def test_a_decision_is_confirmed_once(begin, patient, two_persons, decide, confirm):
    row = decide()
    confirm(row)
    with pytest.raises(NotWaiting):
        confirm(row, "staff:3")
    assert len(steps(begin, patient)) == 2


def test_confirmed_late_it_starts_the_day_after_the_confirmation(begin, patient, clock, two_persons, decide, confirm):
    row = decide(starts_on=TOMORROW)
    clock.now += timedelta(days=5)
    confirm(row)
    assert steps(begin, patient)[-1] == (date(2026, 11, 30), 300)


def test_a_waiting_decision_is_withdrawn_with_its_reason(begin, patient, chat, two_persons, decide, confirm):
    row = decide()
    with pytest.raises(ReasonMissing):
        decide(None, WITHDRAW, reason=" ")
    taken = decide(None, WITHDRAW, "wrong patient")
    assert taken.amends == row.id
    assert standing(begin, patient) == {row.id: "replaced", taken.id: "kept"}
    with pytest.raises(NotWaiting):
        confirm(row)
    assert (len(steps(begin, patient)), told(begin)) == (1, [])


def test_nothing_is_withdrawn_where_nothing_waits_or_the_dose_has_begun(clock, decide):
    with pytest.raises(NothingToWithdraw):
        decide(None, WITHDRAW)
    row = decide()
    clock.now += timedelta(days=1)
    with pytest.raises(NothingToWithdraw):
        decide(None, WITHDRAW, amends=row.id)


def test_a_new_entry_takes_the_place_of_one_that_has_not_begun(begin, patient, chat, decide):
    first = decide(300)
    second = decide(200)
    assert second.amends == first.id
    assert steps(begin, patient)[1:] == [(TOMORROW, 200)]
    assert [one.status for one in visits(begin, patient)].count(VisitStatus.PLANNED) == 1
    assert [one.data["starts_on"] for one in told(begin, MessageState.QUEUED)] == ["2026-11-25"]
    assert standing(begin, patient) == {first.id: "replaced", second.id: "planned"}


@pytest.mark.parametrize(("state", "keys"), [(MessageState.QUEUED, []), (MessageState.SENT, ["newdose.off"])])
def test_who_was_told_of_a_change_is_told_that_it_does_not_come(begin, patient, chat, decide, state, keys):
    decide()
    with begin() as work:
        for row in work.session.exec(select(Message)):
            row.state = state
    decide(None, WITHDRAW, "a mistake")
    assert len(steps(begin, patient)) == 1
    assert [one.key for one in told(begin, MessageState.QUEUED)] == keys


def test_a_dose_that_has_begun_stays_and_the_amendment_starts_the_next(begin, patient, clock, decide):
    row = decide()
    clock.now += timedelta(days=3)
    decide(200, amends=row.id)
    assert steps(begin, patient)[1:] == [(TOMORROW, 300), (date(2026, 11, 28), 200)]


def test_an_entry_is_amended_once_and_by_name(clock, decide):
    row = decide(400, reason="typed wrongly")
    decide(400, reason="as meant", amends=row.id)
    with pytest.raises(AmendedAlready):
        decide(400, amends=row.id)
    with pytest.raises(NoSuchDecision):
        decide(400, amends="nothing")


def test_another_entry_is_not_amended_past_one_that_waits(two_persons, decide):
    old = decide(400)
    decide(300)
    with pytest.raises(AnotherNotInForce):
        decide(200, amends=old.id)


def test_a_person_tells_a_new_dose_once(begin, patient, decide):
    decide()
    with begin() as work:
        assert told_by_person(work, patient.clinic_id, patient.id, "staff:2").told_by == "staff:2"
    with begin() as work, pytest.raises(ToldAlready):
        told_by_person(work, patient.clinic_id, patient.id, "staff:2")


STEP = st.one_of(
    st.tuples(st.just("decide"), st.sampled_from([0, 200, 300, 400, None]), st.booleans()),
    st.tuples(st.just("defer"), st.none(), st.booleans()),
    st.tuples(st.just("withdraw"), st.none(), st.booleans()),
    st.tuples(st.just("confirm"), st.sampled_from([SIGNER, SECOND]), st.booleans()),
    st.tuples(st.just("wait"), st.integers(0, 3), st.booleans()),
    st.tuples(st.just("switch"), st.none(), st.booleans()),
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(STEP, max_size=9))
def test_whatever_is_decided_no_decision_starts_two_doses_and_none_starts_unconfirmed(migrated_sqlite, tmp_path_factory, told_steps):
    path = tmp_path_factory.mktemp("decided") / "clinic.db"
    path.write_bytes(migrated_sqlite)
    engine, clock = make_engine(f"sqlite:///{path}"), HandedClock()
    begin = work_on(engine, clock)
    patient = registered(begin)
    for what, value, by_other in told_steps:
        with suppress(DomainError):
            play(begin, clock, patient, what, value, SECOND if by_other else SIGNER)
        check(begin, patient)
    engine.dispose()


def registered(begin):
    with begin() as work:
        work.session.add(Clinic(id="wuhan", name="GIST clinic"))
        work.session.flush()
        patient = Patient(clinic_id="wuhan", id=new_id(work.now), code="P-1", year_of_birth=1966,
                          sex=Sex.FEMALE, language=Language.CHINESE, registered_at=work.now)  # fmt: skip
        work.session.add(patient)
        work.session.flush()
        add_regimen(work, patient, daily_dose_mg=400, started_on=date(2026, 9, 20))
        work.session.add(Chat(id=1, clinic_id="wuhan", patient_id=patient.id, language="en",
                              state=ChatState.ACTIVE, consented_at=work.now))  # fmt: skip
    return patient


def play(begin, clock, patient, what, value, by):
    if what == "wait":
        clock.now += timedelta(days=value)
        return
    with begin() as work:
        if what == "switch":
            clinic = work.session.get_one(Clinic, "wuhan")
            clinic.second_confirmation = not clinic.second_confirmation
        elif what == "confirm":
            last = work.session.exec(select(Decision).order_by(Decision.id.desc())).first()
            if last:
                countersign(work, "wuhan", last.id, value)
        else:
            kind = {"decide": OVERRIDE, "defer": DEFER, "withdraw": WITHDRAW}[what]
            record_decision(work, "wuhan", patient.id, decision=kind, dose_mg=value, reason="so", by=by)


def check(begin, patient):
    with begin() as work:
        starts = {one.decision_id: one for one in work.session.exec(select(DoseStart))}
        rows = {one.id: one for one in work.session.exec(select(Decision))}
        regimens = {one.id for one in work.session.exec(select(Regimen))}
        standing = standing_of(work, patient)
        messages = work.session.exec(select(Message).where(Message.key == "newdose.told")).all()
    assert len({one.regimen_id for one in starts.values()}) == len(starts)
    for one in starts.values():
        assert (one.regimen_id in regimens) == (one.taken_back_at is None)
        if rows[one.decision_id].needs_second:
            assert one.confirmed_by and one.confirmed_by != rows[one.decision_id].decided_by
    assert len(regimens) == 1 + sum(one.taken_back_at is None for one in starts.values())
    assert {one.about.removeprefix("dose:") for one in messages} <= set(starts)
    assert sum(one in ("waiting", "planned") for one in standing.values()) <= 1
