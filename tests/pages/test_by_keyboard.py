"""Each page's main task, in a real browser and without a mouse."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from app.clinical.alerts import Cause
from app.services.alerts import raise_alerts
from app.services.visits import change_visit
from models import Alert, AlertState, Patient, Visit, VisitStatus
from tests.pages.test_looks import address, browser_page, sign_in  # noqa: F401

RASH = Cause("grade_3", "skin", "3")
NAME = """() => {
  const one = document.activeElement;
  return one.ariaLabel || (one.labels && one.labels.length ? one.labels[0].innerText : one.innerText) || one.value || '';
}"""


@pytest.fixture
def desk(address, browser_page):  # noqa: F811
    """The page of someone who has just signed in, in English."""

    def desk(role: str, path: str) -> Page:
        sign_in(browser_page, address, f"{role}@example.com")
        browser_page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang=en")
        return browser_page

    return desk


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what is called so has the focus."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate(NAME).strip().startswith(name):
            return
    raise AssertionError(f"the Tab key never comes to {name}")


def press(page: Page, name: str) -> None:
    tab_to(page, name)
    page.keyboard.press("Enter")


def write(page: Page, name: str, words: str) -> None:
    tab_to(page, name)
    page.keyboard.type(words)


def test_a_nurse_opens_an_alert_takes_it_and_closes_it(desk, demo_begin, patient_ids):
    with demo_begin() as work:
        patient = work.session.get_one(Patient, ("demo", patient_ids["P-0001"]))
        alert = raise_alerts(work, patient, [RASH], report_id=None, grade=3)
    page = desk("nurse", "/")
    press(page, "P-0001")
    page.wait_for_url(re.compile(alert.id))
    press(page, "I have it")
    expect(page.get_by_text("Acknowledged by")).to_be_visible()
    write(page, "What was done", "Phoned")
    press(page, "Close")
    expect(page.get_by_text("The alert is closed.")).to_be_visible()
    with demo_begin() as work:
        assert work.session.get_one(Alert, ("demo", alert.id)).state == AlertState.CLOSED


def test_a_code_is_found_from_any_page(desk, patient_ids):
    page = desk("nurse", "/recall")
    page.keyboard.press("/")
    page.keyboard.type("P-0003")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(patient_ids["P-0003"]))
    expect(page.get_by_role("heading", level=1)).to_contain_text("P-0003")


def test_a_visit_of_the_recall_list_is_planned(desk, demo_begin, patient_ids):
    with demo_begin() as work:
        visit = work.session.exec(
            select(Visit).where(
                Visit.patient_id == patient_ids["P-0001"], Visit.status == VisitStatus.PLANNED
            )
        ).one()
        change_visit(work, "demo", visit.id, status=VisitStatus.CANCELLED)
    page = desk("nurse", "/recall")
    press(page, "Plan and tell")
    expect(page.get_by_text("The visit is planned.")).to_be_visible()


def test_a_list_of_the_laboratory_is_looked_at_and_kept(desk):
    page = desk("nurse", "/lab-lists")
    rows = "patient,analyte,result,unit,drawn_at\nP-0003,haemoglobin,128,g/L,2026-11-20 08:00\n"
    page.set_input_files("input[type=file]", {"name": "list.csv", "mimeType": "text/csv",
                                              "buffer": rows.encode()})  # fmt: skip
    press(page, "Preview")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look at the list")
    press(page, "Keep these 1 results")
    expect(page.get_by_role("link", name="P-0003")).to_be_visible()


def test_an_admin_adds_hours_to_the_rota(desk):
    page = desk("admin", "/rota")
    before = page.get_by_role("button", name="Remove").count()
    tab_to(page, "Sunday")
    page.keyboard.press("Space")
    tab_to(page, "Who")
    page.keyboard.press("ArrowDown")
    page.fill("[name=position]", "9")
    press(page, "Add")
    expect(page.get_by_role("button", name="Remove")).to_have_count(before + 1)


def test_a_level_is_corrected_by_the_calculator(desk):
    page = desk("doctor", "/calculators")
    write(page, "Measured level", "1200")
    page.fill("[name=dose_taken_at]", "2026-11-23T08:00")
    page.fill("[name=drawn_at]", "2026-11-24T06:00")
    page.focus("[name=ke]")
    press(page, "Calculate")
    expect(page.get_by_text("1105.53")).to_be_visible()


def test_a_doctor_accepts_a_text_of_advice(desk):
    page = desk("doctor", "/advice")
    accepted = page.get_by_text("accepted by").count()
    press(page, "Accept")
    expect(page.get_by_text("accepted by")).to_have_count(accepted + 1)


def test_a_nurse_sends_herself_a_test(desk):
    page = desk("nurse", "/me")
    press(page, "Send me a text")
    expect(page.get_by_text("The test is on its way.")).to_be_visible()
