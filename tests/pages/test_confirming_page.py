"""A nurse or doctor confirms a grade on the patient's page; an admin reads it."""

import re

import pytest
from sqlmodel import select

from models import Lab, SymptomGrade

NURSE, DOCTOR, ADMIN = "nurse@example.com", "doctor@example.com", "admin@example.com"


@pytest.fixture
def path(patient_ids) -> str:
    return f"/patients/{patient_ids['P-0002']}"


def forms_of(page: str) -> dict[str, list[str]]:
    """Where each form for confirming posts to, and the grades that it offers."""
    found = re.findall(r'class="confirm" method="post" action="([^"]+)">(.*?)</form>', page, re.S)
    return {where: re.findall(r"<option[^>]*>(\d)", form) for where, form in found}


def test_a_doctor_confirms_a_term_and_the_page_says_what_was_suggested(
    signed_in, path, demo_begin, csrf_of
):
    browser = signed_in(DOCTOR)
    page = browser.get(path).text
    where = next(one for one in forms_of(page) if "/reports/" in one)
    form = {"grade": "1", "csrf_token": csrf_of(page)}
    told = browser.post(where, data=form, follow_redirects=True).text
    assert "分级已确认" in told
    with demo_begin() as work:
        rows = work.session.exec(select(SymptomGrade)).all()
    confirmed = [row for row in rows if row.confirmed_grade is not None]
    assert [(row.confirmed_grade, row.term in where) for row in confirmed] == [(1, True)]
    assert f"推算为 {confirmed[0].grade} 级" in told


def test_a_doctor_confirms_a_laboratory_grade(signed_in, path, demo_begin, csrf_of):
    browser = signed_in(DOCTOR)
    page = browser.get(path).text
    where = next(one for one in forms_of(page) if "/labs/" in one)
    browser.post(where, data={"grade": "1", "csrf_token": csrf_of(page)})
    with demo_begin() as work:
        rows = work.session.exec(select(Lab).where(Lab.confirmed_grade == 1)).all()
    assert [row.id in where and str(row.confirmed_by).startswith("staff:") for row in rows] == [True]


@pytest.mark.parametrize("grade", ["9", "", "x"])
def test_a_grade_that_is_none_is_refused_in_words(signed_in, path, demo_begin, csrf_of, grade):
    browser = signed_in(DOCTOR)
    page = browser.get(path).text
    where = next(one for one in forms_of(page) if "/reports/" in one)
    form = {"grade": grade, "csrf_token": csrf_of(page)}
    assert "该条目没有这一级" in browser.post(where, data=form, follow_redirects=True).text
    with demo_begin() as work:
        assert {row.confirmed_grade for row in work.session.exec(select(SymptomGrade))} == {None}


def test_a_nurse_confirms_as_well_and_an_admin_only_reads(signed_in, path, demo_begin, csrf_of):
    nurse, admin = signed_in(NURSE), signed_in(ADMIN)
    page = nurse.get(f"{path}?lang=en").text
    where = next(one for one in forms_of(page) if "/reports/" in one)
    suggested = re.search(r"<option selected>(\d)", page.partition(where)[2])[1]
    told = nurse.post(where, data={"grade": suggested, "csrf_token": csrf_of(page)}, follow_redirects=True)
    assert "by 李静, Tue, Nov 24 10:00" in told.text
    assert forms_of(admin.get(path).text) == {}
    token = csrf_of(admin.get("/me").text)
    assert admin.post(where, data={"grade": "1", "csrf_token": token}).status_code == 403


def test_a_grade_far_from_the_suggestion_is_kept_with_its_reason(
    signed_in, path, demo_begin, csrf_of
):
    browser = signed_in(NURSE)
    page = browser.get(f"{path}?lang=en").text
    with demo_begin() as work:
        row = next(one for one in work.session.exec(select(SymptomGrade)) if one.grade >= 2 and one.report_id in page)
    where = next(one for one in forms_of(page) if f"/{row.term}/" in one)
    form = {"grade": "0", "csrf_token": csrf_of(page)}
    asked = browser.post(where, data=form)
    assert asked.status_code == 422 and 'name="grade" value="0"' in asked.text
    told = browser.post(where, data={**form, "reason": "no swelling <seen>"}, follow_redirects=True).text
    assert "no swelling &lt;seen&gt;" in told
    with demo_begin() as work:
        assert work.session.get_one(SymptomGrade, ("demo", row.id)).confirmed_grade == 0


def test_after_a_change_the_criterion_is_said_to_be_that_of_the_suggestion(
    signed_in, path, demo_begin, csrf_of
):
    browser = signed_in(DOCTOR)
    page = browser.get(f"{path}?lang=en").text
    where = next(one for one in forms_of(page) if "/reports/" in one)
    assert "was suggested by:" not in page
    browser.post(where, data={"grade": "1", "csrf_token": csrf_of(page)})
    with demo_begin() as work:
        row = work.session.exec(select(SymptomGrade).where(SymptomGrade.confirmed_grade == 1)).one()
    page = browser.get(path).text
    report = page.partition('id="report"')[2].partition("</section>")[0]
    assert report.index(f"Grade {row.grade} was suggested by:") < report.index(row.criterion)
