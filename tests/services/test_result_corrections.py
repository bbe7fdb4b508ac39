"""A kept level or laboratory value is corrected, or taken back: what it was stays and counts nowhere."""

import json
import re
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from app.services.alerts import close
from app.services.cohort.report import cohort_report
from app.services.cohort.wanted import Wanted
from app.services.confirming import confirm_lab
from app.services.decisions import plain_json, record_decision
from app.services.doses import record_dose
from app.services.erasing import erase
from app.services.errors import Invalid, PatientErased
from app.services.fhir.bundle import bundle_of
from app.services.former import former_results
from app.services.lab_list import import_list
from app.services.labs import list_labs, record_lab
from app.services.my_data import my_data_json
from app.services.queue import queue
from app.services.recall import recall
from app.services.result_corrections import (
    NoSuchResult,
    NothingChanged,
    WhyMissing,
    correct_lab,
    correct_sample,
    withdraw_lab,
    withdraw_sample,
)
from app.services.samples import ToConfirm, list_samples, record_sample
from app.services.summary import pre_visit_summary
from app.services.visits import plan_visit
from app.texts import Reader
from models import (
    Alert,
    AlertEvent,
    Audit,
    Clinic,
    DecisionKind,
    Disposition,
    FormerResult,
    Lab,
    OnForget,
    Patient,
    Provenance,
    Sample,
)
from tests.conftest import NOW

BY = "staff:2"
DRAWN = NOW - timedelta(days=1)
MAY_READ_FORMER = {  # the history itself, what removes it, and what gives it to the patient
    "app/services/former.py", "app/services/erasing.py", "app/services/my_data.py", "models/former.py",
    "models/__init__.py", "app/services/result_corrections.py",
}  # fmt: skip


def here(work, patient):
    return work.session.get_one(Patient, (patient.clinic_id, patient.id))


def level(begin, patient, concentration=1900.0, drawn_at=DRAWN, **more):
    with begin() as work:
        return record_sample(
            work, here(work, patient), drawn_at=drawn_at, concentration=concentration, unit="ng/mL",
            last_dose_at=drawn_at - timedelta(hours=24), **more,
        ).id  # fmt: skip


def lab(begin, patient, value=240.0, **more):
    with begin() as work:
        return record_lab(
            work, here(work, patient), analyte="platelets", value=value, unit="10^9/L", lln=125,
            uln=350, collected_at=DRAWN, **more,
        ).id  # fmt: skip


def readings(work, patient):
    """What every reader of levels and values makes of the record, without ids and their status."""
    person = here(work, patient)
    told = plain_json([
        asdict(pre_visit_summary(work, patient.clinic_id, patient.id)),
        [asdict(row) for row in queue(work, patient.clinic_id).items],
        [asdict(row) for row in recall(work, patient.clinic_id).items],
        asdict(cohort_report(work, patient.clinic_id, Wanted())),
        bundle_of(work, person, "http://x"),
        [row.model_dump(mode="json", exclude={"recorded_at", "corrected_at"}, warnings=False)
         for row in (*list_samples(work, person), *list_labs(work, person))],
    ])  # fmt: skip
    words = json.dumps(told, sort_keys=True, default=str).replace('"corrected"', '"final"')
    return re.sub(r"[0-9a-f]{22}", "ID", words)


class Undone(Exception):
    pass


def as_if(begin, patient, clock, *acts):
    """The readings after some acts, of which nothing is kept."""
    found = []
    with pytest.raises(Undone), begin() as work:
        for act in acts:
            act(work, here(work, patient))
        found.append(readings(work, patient))
        raise Undone
    return found[0]


def sample_of(value, drawn_at=DRAWN):
    return lambda work, person: record_sample(
        work, person, drawn_at=drawn_at, concentration=value, unit="ng/mL",
        last_dose_at=drawn_at - timedelta(hours=24),
    )  # fmt: skip


def value_of(value):
    return lambda work, person: record_lab(
        work, person, analyte="platelets", value=value, unit="10^9/L", lln=125, uln=350, collected_at=DRAWN,
    )  # fmt: skip


@pytest.fixture
def visited(begin, patient):
    with begin() as work:
        plan_visit(work, here(work, patient), NOW + timedelta(days=2))


def test_a_corrected_record_reads_as_if_the_right_values_had_been_sent_at_once(begin, patient, visited, clock):
    right = as_if(begin, patient, clock, sample_of(1234), value_of(200))
    wrong = as_if(begin, patient, clock, sample_of(1600, DRAWN - timedelta(hours=2)), value_of(240))
    assert right != wrong

    def corrected(work, person):
        [sample], [value] = list_samples(work, person), list_labs(work, person)
        correct_sample(work, person.clinic_id, sample.id, reason="x", by=BY, concentration=1234,
                       drawn_at=DRAWN, last_dose_at=DRAWN - timedelta(hours=24))  # fmt: skip
        correct_lab(work, person.clinic_id, value.id, reason="x", by=BY, value=200)

    acts = (sample_of(1600, DRAWN - timedelta(hours=2)), value_of(240), corrected)
    assert as_if(begin, patient, clock, *acts) == right


def test_what_was_taken_back_is_read_nowhere_but_as_an_error(begin, patient, visited, clock):
    without = as_if(begin, patient, clock)

    def taken_back(work, person):
        [sample], [value] = list_samples(work, person), list_labs(work, person)
        withdraw_sample(work, person.clinic_id, sample.id, reason="x", by=BY)
        withdraw_lab(work, person.clinic_id, value.id, reason="x", by=BY)

    after = as_if(begin, patient, clock, sample_of(1600), value_of(100), taken_back)
    told = json.loads(after)
    errors = [one for one in told[4]["entry"] if one["resource"].get("status") == "entered-in-error"]
    assert len(errors) == 2
    told[4]["entry"] = [one for one in told[4]["entry"] if one not in errors]
    assert told == json.loads(without)


def test_what_it_was_stays_with_who_why_and_when(begin, patient, clock):
    sample_id = level(begin, patient, identifier="urn:lis|R-1")
    clock.now = NOW + timedelta(hours=3)
    with begin() as work:
        correct_sample(work, patient.clinic_id, sample_id, reason=" misread ", by=BY, concentration=1090.0)
    with begin() as work:
        correct_sample(work, patient.clinic_id, sample_id, reason="unit", by=BY, unit="mg/L", concentration=1.1)
        [row] = list_samples(work, here(work, patient))
        latest, first = former_results(work, patient)
    assert (row.id, row.identifier, row.raw_ug_per_l, row.corrected_at) == (sample_id, "urn:lis|R-1", 1100, clock.now)
    assert (first.row.concentration, first.row.drawn_at, first.ended, first.reason, first.by, first.at) == (
        1900, DRAWN, "corrected", "misread", BY, clock.now,
    )  # fmt: skip
    assert latest.row.concentration == 1090
    with begin() as work:
        told = work.session.exec(select(Audit).where(Audit.about == sample_id)).all()
    assert {(one.action, one.actor, one.patient_id) for one in told} == {("sample.correct", BY, patient.id)}


def test_a_dose_told_by_the_patient_is_looked_for_again(begin, patient):
    with begin() as work:
        record_dose(work, here(work, patient), taken_at=DRAWN - timedelta(hours=25), provenance=Provenance.PATIENT_LATER)
        sample_id = record_sample(work, here(work, patient), drawn_at=DRAWN, concentration=900, unit="ng/mL").id
    with begin() as work:
        later = DRAWN + timedelta(minutes=30)
        row = correct_sample(work, patient.clinic_id, sample_id, reason="clock", by=BY, drawn_at=later)
        assert (row.hours_after_dose, row.dose_provenance) == (25.5, "patient_later")


def test_a_dose_that_came_with_the_level_is_not_lost(begin, patient):
    sample_id = level(begin, patient)
    with begin() as work:  # as the record of before has some: told by the patient, of no dose row
        work.session.get_one(Sample, (patient.clinic_id, sample_id)).dose_provenance = Provenance.PATIENT_LATER
    with begin() as work:
        row = correct_sample(work, patient.clinic_id, sample_id, reason="x", by=BY, concentration=1000)
        assert (row.hours_after_dose, row.dose_provenance) == (24, "patient_later")
        record_dose(work, here(work, patient), taken_at=DRAWN - timedelta(hours=23), provenance=Provenance.PROXY)
        row = correct_sample(work, patient.clinic_id, sample_id, reason="x", by=BY, concentration=900)
        assert (row.hours_after_dose, row.dose_provenance) == (23, "proxy")


def test_what_cannot_be_changes_nothing(begin, patient):
    sample_id, lab_id = level(begin, patient), lab(begin, patient)
    for error, act in (
        (WhyMissing, lambda work: correct_sample(work, "wuhan", sample_id, reason=" ", by=BY, concentration=5)),
        (WhyMissing, lambda work: withdraw_lab(work, "wuhan", lab_id, reason="", by=BY)),
        (NothingChanged, lambda work: correct_sample(work, "wuhan", sample_id, reason="x", by=BY, concentration=1900)),
        (NothingChanged, lambda work: correct_lab(work, "wuhan", lab_id, reason="x", by=BY)),
        (ToConfirm, lambda work: correct_sample(work, "wuhan", sample_id, reason="x", by=BY, concentration=5)),
        (Invalid, lambda work: correct_lab(work, "wuhan", lab_id, reason="x", by=BY, collected_at=NOW + timedelta(1))),
        (NoSuchResult, lambda work: correct_lab(work, "wuhan", sample_id, reason="x", by=BY, value=1)),
        (NoSuchResult, lambda work: correct_sample(work, "other", sample_id, reason="x", by=BY, concentration=50)),
    ):
        with pytest.raises(error), begin() as work:
            act(work)
    with begin() as work:
        assert former_results(work, patient) == []
        assert [one.corrected_at for one in list_samples(work, patient)] == [None]


def test_a_confirmed_grade_was_of_the_old_value(begin, patient):
    lab_id = lab(begin, patient, 60)
    with begin() as work:
        confirm_lab(work, patient.clinic_id, lab_id, 2, BY)
        row = correct_lab(work, patient.clinic_id, lab_id, reason="x", by=BY, value=100)
        assert (row.grade, row.confirmed_grade, row.confirmed_by) == (1, None, None)
        assert former_results(work, patient)[0].row.confirmed_grade == 2


@pytest.mark.parametrize("is_closed", [False, True])
def test_an_alert_that_a_wrong_value_raised_stays_for_a_person_and_says_so(begin, patient, clock, is_closed):
    lab_id = lab(begin, patient, 20)
    clock.now += timedelta(hours=1)
    with begin() as work:
        [alert] = work.session.exec(select(Alert)).all()
        if is_closed:
            close(work, patient.clinic_id, alert.id, BY, Disposition.CALL, None)
        correct_lab(work, patient.clinic_id, lab_id, reason="was 200", by=BY, value=200)
    with begin() as work:
        [alert] = work.session.exec(select(Alert)).all()
        event = work.session.exec(select(AlertEvent).where(AlertEvent.what == "corrected")).one()
        assert alert.state == ("closed" if is_closed else "open")
        assert ("value_corrected" in alert.causes) != is_closed
        assert (event.alert_id, event.by, event.why) == (alert.id, BY, "was 200")


def test_a_value_that_becomes_grade_3_by_its_correction_calls_people(begin, patient, clock):
    lab_id = lab(begin, patient, 200)
    clock.now += timedelta(hours=1)
    with begin() as work:
        correct_lab(work, patient.clinic_id, lab_id, reason="was 20", by=BY, value=20)
        [alert] = work.session.exec(select(Alert)).all()
        assert (alert.family, alert.grade, alert.causes) == ("marrow", 4, ["grade_3"])


def test_an_alert_of_another_value_says_nothing(begin, patient, clock):
    lab(begin, patient, 20)
    clock.now += timedelta(hours=1)
    other = lab(begin, patient, 240)
    with begin() as work:
        withdraw_lab(work, patient.clinic_id, other, reason="x", by=BY)
        assert work.session.exec(select(AlertEvent).where(AlertEvent.what == "corrected")).all() == []


def test_a_decision_on_a_level_that_was_another_since_is_marked(begin, patient, clock):
    sample_id = level(begin, patient, drawn_at=NOW - timedelta(days=3))
    with begin() as work:
        record_decision(work, patient.clinic_id, patient.id, decision=DecisionKind.OVERRIDDEN, dose_mg=300, reason="x", by=BY)
        assert pre_visit_summary(work, patient.clinic_id, patient.id).decisions[0].corrected_since == ()
    clock.now += timedelta(hours=1)
    with begin() as work:
        correct_sample(work, patient.clinic_id, sample_id, reason="x", by=BY, concentration=1000)
        record_decision(work, patient.clinic_id, patient.id, decision=DecisionKind.DEFERRED, dose_mg=None, reason="y", by=BY)
        later, first = pre_visit_summary(work, patient.clinic_id, patient.id).decisions
    assert (first.corrected_since, later.corrected_since) == (("level",), ())


HEAD = ["patient", "drawn_at", "analyte", "result", "unit"]


def test_a_list_that_still_has_the_old_value_keeps_it_not_again(begin, patient):
    rows = [HEAD, ["P-0001", "2026-11-23 10:00", "PLT", "240", "10^9/L"], ["P-0001", "2026-11-23 11:00", "PLT", "230", "10^9/L"]]
    with begin() as work:
        assert import_list(work, "wuhan", rows, BY).accepted == 2
        first, second = list_labs(work, here(work, patient))
        correct_lab(work, "wuhan", first.id, reason="x", by=BY, value=200)
        withdraw_lab(work, "wuhan", second.id, reason="x", by=BY)
    with begin() as work:
        again = import_list(work, "wuhan", rows, BY)
        assert (again.accepted, len(again.duplicates), again.faults) == (0, 2, ())
        assert [one.value for one in list_labs(work, patient)] == [200]
    with begin() as work:  # a person who enters it by hand means it
        by_hand = import_list(work, "wuhan", [HEAD, rows[1]], BY, by_hand=True)
        assert by_hand.accepted == 1


def test_of_an_erased_patient_nothing_can_be_corrected_and_nothing_of_it_is_left(begin, patient):
    sample_id, lab_id = level(begin, patient), lab(begin, patient)
    with begin() as work:
        correct_lab(work, patient.clinic_id, lab_id, reason="told by Mrs Li", by=BY, value=200)
        erase(work, patient.clinic_id, patient.id, BY)
    with begin() as work:
        assert [one.reason for one in former_results(work, patient)] == [""]
    with pytest.raises(PatientErased), begin() as work:
        correct_sample(work, patient.clinic_id, sample_id, reason="x", by=BY, concentration=1000)


def test_the_patients_own_data_hold_what_it_was_and_name_nobody_of_the_staff(begin, patient):
    lab_id = lab(begin, patient, 60)
    with begin() as work:
        confirm_lab(work, patient.clinic_id, lab_id, 2, BY)
        correct_lab(work, patient.clinic_id, lab_id, reason="misread", by=BY, value=200)
    with begin() as work:
        words = my_data_json(work, here(work, patient), Reader("en", "UTC")).content.decode()
    [former] = json.loads(words)["former_results"]
    assert (former["told"]["value"], former["ended"], former["reason"]) == (60, "corrected", "misread")
    assert BY not in words and '"clinic_id"' not in words


def test_a_record_that_is_removed_takes_its_history_along(begin, patient):
    lab_id = lab(begin, patient)
    with begin() as work:
        work.session.get_one(Clinic, patient.clinic_id).on_forget = OnForget.REMOVE_RECORD
        correct_lab(work, patient.clinic_id, lab_id, reason="x", by=BY, value=200)
        erase(work, patient.clinic_id, patient.id, BY)
        for table in (FormerResult, Lab, Sample):
            assert work.session.exec(select(table)).all() == []


def test_no_reader_has_to_know_of_what_counts_no_longer():
    """The tables of results hold only what counts; nobody else reads what they were."""
    sources = [path for name in ("app", "bot", "models") for path in Path(name).rglob("*.py")]
    reads = {str(path) for path in sources if "FormerResult" in path.read_text("utf-8")}
    assert reads == MAY_READ_FORMER
