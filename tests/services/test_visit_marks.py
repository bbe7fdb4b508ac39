"""What of a visit is there and what is missing: at the visit, and the same wherever it is read."""

from datetime import timedelta

import pytest

from app.services.labs import record_lab
from app.services.queue import queue
from app.services.recall import recall
from app.services.samples import record_sample
from app.services.summary import pre_visit_summary
from app.services.visits import plan_visit
from models import Questionnaire, SymptomReport
from models.columns import new_id
from tests.conftest import NOW

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
FAMILIES = {"marrow": ("platelets", 168, "10^9/L"), "liver": ("ALT", 20, "U/L"), "kidney": ("creatinine", 71, "umol/L")}


@pytest.fixture
def visit(begin, patient):
    def visit(after):
        with begin() as work:
            return plan_visit(work, patient, NOW + after)

    return visit


@pytest.fixture
def labs(begin, patient):
    def labs(at, *families):
        with begin() as work:
            for analyte, value, unit in map(FAMILIES.get, families):
                record_lab(work, patient, analyte=analyte, value=value, unit=unit, collected_at=at, lln=1, uln=200)

    return labs


@pytest.fixture
def row(begin, patient):
    """The visit on the queue, which says what the summary says."""

    def row():
        with begin() as work:
            [found] = queue(work, "wuhan").items
            seen = pre_visit_summary(work, "wuhan", patient.id, estimated=False)
        assert (found.missing, found.missing_labs) == (seen.missing, seen.missing_labs)
        assert found.complete == (not found.missing)
        return found

    return row


@pytest.fixture
def reported(begin, patient):
    def reported(days_ago):
        with begin() as work:
            at = work.now - days_ago * DAY
            work.session.add(SymptomReport(clinic_id="wuhan", id=new_id(work.now), patient_id=patient.id,
                                           reported_at=at, recorded_at=at, provenance="staff"))  # fmt: skip

    return reported


def test_one_value_does_not_make_the_laboratory_complete_and_what_is_missing_is_named(begin, patient, visit, labs, row, clock):
    visit(HOUR)
    labs(NOW - DAY, "marrow")
    clock.now = NOW + 3 * HOUR
    seen = row()
    assert (seen.marks["labs"], "labs" in seen.missing) == ("missing", True)
    assert seen.missing_labs == ("liver", "kidney")
    with begin() as work:
        record_sample(work, patient, drawn_at=NOW + HOUR, concentration=1200, unit="ug/L", last_dose_at=NOW - 23 * HOUR)
    with begin() as work:
        [due] = recall(work, "wuhan").items
    assert (due.kind, due.missing) == ("labs", seen.missing_labs)
    labs(NOW + HOUR, "liver", "kidney")
    assert (row().marks["labs"], row().missing_labs) == ("done", ())


@pytest.mark.parametrize(("after", "at"), [(6 * DAY, -DAY * 2), (6 * DAY, -DAY), (HOUR, -8 * DAY)])
def test_labs_are_not_due_before_the_draw_at_which_they_may_be_taken(visit, labs, row, after, at):
    visit(after)
    labs(NOW + at, *FAMILIES)
    seen = row()
    mark = "done" if after - at <= 7 * DAY else "later"
    assert (seen.marks["labs"], "labs" in seen.missing) == (mark, False)


@pytest.mark.parametrize(("after", "days_ago", "mark"), [(13, 10, "later"), (3, 10, "done"), (4, 10, "done"), (5, 10, "later"), (3, 15, "missing")])
def test_a_report_is_judged_at_the_visit_for_which_it_is_to_count(visit, reported, row, after, days_ago, mark):
    visit(after * DAY)
    reported(days_ago)
    seen = row()
    assert (seen.marks["report"], "symptom_report" in seen.missing) == (mark, mark == "missing")


def test_a_questionnaire_that_will_be_too_old_at_the_visit_is_to_come_again(begin, patient, visit, row):
    visit(5 * DAY)
    with begin() as work:
        at = work.now - 90 * DAY
        work.session.add(Questionnaire(clinic_id="wuhan", id=new_id(work.now), patient_id=patient.id,
                                       answered_at=at, recorded_at=at, items=[]))  # fmt: skip
    assert row().marks["sf36"] == "later"


@pytest.mark.parametrize(("after", "state"), [(9 * DAY, "dose_to_come"), (27 * HOUR, "dose_to_come"), (25 * HOUR, "unknown")])
def test_a_dose_that_is_still_to_come_is_not_called_unknown(visit, row, after, state):
    visit(after)
    assert row().standing.state == state
