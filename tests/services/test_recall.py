"""The recall list: what stands on it follows the record, page by page, and one click plans."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event
from sqlmodel import func, select

from app.services.decisions import record_decision
from app.services.errors import Invalid, NoSuchPatient
from app.services.labs import record_lab
from app.services.new_doses import told_by_person
from app.services.paging import NoSuchPage
from app.services.patients import change_patient
from app.services.recall import recall
from app.services.recall_marks import mark_recall
from app.services.recall_plan import NothingDue, NoVisit, PlannedAlready, plan_recall
from app.services.recall_rows import settle_recall
from app.services.regimens import add_regimen
from app.services.samples import record_sample
from app.services.visits import change_visit, plan_visit
from models import (
    Audit,
    Chat,
    ChatState,
    Clinic,
    DecisionKind,
    Message,
    Patient,
    Recall,
    RecallKind,
    RecallMark,
    Sex,
    SpecialDay,
    VisitPurpose,
    VisitStatus,
)
from models.columns import new_id
from tests.conftest import NOW

DAY = timedelta(days=1)
LEVEL, VISIT, LABS = RecallKind.LEVEL, RecallKind.VISIT, RecallKind.LABS


@pytest.fixture
def marked(begin, patient):
    """On 400 mg since 20 September, no level yet: it was due on 18 October."""
    with begin() as work:
        mark_recall(work, patient.clinic_id, patient.id)
    return patient


@pytest.fixture
def chat(begin, patient):
    with begin() as work:
        work.session.add(Chat(id=7001, clinic_id=patient.clinic_id, patient_id=patient.id, language="en",
                              state=ChatState.ACTIVE, consented_at=work.now))  # fmt: skip


def rows(begin, **more):
    with begin() as work:
        return list(recall(work, "wuhan", **more).items)


def told(begin):
    return [(row.kind, row.state) for row in rows(begin)]


def level(begin, patient, at):
    with begin() as work:
        record_sample(work, patient, drawn_at=at, concentration=1200, unit="ug/L",
                      last_dose_at=at - DAY)  # fmt: skip


def labs(begin, patient, at, *analytes):
    with begin() as work:
        for analyte, value, unit in analytes:
            record_lab(work, patient, analyte=analyte, value=value, unit=unit, collected_at=at,
                       lln=1, uln=200)  # fmt: skip


BLOOD, LIVER, KIDNEY = ("platelets", 168, "10^9/L"), ("ALT", 20, "U/L"), ("creatinine", 71, "umol/L")


def test_a_level_that_never_came_is_overdue_with_a_day_to_plan_it(begin, marked):
    [row] = rows(begin)
    assert (row.kind, row.state, row.due_on) == ("level", "overdue", date(2026, 10, 18))
    assert row.suggested_at == datetime(2026, 11, 25, 0, tzinfo=UTC)  # tomorrow at 08:00
    assert (row.patient.code, row.purpose) == ("P-0001", "trough")


def test_the_day_suggested_is_one_on_which_the_clinic_draws(begin, marked, clinic):
    with begin() as work:
        work.session.get_one(Clinic, clinic.id).staffed_from = datetime(2026, 1, 1, 9).time()
        work.session.add(SpecialDay(clinic_id=clinic.id, on=date(2026, 11, 25), counts_as=6, name="holiday"))
    assert rows(begin)[0].suggested_at == datetime(2026, 11, 26, 1, tzinfo=UTC)


def test_a_planned_draw_makes_it_planned_and_a_cancelled_one_due_again(begin, marked):
    with begin() as work:
        visit = plan_visit(work, marked, NOW + 3 * DAY)
    assert told(begin) == [("level", "planned")]
    with begin() as work:
        change_visit(work, "wuhan", visit.id, status=VisitStatus.CANCELLED)
    assert told(begin) == [("level", "overdue")]


def test_a_planned_visit_to_which_nobody_came_is_due_again_by_itself(begin, marked, clock):
    with begin() as work:
        plan_visit(work, marked, NOW + 3 * DAY)
    clock.now = NOW + 4 * DAY
    assert told(begin) == [("level", "overdue")]


def test_the_level_done_asks_for_labs_within_a_week_and_then_for_the_next_visit(begin, marked, clock):
    level(begin, marked, NOW - DAY)
    [row] = rows(begin)
    assert (row.kind, row.state, row.missing) == ("labs", "due", ("marrow", "liver", "kidney"))
    labs(begin, marked, NOW - DAY, BLOOD, LIVER)
    assert rows(begin)[0].missing == ("kidney",)
    labs(begin, marked, NOW - DAY, KIDNEY)
    assert rows(begin) == []
    clock.now = NOW - DAY + 47 * DAY
    assert told(begin) == [("visit", "due")]
    clock.now = NOW - DAY + 93 * DAY
    assert told(begin) == [("visit", "overdue")]


@pytest.mark.parametrize(("dose", "why"), [(None, "uncorrectable"), (NOW - 2 * DAY, "not_at_steady_state")])
def test_a_level_of_no_use_is_asked_for_again_and_its_labs_are_not(begin, marked, dose, why):
    with begin() as work:
        if dose:
            add_regimen(work, marked, daily_dose_mg=300, started_on=date(2026, 11, 5))
        record_sample(work, marked, drawn_at=NOW - DAY, concentration=1200, unit="ug/L", last_dose_at=dose)
    [row] = rows(begin)
    assert (row.kind, row.missing) == ("level", (why,))


def test_labs_that_are_late_are_planned_once(begin, marked, clock):
    level(begin, marked, NOW - 10 * DAY)
    assert told(begin) == [("labs", "overdue")]
    with begin() as work:
        plan_recall(work, "wuhan", marked.id, LABS, "staff:2")
    assert told(begin) == [("labs", "planned")]
    with begin() as work, pytest.raises(PlannedAlready):
        plan_recall(work, "wuhan", marked.id, LABS, "staff:2")


def test_results_missing_for_long_leave_the_list(begin, marked, clock):
    level(begin, marked, NOW - DAY)
    clock.now = NOW + 34 * DAY
    assert told(begin) == [("labs", "overdue")]
    clock.now = NOW + 35 * DAY
    assert told(begin) == []


def test_a_deferred_decision_stands_until_it_is_decided(begin, marked):
    decide = {"decision": DecisionKind.DEFERRED, "dose_mg": None, "reason": "wait", "by": "staff:1"}
    with begin() as work:
        record_decision(work, "wuhan", marked.id, **decide)
    assert ("decision", "due") in told(begin)
    with begin() as work:
        record_decision(work, "wuhan", marked.id, **decide | {"decision": DecisionKind.OVERRIDDEN, "dose_mg": 400})
    assert told(begin) == [("level", "overdue")]


def test_a_decision_that_waits_stands_there_and_then_a_dose_that_is_to_be_told(begin, marked):
    from app.services.countersigning import countersign

    with begin() as work:
        work.session.get_one(Clinic, "wuhan").second_confirmation = True
    with begin() as work:
        row = record_decision(work, "wuhan", marked.id, decision=DecisionKind.OVERRIDDEN, dose_mg=300,
                              reason="eyelids", by="staff:1")  # fmt: skip
    assert [one.about for one in rows(begin, kind=RecallKind.CONFIRMATION)] == [row.id]
    with begin() as work:
        countersign(work, "wuhan", row.id, "staff:2")
    assert told(begin) == [("tell", "due")]  # its level is 28 days away
    with begin() as work:
        told_by_person(work, "wuhan", marked.id, "staff:2")
    assert told(begin) == []


@pytest.mark.parametrize("change", [{"died_on": date(2026, 11, 20)}])
def test_the_dead_are_called_in_for_nothing(begin, marked, change):
    assert len(rows(begin)) == 1
    with begin() as work:
        change_patient(work, work.session.get_one(Patient, ("wuhan", marked.id)), change)
    assert rows(begin) == []


def test_one_click_plans_the_visit_as_suggested_and_tells_the_patient(begin, marked, chat):
    with begin() as work:
        visit = plan_recall(work, "wuhan", marked.id, LEVEL, "staff:2").visit
    assert visit.draw_at == datetime(2026, 11, 25, 0, tzinfo=UTC)
    assert told(begin) == [("level", "planned")]
    with begin() as work:
        message = work.session.exec(select(Message).where(Message.key == "visit.new")).one()
        assert message.data == {"draw_at": visit.draw_at.isoformat()}
        assert "recall.plan" in work.session.exec(select(Audit.action)).all()


def test_a_second_click_plans_no_second_visit(begin, marked):
    with begin() as work:
        plan_recall(work, "wuhan", marked.id, LEVEL, "staff:2")
    with begin() as work, pytest.raises(PlannedAlready):
        plan_recall(work, "wuhan", marked.id, LEVEL, "staff:3")


def test_what_is_not_due_or_needs_no_visit_is_not_planned(begin, marked):
    with begin() as work, pytest.raises(NothingDue):
        plan_recall(work, "wuhan", marked.id, LABS, "staff:2")
    with begin() as work, pytest.raises(Invalid):
        plan_recall(work, "wuhan", marked.id, LEVEL, "staff:2", NOW - DAY)
    with begin() as work:
        record_decision(work, "wuhan", marked.id, decision=DecisionKind.DEFERRED, dose_mg=None, reason=None, by="staff:1")
    with begin() as work, pytest.raises(NoVisit):
        plan_recall(work, "wuhan", marked.id, RecallKind.DECISION, "staff:2")


def test_another_clinics_patient_is_not_planned_for(begin, marked):
    with begin() as work:
        work.session.add(Clinic(id="other", name="Another"))
    with begin() as work, pytest.raises(NoSuchPatient):
        plan_recall(work, "other", marked.id, LEVEL, "staff:2")
    with begin() as work:
        assert recall(work, "other").items == []


def test_labs_are_planned_as_a_visit_without_a_level(begin, marked):
    level(begin, marked, NOW - DAY)
    with begin() as work:
        assert plan_recall(work, "wuhan", marked.id, LABS, "staff:2").visit.purpose == VisitPurpose.FOLLOW_UP


def test_it_is_said_how_many_are_planned_at_the_time_that_is_suggested(begin, marked, crowd):
    found = rows(begin, kind=LEVEL)
    assert {row.planned_then for row in found if row.suggested_at} == {0}
    with begin() as work:
        for row in found[:2]:
            plan_recall(work, "wuhan", row.patient.id, LEVEL, "staff:2", found[0].suggested_at)
    then = {row.suggested_at: row.planned_then for row in rows(begin, kind=LEVEL) if row.suggested_at}
    assert then[found[0].suggested_at] == 2


@pytest.fixture
def crowd(begin, clinic):
    """Seventy patients whose levels are due on 14 days, every third with a draw planned."""
    with begin() as work:
        for n in range(70):
            patient = Patient(clinic_id="wuhan", id=new_id(work.now), code=f"P-{n}", sex=Sex.FEMALE,
                              year_of_birth=1960, registered_at=work.now)  # fmt: skip
            work.session.add(patient)
            work.session.flush()
            add_regimen(work, patient, daily_dose_mg=400, started_on=date(2026, 9, 1) + n % 14 * DAY)
            if n % 3 == 0:
                plan_visit(work, patient, NOW + (1 + n % 5) * DAY)


@pytest.mark.parametrize("at_most", [1, 7, 200])
def test_the_pages_together_are_the_list_the_longest_due_first_then_the_planned(begin, crowd, at_most):
    found, after = [], None
    while True:
        with begin() as work:
            page = recall(work, "wuhan", after, at_most)
        found += page.items
        after = page.next
        if after is None:
            break
    assert len({row.patient.id for row in found}) == len(found) == 70
    planned = [row.planned_at for row in found if row.state == "planned"]
    assert len(planned) == 24 and planned == sorted(planned)
    assert [row.state for row in found[-24:]] == ["planned"] * 24
    assert [row.due_on for row in found[:-24]] == sorted(row.due_on for row in found[:-24])


def test_a_page_that_is_none_is_refused(begin, clinic):
    with begin() as work, pytest.raises(NoSuchPage):
        recall(work, "wuhan", "x")


def test_the_worker_makes_all_that_is_marked_and_the_list_then_reads_by_few_statements(engine, begin, crowd):
    settle_recall(begin, 9)
    with begin() as work:
        assert work.session.exec(select(func.count()).select_from(RecallMark)).one() == 0
        assert work.session.exec(select(func.count()).select_from(Recall)).one() == 70
    heard = []
    listener = lambda *given: heard.append(given[2])  # noqa: E731
    event.listen(engine, "before_cursor_execute", listener)
    assert len(rows(begin, at_most=50)) == 50
    event.remove(engine, "before_cursor_execute", listener)
    assert len(heard) <= 11  # one of them counts what is planned at the times suggested
