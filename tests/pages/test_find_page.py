"""A patient is found by the code, whole or in part."""

import pytest

from models import Patient, Sex

NURSE = "nurse@example.com"


@pytest.fixture
def many(demo_begin):
    with demo_begin() as work:
        for n in range(60):
            work.session.add(Patient(
                clinic_id="demo", id=f"p{n:03}", code=f"Q-{n:03}", year_of_birth=1960, sex=Sex.MALE,
                registered_at=work.now,
            ))  # fmt: skip


@pytest.mark.parametrize("typed", ["P-0001", " p-0001 "])
def test_a_whole_code_leads_to_its_patient(signed_in, patient_ids, typed):
    answer = signed_in(NURSE).get("/patients", query_string={"code": typed})
    assert (answer.status_code, answer.location) == (302, f"/patients/{patient_ids['P-0001']}")


def test_a_part_of_a_code_lists_those_that_have_it(signed_in, many):
    page = signed_in(NURSE).get("/patients?code=q-00").text
    assert page.count('class="card visit"') == 10
    assert 'value="q-00"' in page


def test_a_code_that_nobody_has_says_so_and_leads_back(signed_in):
    page = signed_in(NURSE).get("/patients?code=Z-9&lang=en").text
    assert "No patient has Z-9 in the code" in page
    assert "Show all" in page


def test_a_long_list_goes_on_where_it_ended(signed_in, many):
    browser = signed_in(NURSE)
    first = browser.get("/patients?code=Q-&lang=en").text
    assert first.count('class="card visit"') == 50
    rest = browser.get("/patients?code=Q-&after=p049&lang=en").text
    assert rest.count('class="card visit"') == 10
    assert "after=p049" in first and "More patients" not in rest


def test_every_page_has_the_search_in_its_bar(signed_in):
    page = signed_in(NURSE).get("/rota").text
    assert "data-find" in page and 'aria-keyshortcuts="/"' in page
