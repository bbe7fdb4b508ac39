"""What is told by phone or online: last seen, stopped, recurrence, death."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from app.services.daily import set_daily
from app.services.decisions import record_decision
from app.services.doses import record_dose
from app.services.errors import Invalid, PatientErased
from app.services.follow_up import (
    AliveAfter,
    AnotherStarts,
    BeforeSurgery,
    InFuture,
    NotTreated,
    SeenAfterDeath,
    StillTreated,
    list_follow_ups,
    record_follow_up,
)
from app.services.recall import recall
from app.services.regimens import list_regimens
from app.services.summary import pre_visit_summary
from app.services.visits import plan_visit
from models import (
    Audit,
    Chat,
    ChatState,
    DecisionKind,
    FollowUpHow,
    Message,
    MessageState,
    Patient,
    Provenance,
    Sample,
    VisitPurpose,
)
from tests.conftest import NOW

TODAY = date(2026, 11, 24)


@pytest.fixture
def tell(begin, patient):
    def tell(**told):
        with begin() as work:
            return record_follow_up(work, "wuhan", patient.id, by="staff:2", **told)

    return tell


@pytest.fixture
def daily(begin, patient):
    """A chat with a daily reminder at eight."""
    with begin() as work:
        mine = work.session.merge(patient)
        work.session.add(Chat(id=7001, clinic_id="wuhan", patient_id=mine.id, language="en",
                              state=ChatState.ACTIVE, consented_at=work.now))  # fmt: skip
        work.session.flush()
        set_daily(work, mine, datetime(2026, 1, 1, 8).time())


def queued(begin):
    with begin() as work:
        query = select(Message.key).where(Message.state == MessageState.QUEUED)
        return sorted(work.session.exec(query).all())


def kept(begin, patient):
    with begin() as work:
        return work.session.get_one(Patient, ("wuhan", patient.id))


def test_last_seen_is_the_latest_day_told(begin, patient, tell):
    tell(how=FollowUpHow.ONLINE, on_treatment=True)
    tell(seen_on=TODAY - timedelta(days=30))
    assert kept(begin, patient).last_follow_up_on == TODAY
    with begin() as work:
        rows = list_follow_ups(work, patient)
        assert [(row.how, row.on_treatment) for row in rows] == [("phone", None), ("online", True)]
        assert work.session.exec(select(Audit.action)).all().count("follow_up.record") == 2


def test_a_recurrence_and_a_death_stand_on_the_patient_for_the_survival_curves(begin, patient, tell):
    tell(recurrence_on=date(2026, 10, 1), seen_on=date(2026, 10, 5))
    tell(died_on=date(2026, 11, 20))
    row = kept(begin, patient)
    assert (row.recurrence_on, row.died_on) == (date(2026, 10, 1), date(2026, 11, 20))
    assert row.last_follow_up_on == date(2026, 11, 20)


def test_a_death_before_a_day_on_which_the_patient_was_seen_alive_is_asked_about(begin, patient, tell):
    tell(seen_on=date(2026, 11, 22))
    with pytest.raises(AliveAfter) as asked:
        tell(died_on=date(2026, 11, 20))
    assert (asked.value.field, asked.value.told) == ("died_on", {"seen_on": "2026-11-22"})
    tell(died_on=date(2026, 11, 20), confirmed=True)
    row = kept(begin, patient)
    assert (row.died_on, row.last_follow_up_on) == (date(2026, 11, 20), date(2026, 11, 20))
    tell(recurrence_on=date(2026, 11, 1))
    assert kept(begin, patient).last_follow_up_on == date(2026, 11, 20)


def test_a_draw_after_the_day_of_death_shows_that_one_of_the_two_is_wrong(begin, patient, tell):
    with begin() as work:
        drawn_at = datetime(2026, 11, 21, 22, tzinfo=UTC)  # the 22nd in Wuhan
        work.session.add(Sample(
            clinic_id="wuhan", id="s1", patient_id=patient.id, drawn_at=drawn_at, concentration=900,
            unit="ug/L", raw_ug_per_l=900, ke_per_h=0.041, recorded_at=work.now,
        ))  # fmt: skip
    with pytest.raises(AliveAfter) as asked:
        tell(died_on=date(2026, 11, 21))
    assert asked.value.told == {"seen_on": "2026-11-22"}
    tell(died_on=date(2026, 11, 22))


def test_a_treatment_that_ended_on_an_unknown_day_has_ended_when_it_was_told(begin, patient, daily, tell):
    tell(seen_on=TODAY - timedelta(days=2), on_treatment=False)
    with begin() as work:
        steps = [(step.daily_dose_mg, step.started_on) for step in list_regimens(work, patient)]
    assert steps[-1] == (0, TODAY - timedelta(days=2)) and queued(begin) == []
    tell(on_treatment=False)
    with begin() as work:
        assert len(list_regimens(work, patient)) == len(steps)


@pytest.mark.parametrize("days", [(5, 20), (20, 5)])
def test_recurrence_free_survival_ends_at_the_first_recurrence_in_whatever_order_they_are_told(begin, patient, tell, days):
    for day in days:
        tell(recurrence_on=date(2026, 11, day))
    assert kept(begin, patient).recurrence_on == date(2026, 11, 5)
    tell(on_treatment=True)
    assert kept(begin, patient).recurrence_on == date(2026, 11, 5)


def test_a_death_ends_every_reminder_and_all_that_is_due(begin, patient, daily, tell):
    with begin() as work:
        plan_visit(work, patient, NOW + timedelta(days=5))
    assert queued(begin)
    tell(died_on=TODAY)
    assert queued(begin) == []
    with begin() as work:
        assert recall(work, "wuhan").items == []


def test_a_treatment_that_stopped_ends_the_daily_reminder_and_no_draw_asks_for_a_dose(begin, patient, daily, tell):
    with begin() as work:
        visit = plan_visit(work, patient, NOW + timedelta(days=5))
    assert {"dose.daily", "visit.dose"} <= set(queued(begin))
    tell(stopped_on=TODAY - timedelta(days=2), note="side effects")
    assert queued(begin) == ["visit.eve_plain"]
    with begin() as work:
        assert [step.daily_dose_mg for step in list_regimens(work, patient)] == [400, 0]
        assert work.session.get_one(type(visit), ("wuhan", visit.id)).purpose == VisitPurpose.FOLLOW_UP
        seen = pre_visit_summary(work, "wuhan", patient.id)
    assert (seen.current.daily_dose_mg, seen.dose_rule, seen.watch, seen.estimate) == (0, None, None, None)
    assert "trough_at_dose" not in seen.missing


def test_while_it_is_stopped_no_dose_is_assumed(begin, patient, tell):
    tell(stopped_on=TODAY)
    with begin() as work, pytest.raises(Invalid):
        record_dose(work, patient, taken_at=NOW, provenance=Provenance.STAFF)


def test_begun_again_the_daily_reminder_comes_again(begin, patient, daily, tell):
    tell(stopped_on=TODAY - timedelta(days=9))
    with begin() as work:
        record_decision(work, "wuhan", patient.id, decision=DecisionKind.OVERRIDDEN, dose_mg=300,
                        reason="better", by="staff:1")  # fmt: skip
    with begin() as work:
        due = work.session.exec(select(Message.due_at).where(
            Message.key == "dose.daily", Message.state == MessageState.QUEUED)).all()  # fmt: skip
    assert sorted(due) == [datetime(2026, 11, day, 0, tzinfo=UTC) for day in (25, 26)]


@pytest.mark.parametrize(("told", "error"), [
    ({"seen_on": TODAY + timedelta(days=1)}, InFuture),
    ({"died_on": TODAY + timedelta(days=1)}, InFuture),
    ({"recurrence_on": date(2026, 1, 1)}, BeforeSurgery),
    ({"died_on": date(2026, 11, 1), "seen_on": TODAY}, SeenAfterDeath),
    ({"stopped_on": TODAY, "on_treatment": True}, StillTreated),
    ({"stopped_on": date(2026, 9, 1)}, NotTreated),
    ({"stopped_on": date(2026, 9, 20)}, NotTreated),
])  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_kept(begin, patient, tell, told, error):
    with begin() as work:
        work.session.get_one(Patient, ("wuhan", patient.id)).surgery_date = date(2026, 8, 1)
    with pytest.raises(error):
        tell(**told)
    with begin() as work:
        assert list_follow_ups(work, patient) == []


def test_a_treatment_is_not_stopped_past_a_dose_that_is_to_start(begin, patient, tell):
    with begin() as work:
        record_decision(work, "wuhan", patient.id, decision=DecisionKind.OVERRIDDEN, dose_mg=300,
                        reason="eyelids", by="staff:1")  # fmt: skip
    with pytest.raises(AnotherStarts):
        tell(stopped_on=TODAY)


def test_nothing_is_added_to_who_was_erased(begin, patient, tell):
    with begin() as work:
        work.session.get_one(Patient, ("wuhan", patient.id)).erased_at = work.now
    with pytest.raises(PatientErased):
        tell()
