"""A list that carries the numbers of our labels: the draw's own time, and never another's tube."""

from datetime import timedelta

import pytest

from app.services.draws import note_step
from app.services.lab_list import import_list
from app.services.samples import list_samples
from app.services.visits import plan_visit
from models import Patient, Sex, Step
from models.columns import new_id
from tests.conftest import NOW

BY = "staff:1"
DRAW = NOW + timedelta(hours=22)


@pytest.fixture
def visit_id(begin, patient, clock):
    with begin() as work:
        return plan_visit(work, patient, DRAW).id


@pytest.fixture
def drawn(begin, patient, visit_id, clock):
    clock.now = DRAW + timedelta(minutes=4)
    with begin() as work:
        here = work.session.get_one(Patient, (patient.clinic_id, patient.id))
        note_step(work, here, visit_id, Step.DRAWN, at=None, told={}, by=BY)
    return clock.now


def take(begin, *rows, head=("患者编号", "样本号", "采样时间", "浓度(ng/mL)")):
    with begin() as work:
        return import_list(work, "wuhan", [list(head), *map(list, rows)], BY)


def faults(checked):
    return [(one.column, one.key) for one in checked.faults]


@pytest.mark.parametrize("scanned", ["{id}", "P-0001 {id}", " {id} "])
def test_the_draw_gives_its_time_where_the_list_has_none(begin, patient, visit_id, drawn, scanned):
    checked = take(begin, ("P-0001", scanned.format(id=visit_id), "", "1200"))
    assert (checked.accepted, checked.faults) == (1, ())
    with begin() as work:
        assert [one.drawn_at for one in list_samples(work, patient)] == [drawn]


def test_a_list_needs_no_column_of_times_then(begin, patient, visit_id, drawn):
    assert take(begin, ("P-0001", visit_id, "1200"), head=("患者编号", "sample", "浓度(ng/mL)")).accepted == 1


def test_a_time_that_the_list_tells_is_the_lists(begin, patient, visit_id, drawn):
    take(begin, ("P-0001", visit_id, "2026-11-24 09:00", "1200"))
    with begin() as work:
        assert [one.drawn_at for one in list_samples(work, patient)] == [NOW - timedelta(hours=1)]


def test_a_tube_of_another_patient_is_refused(begin, patient, visit_id, drawn):
    with begin() as work:
        work.session.add(Patient(clinic_id="wuhan", id=new_id(work.now), code="P-0002", year_of_birth=1960,
                                 sex=Sex.MALE, registered_at=work.now))  # fmt: skip
    for at in ("", "2026-11-24 09:00"):
        assert faults(take(begin, ("P-0002", visit_id, at, "1200"))) == [("样本号", "sample_other")]


def test_a_draw_without_a_time_says_so(begin, patient, visit_id):
    assert faults(take(begin, ("P-0001", visit_id, "", "1200"))) == [("样本号", "sample_not_drawn")]


@pytest.mark.parametrize("number", ["S-17", "0" * 22, ""])
def test_a_laboratorys_own_number_names_no_draw(begin, patient, number):
    assert take(begin, ("P-0001", number, "2026-11-24 09:00", "1200")).accepted == 1
    assert faults(take(begin, ("P-0001", number, "", "1300"))) == [("采样时间", "missing")]


@pytest.mark.parametrize("heading", ["样本号", "样本编号", "标本号", "条形码", "Barcode"])
def test_the_labels_number_alone_says_whose_result_it_is(begin, patient, visit_id, drawn, heading):
    checked = take(begin, (f"P-0001 {visit_id}", "1200"), head=(heading, "浓度(ng/mL)"))
    assert (checked.accepted, checked.faults, checked.new[0].patient.id) == (1, (), patient.id)


def test_the_number_fills_in_for_a_code_that_is_not_written(begin, patient, visit_id, drawn):
    assert take(begin, ("", visit_id.upper(), "", "1200")).accepted == 1


def test_a_number_that_is_none_of_our_labels_says_what_to_do(begin, patient, visit_id, drawn):
    checked = take(begin, (visit_id, "1200"), ("S-17", "1300"), head=("条码号", "浓度(ng/mL)"))
    assert faults(checked) == [("条码号", "sample_unknown")]


def test_a_laboratorys_own_numbers_beside_ours_are_passed_over(begin, patient, visit_id, drawn):
    checked = take(begin, ("S-17", visit_id, "1200"), head=("样本编号", "标本号", "浓度(ng/mL)"))
    assert (checked.accepted, checked.ignored) == (1, ("样本编号",))


def test_a_code_in_small_letters_is_the_patients(begin, patient):
    checked = take(begin, ("p-0001", "", "2026-11-24 09:00", "1200"), ("P-0001", "", "2026-11-24 09:00", "1200"))
    assert (checked.accepted, checked.duplicates, checked.patient_ids) == (1, (3,), (patient.id,))
