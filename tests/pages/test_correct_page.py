"""A kept result is corrected on the clinic's pages, and what it was is shown struck through."""

import re

import pytest
from sqlmodel import select

from models import Audit, Lab, Sample

NURSE, ADMIN = "nurse@example.com", "admin@example.com"


@pytest.fixture
def rows(demo_begin, patient_ids):
    """The latest level and laboratory value of P-0002."""
    with demo_begin() as work:
        mine = patient_ids["P-0002"]
        level = work.session.exec(select(Sample).where(Sample.patient_id == mine).order_by(Sample.drawn_at.desc())).first()
        lab = work.session.exec(select(Lab).where(Lab.patient_id == mine).order_by(Lab.collected_at.desc())).first()
    return {"level": level, "lab": lab}


@pytest.fixture
def page(signed_in, csrf_of):
    """page(kind, row, changes, what) -> what follows the form as it was filled, with changes."""
    nurse = signed_in(NURSE)

    def page(kind, row, what="", **changes):
        path = f"/patients/{row.patient_id}/results/{kind}/{row.id}"
        form = nurse.get(f"{path}?lang=en").text
        told = {**filled(form), **changes, "csrf_token": csrf_of(form)}
        return nurse.post(f"{path}{what}", data=told, follow_redirects=True)

    return page


def filled(form):
    """The values that stand in a form's fields."""
    fields = re.findall(r'<input class="form-control"[^>]*? name="(\w+)" value="([^"]*)"', form)
    chosen = re.findall(r'name="(\w+)"[^>]*>(?:<option value="[^"]*">[^<]*</option>)*<option value="([^"]*)" selected', form)
    return dict(fields) | dict(chosen)


def test_the_form_holds_what_is_kept_so_that_nothing_else_changes(page, rows, demo_begin):
    answer = page("level", rows["level"], reason="x")
    assert (answer.status_code, "Nothing is different" in answer.text) == (422, True)
    answer = page("lab", rows["lab"], reason="x")
    assert (answer.status_code, "Nothing is different" in answer.text) == (422, True)


@pytest.mark.parametrize(("kind", "table", "column"), [("level", Sample, "concentration"), ("lab", Lab, "value")])
def test_a_correction_is_kept_and_the_old_is_shown_struck_through(page, rows, demo_begin, kind, table, column):
    row = rows[kind]
    old = getattr(row, column)
    answer = page(kind, row, result=f"{old + 100:g}", reason="misread by Mrs Li")
    assert answer.status_code == 200 and "What it was is kept" in answer.text
    [struck] = re.findall(r"<del>(.*?)</del>", answer.text)
    assert f"{old:g}" in struck and "misread by Mrs Li" in answer.text
    with demo_begin() as work:
        assert getattr(work.session.get_one(table, (row.clinic_id, row.id)), column) == old + 100


def test_what_cannot_be_stands_beside_its_field_and_what_was_typed_stays(page, rows):
    answer = page("level", rows["level"], result="twelve", reason="x")
    assert (answer.status_code, 'value="twelve"' in answer.text, 'id="level-result-error"' in answer.text) == (422, True, True)
    answer = page("level", rows["level"], result="1000", reason=" ")
    assert (answer.status_code, "Say why" in answer.text) == (422, True)
    answer = page("level", rows["level"], result="5", reason="x")
    assert (answer.status_code, 'name="confirmed"' in answer.text) == (422, True)
    assert page("level", rows["level"], result="12", reason="x", confirmed="yes").status_code == 200
    answer = page("lab", rows["lab"], what="/withdraw", why=" ")
    assert (answer.status_code, 'id="why-why-error"' in answer.text) == (422, True)


def test_what_was_entered_in_error_is_taken_back(page, rows, signed_in):
    answer = page("lab", rows["lab"], what="/withdraw", why="of another patient")
    assert "counts nowhere" in answer.text and "of another patient" in answer.text
    assert page("lab", rows["lab"], what="/withdraw", why="x").status_code == 404
    shown = signed_in(ADMIN).get(f"/patients/{rows['lab'].patient_id}/results?lang=zh-CN").text
    assert "录入有误，已撤回" in shown and "<del>" in shown
    assert re.findall(r"page\.[a-z_.]+", shown.replace("/clinic-static", "")) == []


def test_a_result_of_another_patient_is_not_found_under_this_one(signed_in, rows, patient_ids):
    nurse = signed_in(NURSE)
    for kind in ("level", "lab", "other"):
        row = rows.get(kind, rows["lab"])
        assert nurse.get(f"/patients/{patient_ids['P-0001']}/results/{kind}/{row.id}").status_code == 404
    assert nurse.get(f"/patients/{rows['lab'].patient_id}/results/level/{rows['lab'].id}").status_code == 404


def test_who_looked_is_audited(page, rows, demo_begin):
    page("level", rows["level"], reason="x")
    with demo_begin() as work:
        told = work.session.exec(select(Audit).where(Audit.about == rows["level"].id)).all()
    assert {one.action for one in told} == {"results.read"}
