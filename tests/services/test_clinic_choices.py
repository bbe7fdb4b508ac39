"""What a clinic has set is what happens: from which grade it is called, by every way in."""

from datetime import timedelta

import pytest
from sqlmodel import select

from app.services.clinics import change_clinic
from app.services.half_reports import alert_half_told
from app.services.lab_list import alerting, import_list
from app.services.labs import record_lab
from app.services.reports import report_symptoms
from models import Alert, Clinic, Provenance

GRADE_2 = {
    "periorbital_edema.swelling": "firm", "periorbital_edema.vision": "no",
    "periorbital_edema.treatment": "none",
}  # fmt: skip
PLATELETS = dict(analyte="platelets", value=60, unit="10^9/L", lln=125)  # grade 2 in v5.0
LIST = (("患者编号", "采样日期", "项目", "结果", "单位", "参考下限"),
        ("P-0001", "2026-11-23", "血小板", "60", "10^9/L", "125"))  # fmt: skip
ASKED_FROM = pytest.mark.parametrize(("from_grade", "called"), [(3, []), (2, [["grade_2"]])])


@pytest.fixture
def causes(begin):
    def causes() -> list[list[str]]:
        with begin() as work:
            return [one.causes for one in work.session.exec(select(Alert))]

    return causes


@pytest.fixture
def asks(begin, clinic):
    def asks(from_grade: int) -> None:
        with begin() as work:
            change_clinic(work, clinic.id, {"alert_from_grade": from_grade}, "staff:1")

    return asks


def tell(begin, patient, answers):
    with begin() as work:
        return report_symptoms(
            work, work.session.merge(patient), answers=answers, intolerable=False,
            provenance=Provenance.STAFF,
        )  # fmt: skip


@ASKED_FROM
def test_a_report_of_grade_2(begin, patient, asks, causes, from_grade, called):
    asks(from_grade)
    told = tell(begin, patient, GRADE_2)
    assert (causes(), told.alert is not None) == (called, bool(called))


@ASKED_FROM
def test_a_laboratory_value_of_grade_2(begin, patient, asks, causes, clock, from_grade, called):
    asks(from_grade)
    with begin() as work:
        record_lab(work, work.session.merge(patient), collected_at=clock.now, **PLATELETS)
    assert causes() == called


@ASKED_FROM
def test_a_list_with_a_value_of_grade_2_says_beforehand_that_it_will_call(
    begin, patient, asks, causes, from_grade, called
):
    asks(from_grade)
    with begin() as work:
        checked = import_list(work, "wuhan", [list(row) for row in LIST], "staff:1")
        assert checked.faults == ()
        assert len(alerting(checked)) == len(called)
    assert causes() == called


@pytest.mark.parametrize(("from_grade", "called"), [
    (3, [["red_flag:vision"]]), (2, [["grade_2", "red_flag:vision"]])])
def test_a_report_that_is_left_half_way(begin, patient, asks, causes, from_grade, called):
    asks(from_grade)
    with begin() as work:
        alert_half_told(work, work.session.merge(patient), ["vision"], {"edema": 2, "gi": 1})
    assert causes() == called


def test_from_grade_2_to_grade_3_is_worse_and_calls_again(begin, patient, asks, clock):
    asks(2)
    tell(begin, patient, GRADE_2)
    clock.now += timedelta(hours=1)
    worse = tell(begin, patient, {**GRADE_2, "periorbital_edema.treatment": "diuretic"}).alert
    assert (worse.grade, worse.causes, worse.raised_at) == (3, ["grade_2", "grade_3"], clock.now)


def test_another_grade_holds_from_now_on_and_raises_nothing_of_what_was(begin, patient, asks, causes):
    tell(begin, patient, GRADE_2)
    asks(2)
    assert causes() == []


def test_a_clinic_that_is_new_is_called_as_the_protocol_says():
    assert Clinic(id="x", name="x").alert_from_grade == 3
