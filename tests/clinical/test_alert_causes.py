"""Why a nurse is called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clinical.alerts import Cause, alert_causes, calls, laboratory_causes, worst_family
from app.clinical.grading import grade_lab
from app.clinical.symptoms import FLAGS

CALM = {"edema": 0, "skin": 0, "gi": 0, "other": 0}


def causes(now, before=None, intolerable=False, flags=()):
    return alert_causes({**CALM, **now}, before, intolerable, flags)


def test_nothing_serious_calls_nobody():
    assert causes({"edema": 2, "gi": 1}, {"edema": 1, "gi": 0}) == ()


@pytest.mark.parametrize(("grade", "called"), [(2, False), (3, True), (4, True)])
def test_grade_3_or_more_calls_the_nurse(grade, called):
    expected = (Cause("grade_3", "skin", str(grade)),) if called else ()
    assert causes({"skin": grade}) == expected


def test_a_laboratory_family_calls_too():
    assert alert_causes({"marrow": 3}, None, False, ()) == (Cause("grade_3", "marrow", "3"),)


@pytest.mark.parametrize(("value", "called"), [(0.49, True), (0.5, True), (0.99, True), (1.0, False)])
def test_a_laboratory_value_of_grade_3_or_more_calls_the_nurse(value, called):
    causes_now = laboratory_causes(grade_lab("neutrophils", value, "10^9/L"))
    assert [one.kind for one in causes_now] == ["grade_3"] * called


def test_a_value_that_the_edition_prints_no_grade_for_calls_the_nurse():
    term = "alanine_aminotransferase_increased"
    judged = grade_lab("ALT", 900, "U/L", uln=40, baseline=250, ctcae_version="6.0")
    assert laboratory_causes(judged) == (Cause("ungraded", "liver", term),)


def test_a_value_whose_limit_is_missing_calls_nobody():
    assert laboratory_causes(grade_lab("ALT", 900, "U/L")) == ()


@pytest.mark.parametrize(
    ("last", "now", "called"), [(0, 1, False), (0, 2, True), (1, 2, False), (2, 0, False)]
)
def test_a_rise_of_two_grades_over_the_last_report_calls_the_nurse(last, now, called):
    expected = (Cause("rise", "gi", f"{last}-{now}"),) if called else ()
    assert causes({"gi": now}, {**CALM, "gi": last}) == expected


def test_a_first_report_is_no_rise():
    assert causes({"gi": 2}) == ()
    assert causes({"gi": 2}, {}) == ()


@pytest.mark.parametrize(
    ("now", "family", "grade"),
    [
        ({}, "other", "0"),
        ({"skin": 1}, "skin", "1"),
        ({"skin": 1, "gi": 2}, "gi", "2"),
        ({"edema": 2, "gi": 2}, "edema", "2"),
    ],
)
def test_what_cannot_be_tolerated_is_laid_to_the_worst_family(now, family, grade):
    assert causes(now, intolerable=True) == (Cause("intolerable", family, grade),)


@pytest.mark.parametrize(
    ("families", "worst"),
    [
        ({}, "other"),
        ({"kidney": 0}, "other"),
        ({"kidney": 1}, "kidney"),
        ({"skin": 1, "kidney": 1}, "skin"),
        ({"skin": 1, "marrow": 2}, "marrow"),
    ],
)
def test_a_family_that_nothing_was_told_of_is_never_the_worst(families, worst):
    assert worst_family(families) == worst


def test_what_cannot_be_tolerated_without_a_grade_has_grade_0():
    assert alert_causes({}, None, True, ()) == (Cause("intolerable", "other", "0"),)


def test_each_red_flag_is_a_cause_and_comes_first():
    called = causes({"gi": 3}, CALM, flags=("gi_bleeding", "fever"))
    assert called == (
        Cause("red_flag", "gi", "gi_bleeding"),
        Cause("red_flag", "other", "fever"),
        Cause("grade_3", "gi", "3"),
        Cause("rise", "gi", "0-3"),
    )


@pytest.mark.parametrize("flag", FLAGS)
def test_every_red_flag_has_a_family_that_a_patient_reports(flag):
    (cause,) = causes({}, flags=(flag,))
    assert cause.family in CALM


def test_a_red_flag_that_is_not_known_still_calls_the_nurse():
    assert causes({}, flags=("seizure",)) == (Cause("red_flag", "other", "seizure"),)


@pytest.mark.parametrize(("grade", "kinds"), [(1, []), (2, ["grade_2"]), (3, ["grade_3"]), (4, ["grade_3"])])
def test_a_clinic_that_asks_earlier_is_called_at_grade_2_and_told_so(grade, kinds):
    assert [one.kind for one in alert_causes({"skin": grade}, None, False, (), 2)] == kinds


def test_a_laboratory_value_of_grade_2_calls_where_the_clinic_asks_for_it():
    value = grade_lab("neutrophils", 1.2, "10^9/L")
    assert laboratory_causes(value) == ()
    assert laboratory_causes(value, 2) == (Cause("grade_2", "marrow", "2"),)


@given(grade=st.integers(3, 5), from_grade=st.integers(-5, 99))
def test_no_setting_makes_grade_3_wait(grade, from_grade):
    assert calls(grade, from_grade)
    assert [one.kind for one in alert_causes({"gi": grade}, None, False, (), from_grade)] == ["grade_3"]
