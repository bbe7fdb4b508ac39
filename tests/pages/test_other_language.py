"""Reading a page in the other language: what was asked for stays, and nothing shown or typed is lost."""

import html
import re
from io import BytesIO

import pytest
from sqlmodel import select

from models import Staff

NURSE, DOCTOR, ADMIN = "nurse@example.com", "doctor@example.com", "admin@example.com"


def turned(page) -> str | None:
    """Where the bar of a page leads for the other language."""
    found = re.search(r'<a href="([^"]+)" lang="(?:zh-CN|en)">(?:中文|English)</a>', page.text)
    return html.unescape(found[1]) if found else None


@pytest.mark.parametrize(("path", "kept"), [
    ("/patients?code=P-00", "?code=P-00&lang=zh-CN"),
    ("/alerts?state=closed&days=7", "?state=closed&days=7&lang=zh-CN"),
    ("/cards?lang=en&code=P-0041", "?code=P-0041&lang=zh-CN"),
    ("/patients?code=P%26%C3%A9&lang=en", "?code=P%26%C3%A9&lang=zh-CN"),
])  # fmt: skip
def test_what_a_page_was_asked_for_stays_in_the_other_language(signed_in, path, kept):
    browser = signed_in(NURSE)
    browser.set_cookie("lang", "en")
    assert turned(browser.get(path)) == kept


def test_each_of_several_chosen_risks_stays(signed_in):
    page = signed_in(DOCTOR).get("/cohort?lang=en&risk=high&risk=low")
    assert turned(page) == "?risk=high&risk=low&lang=zh-CN"


@pytest.fixture
def send(signed_in, csrf_of, demo_begin):
    def send(email, form_at, path, **form):
        browser = signed_in(email)
        return browser.post(f"{path}?lang=en", data={**form, "csrf_token": csrf_of(browser.get(form_at).text)})

    return send


def test_a_decision_that_was_refused_keeps_its_words_and_offers_no_way_to_lose_them(send, patient_ids):
    mine = f"/patients/{patient_ids['P-0002']}"
    wrong = {"decision": "overridden", "dose_mg": "300", "starts_on": "2026-11-01", "reason": "eyelids"}
    page = send(DOCTOR, mine, f"{mine}/decisions", **wrong)
    assert page.status_code == 422 and "eyelids" in page.text
    assert turned(page) is None


def test_what_is_shown_this_once_is_not_lost_to_the_other_language(send, demo_begin):
    with demo_begin() as work:
        nurse = work.session.exec(select(Staff.id).where(Staff.email == NURSE)).one()
    for page in (send(ADMIN, "/keys", "/keys", name="Results"),
                 send(ADMIN, f"/staff/{nurse}", f"/staff/{nurse}/link"),
                 send(NURSE, "/me", "/me")):  # fmt: skip
        assert page.status_code == 200 and turned(page) is None


def test_a_list_that_is_looked_at_before_it_is_kept_is_not_lost(signed_in, csrf_of):
    nurse = signed_in(NURSE)
    form = {"csrf_token": csrf_of(nurse.get("/lab-lists").text), "file": (BytesIO(b"nonsense"), "list.csv")}
    page = nurse.post("/lab-lists/preview?lang=en", data=form)
    assert "<h1>" in page.text and turned(page) is None


def test_who_could_not_sign_in_may_read_why_in_the_other_language(browser, csrf_of):
    form = {"email": NURSE, "password": "wrong", "csrf_token": csrf_of(browser.get("/login").text)}
    page = browser.post("/login?lang=en&next=/alerts", data=form)
    assert page.status_code == 200 and turned(page) == "?next=%2Falerts&lang=zh-CN"
