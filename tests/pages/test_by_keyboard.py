"""Each page's main task, in a real browser and without a mouse."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from app.clinical.alerts import Cause
from app.services.alerts import raise_alerts
from app.services.decisions import record_decision
from app.services.inbox import put_in_inbox
from app.services.visits import change_visit
from models import (
    Alert,
    AlertState,
    Chat,
    Clinic,
    DecisionKind,
    InboxKind,
    Message,
    Patient,
    PhoneCall,
    Staff,
    Visit,
    VisitStatus,
)
from tests.pages.by_browser import press, save, tab_to, write

RASH = Cause("grade_3", "skin", "3")


@pytest.mark.main_task("queue_page", "alert_page")
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


@pytest.mark.main_task("recall_page")
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


@pytest.mark.main_task("list_page", "preview_page")
def test_a_list_of_the_laboratory_is_looked_at_and_kept(desk):
    page = desk("nurse", "/lab-lists")
    rows = "patient,analyte,result,unit,drawn_at\nP-0003,haemoglobin,128,g/L,2026-11-20 08:00\n"
    page.set_input_files("input[type=file]", {"name": "list.csv", "mimeType": "text/csv",
                                              "buffer": rows.encode()})  # fmt: skip
    press(page, "Preview")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look at the list")
    press(page, "Keep these 1 results")
    expect(page.get_by_role("link", name="P-0003")).to_be_visible()


@pytest.mark.main_task("rota_page")
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


@pytest.mark.main_task("calculators_page")
def test_a_level_is_corrected_by_the_calculator(desk):
    page = desk("doctor", "/calculators")
    write(page, "Measured level", "1200")
    page.fill("[name=dose_taken_at]", "2026-11-23T08:00")
    page.fill("[name=drawn_at]", "2026-11-24T06:00")
    page.focus("[name=ke]")
    press(page, "Calculate")
    expect(page.get_by_text("1105.53")).to_be_visible()


@pytest.mark.main_task("advice_page")
def test_a_doctor_accepts_a_text_of_advice(desk):
    page = desk("doctor", "/advice")
    accepted = page.get_by_text("accepted by").count()
    press(page, "Accept")
    expect(page.get_by_text("accepted by")).to_have_count(accepted + 1)


@pytest.mark.main_task("my_page")
def test_a_nurse_sends_herself_a_test(desk):
    page = desk("nurse", "/me")
    press(page, "Send me a text")
    expect(page.get_by_text("The test is on its way.")).to_be_visible()


@pytest.mark.main_task("calls_page")
def test_a_nurse_reads_whom_to_phone_and_keeps_what_came_of_it(desk, to_phone, demo_begin):
    page = desk("nurse", "/calls")
    expect(page.get_by_text("The chat is blocked")).to_be_visible()
    press(page, "Called")
    write(page, "What came of it", "not reached")
    write(page, "Note", "rings, nobody there")
    press(page, "Save")
    expect(page.get_by_text("The call is kept.")).to_be_visible()
    expect(page.get_by_text("Nobody has to be phoned now.")).to_be_visible()
    with demo_begin() as work:
        call = work.session.exec(select(PhoneCall)).one()
    assert (call.patient_id, call.outcome, call.note) == (to_phone, "not_reached", "rings, nobody there")


@pytest.mark.main_task("inbox_page")
def test_a_nurse_answers_a_question_of_the_inbox(desk, demo_begin, patient_ids):
    with demo_begin() as work:
        chat = work.session.exec(select(Chat).where(Chat.patient_id == patient_ids["P-0001"])).one()
        put_in_inbox(work, "demo", InboxKind.QUESTION, "能喝茶吗？", chat.patient_id, chat_id=chat.id)
    page = desk("nurse", "/inbox")
    expect(page.get_by_text("能喝茶吗？")).to_be_visible()
    write(page, "Your answer", "可以，淡一点。")
    press(page, "Send and mark as done")
    expect(page.get_by_text("Your answer is on its way to the patient.")).to_be_visible()
    press(page, "Done")
    expect(page.get_by_text("可以，淡一点。")).to_be_visible()
    with demo_begin() as work:
        told = work.session.exec(select(Message.data).where(Message.chat_id == chat.id)).all()
    assert "可以，淡一点。" in str(told)


@pytest.mark.main_task("patients_page")
def test_a_patient_is_found_among_all(desk, patient_ids):
    page = desk("doctor", "/patients")
    assert page.get_by_role("link", name="P-000").count() == 4
    write(page, "Patient code", "3")
    press(page, "Find")
    press(page, "P-0003")
    page.wait_for_url(re.compile(patient_ids["P-0003"]))


@pytest.mark.main_task("alerts_page")
def test_closed_alerts_are_read_again(desk, demo_begin):
    page = desk("nurse", "/alerts")
    press(page, "Closed")
    with demo_begin() as work:
        closed = work.session.exec(select(Alert).where(Alert.state == AlertState.CLOSED)).all()
    code = page.locator(".alert-card a.big").first.inner_text()
    press(page, code)
    page.wait_for_url(re.compile("|".join(one.id for one in closed)))
    expect(page.locator("main article")).to_contain_text("Closed: Phoned")


@pytest.mark.main_task("cohort_page")
def test_a_doctor_reads_the_cohort_of_women_only_and_saves_it(desk):
    page = desk("doctor", "/cohort")
    every = patients_of(page)
    press(page, "Choose patients")
    tab_to(page, "any")
    page.keyboard.press("ArrowUp")  # the sexes are one stop
    page.keyboard.press("ArrowUp")
    press(page, "Show")
    page.wait_for_url(re.compile("sex=female"))
    assert 0 < patients_of(page) < every
    assert save(page, "CSV").suggested_filename.endswith(".csv")


def patients_of(page: Page) -> int:
    """How many the report says that it is of."""
    return int(re.search(r"Patients: (\d+), as of", page.locator("main").inner_text())[1])


def test_the_second_person_confirms_a_new_dose(desk, demo_begin, patient_ids):
    with demo_begin() as work:
        work.session.get_one(Clinic, "demo").second_confirmation = True
        doctor = work.session.exec(select(Staff).where(Staff.email == "doctor@example.com")).one()
        record_decision(work, "demo", patient_ids["P-0002"], decision=DecisionKind.ACCEPTED, dose_mg=300,
                        reason=None, by=f"staff:{doctor.id}")  # fmt: skip
    page = desk("nurse", f"/patients/{patient_ids['P-0002']}")
    press(page, "Confirm 300 mg")
    expect(page.get_by_text("confirmed by")).to_be_visible()
