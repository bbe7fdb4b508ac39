"""A nurse or doctor confirms a suggested grade; both are kept, and the summary shows the confirmed one."""

from datetime import timedelta

import pytest
from sqlmodel import select

from app.services.confirming import (
    GradeNotInTerm,
    NoSuchGrade,
    NoSuchLab,
    NotGraded,
    SayWhy,
    confirm_lab,
    confirm_symptom,
)
from app.services.labs import list_labs, record_lab
from app.services.reports import grades_of, list_reports, report_symptoms
from app.services.summary import pre_visit_summary
from models import Alert, AlertState, Audit, Clinic, CtcaeVersion, GradeStatus, Patient, Provenance

ANSWERS = {
    "periorbital_edema.swelling": "soft", "periorbital_edema.vision": "affected",
    "nausea.eating": "as_usual", "nausea.consequences": "no",
}  # fmt: skip
DOCTOR = "staff:2"


@pytest.fixture
def report_id(begin, patient) -> str:
    with begin() as work:
        told = report_symptoms(
            work, work.session.get_one(Patient, (patient.clinic_id, patient.id)),
            answers=ANSWERS, intolerable=False, provenance=Provenance.PATIENT_AT_THE_MOMENT,
        )  # fmt: skip
        return told.report.id


def measured(begin, patient, analyte="neutrophils", value=0.9, unit="10^9/L", **limits) -> str:
    with begin() as work:
        lab = record_lab(
            work, work.session.get_one(Patient, (patient.clinic_id, patient.id)), analyte=analyte,
            value=value, unit=unit, collected_at=work.now - timedelta(hours=1), **limits,
        )  # fmt: skip
        return lab.id


def confirm(begin, patient, report_id, grade, term="periorbital_edema", clinic=None, reason="seen"):
    with begin() as work:
        of = clinic or patient.clinic_id
        return confirm_symptom(work, of, report_id, term, grade, DOCTOR, reason)


def confirm_value(begin, patient, lab_id, grade, clinic=None, by=DOCTOR, reason="seen"):
    with begin() as work:
        return confirm_lab(work, clinic or patient.clinic_id, lab_id, grade, by, reason)


def family(begin, patient, name):
    with begin() as work:
        seen = pre_visit_summary(work, patient.clinic_id, patient.id)
    return next(one for one in seen.families if one.family == name).worst


def confirmed_in_audit(begin, action):
    with begin() as work:
        rows = work.session.exec(select(Audit).where(Audit.action == action)).all()
    return [(row.actor, row.about) for row in rows]


def test_the_suggested_and_the_confirmed_grade_are_both_kept(begin, patient, report_id):
    row = confirm(begin, patient, report_id, 2)
    assert (row.grade, row.confirmed_grade, row.confirmed_by) == (3, 2, DOCTOR)
    assert (row.status, row.ctcae_version) == (GradeStatus.CONFIRMED, "5.0")
    with begin() as work:
        report = list_reports(work, patient)[0]
        assert {g.term: g.confirmed_grade for g in grades_of(work, report)} == {
            "periorbital_edema": 2, "nausea": None,
        }  # fmt: skip
        assert report.families["edema"] == 3


def test_the_summary_takes_the_confirmed_grade_and_leaves_the_other_families(
    begin, patient, report_id
):
    assert (family(begin, patient, "edema"), family(begin, patient, "gi")) == (3, 1)
    confirm(begin, patient, report_id, 1)
    assert (family(begin, patient, "edema"), family(begin, patient, "gi")) == (1, 1)
    with begin() as work:
        terms = pre_visit_summary(work, patient.clinic_id, patient.id).report.terms
    assert {(t.term, t.grade, t.suggested_grade, t.status) for t in terms} == {
        ("periorbital_edema", 1, 3, "confirmed"), ("nausea", 1, 1, "suggested"),
    }  # fmt: skip


def test_the_alert_acted_on_the_suggestion_and_confirming_changes_nothing_of_it(
    begin, patient, report_id
):
    confirm(begin, patient, report_id, 0)
    with begin() as work:
        assert [one.grade for one in work.session.exec(select(Alert))] == [3]


def test_confirming_twice_is_once_and_another_grade_replaces_it(begin, patient, report_id):
    row = confirm(begin, patient, report_id, 2)
    confirm(begin, patient, report_id, 2)
    assert confirmed_in_audit(begin, "symptom_grade.confirm") == [(DOCTOR, row.id)]
    assert confirm(begin, patient, report_id, 3).confirmed_grade == 3
    assert len(confirmed_in_audit(begin, "symptom_grade.confirm")) == 2


@pytest.mark.parametrize("grade", [4, 5, -1])
def test_a_grade_that_the_term_has_not_is_refused_by_name(begin, patient, report_id, grade):
    with pytest.raises(GradeNotInTerm, match="the grades 0, 1, 2, 3 in CTCAE v5.0") as refused:
        confirm(begin, patient, report_id, grade)
    assert refused.value.field == "grade"


def test_a_term_that_was_not_graded_or_another_clinics_report_is_not_found(
    begin, patient, report_id
):
    with pytest.raises(NoSuchGrade):
        confirm(begin, patient, report_id, 1, term="fatigue")
    with pytest.raises(NoSuchGrade):
        confirm(begin, patient, report_id, 1, clinic="elsewhere")


def test_a_laboratory_grade_is_confirmed_once_and_shown_in_the_summary(begin, patient):
    lab_id = measured(begin, patient)
    assert family(begin, patient, "marrow") == 3
    row = confirm_value(begin, patient, lab_id, 2)
    assert (row.grade, row.confirmed_grade, row.confirmed_by) == (3, 2, DOCTOR)
    confirm_value(begin, patient, lab_id, 2, by="staff:9")
    assert confirmed_in_audit(begin, "lab_grade.confirm") == [(DOCTOR, lab_id)]
    assert family(begin, patient, "marrow") == 2
    with begin() as work:
        value = pre_visit_summary(work, patient.clinic_id, patient.id).labs[0]
    assert (value.grade, value.suggested_grade, value.confirmed) == (2, 3, True)


def test_a_value_that_no_number_can_grade_gets_its_grade_from_the_clinician(begin, patient):
    lab_id = measured(begin, patient, "haemoglobin", 110, "g/L")
    assert family(begin, patient, "marrow") is None
    assert confirm_value(begin, patient, lab_id, 1).grade is None
    assert family(begin, patient, "marrow") == 1


def test_red_cells_have_no_grade_and_another_clinics_value_is_not_found(begin, patient):
    lab_id = measured(begin, patient, "RBC", 3.9, "10^12/L")
    with pytest.raises(NotGraded):
        confirm_value(begin, patient, lab_id, 1)
    with pytest.raises(NoSuchLab):
        confirm_value(begin, patient, lab_id, 1, clinic="elsewhere")


def test_a_clinic_that_chose_v6_is_graded_by_it_from_then_on(begin, patient):
    measured(begin, patient)
    with begin() as work:
        work.session.get_one(Clinic, patient.clinic_id).ctcae_version = CtcaeVersion.V6
    lab_id = measured(begin, patient)
    with begin() as work:
        kept = {lab.id: (lab.ctcae_version, lab.grade) for lab in list_labs(work, patient)}
    assert kept.pop(lab_id) == ("6.0", 2)
    assert list(kept.values()) == [("5.0", 3)]


def test_a_confirmed_grade_is_one_of_the_edition_that_suggested_it(begin, patient):
    with begin() as work:
        work.session.get_one(Clinic, patient.clinic_id).ctcae_version = CtcaeVersion.V6
    lab_id = measured(begin, patient, "ALP", 600, "U/L", uln=100, baseline=90)
    with pytest.raises(GradeNotInTerm, match="the grades 0, 1 in CTCAE v6.0"):
        confirm_value(begin, patient, lab_id, 3)


def closed_alert(begin):
    with begin() as work:
        for alert in work.session.exec(select(Alert)):
            alert.state = AlertState.CLOSED


@pytest.mark.parametrize(("grade", "alert", "asked"), [
    (3, "open", False), (2, "open", True), (2, "closed", False), (1, "closed", True), (0, "closed", True),
])  # fmt: skip
def test_a_reason_is_asked_for_far_from_the_suggestion_or_below_an_open_alert(
    begin, patient, report_id, grade, alert, asked
):
    if alert == "closed":
        closed_alert(begin)
    if asked:
        for nothing in (None, "  "):
            with pytest.raises(SayWhy) as refused:
                confirm(begin, patient, report_id, grade, reason=nothing)
            assert refused.value.field == "reason"
        assert confirmed_in_audit(begin, "symptom_grade.confirm") == []
    row = confirm(begin, patient, report_id, grade, reason="seen in the clinic" if asked else None)
    assert (row.confirmed_grade, row.confirm_reason is not None) == (grade, asked)
    assert row.confirmed_at is not None


def test_a_laboratory_grade_below_its_open_alert_wants_a_reason(begin, patient):
    lab_id = measured(begin, patient)
    with pytest.raises(SayWhy):
        confirm_value(begin, patient, lab_id, 2, reason=None)
    assert confirm_value(begin, patient, lab_id, 2, reason="clotted").confirm_reason == "clotted"
