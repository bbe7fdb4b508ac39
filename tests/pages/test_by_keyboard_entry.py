"""What a nurse enters, in a real browser and without a mouse."""

import re

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from app.services.doses import latest_doses
from models import Dose, FollowUp, InboxItem, Lab, Patient, Provenance, Sample
from tests.pages.by_browser import press, tab_to, write


@pytest.mark.main_task("results_page", "correct_page")
def test_a_level_that_was_typed_wrongly_is_corrected_with_a_reason(desk, demo_begin, patient_ids):
    page = desk("nurse", f"/patients/{patient_ids['P-0002']}/results")
    press(page, "Correct")
    write(page, "Result", "1234")
    write(page, "Why it is corrected", "misread")
    press(page, "Keep the correction")
    expect(page.get_by_text("Corrected. What it was is kept.")).to_be_visible()
    with demo_begin() as work:
        kept = work.session.exec(select(Sample).where(Sample.corrected_at.is_not(None))).one()
    assert kept.concentration == 1234


def test_a_value_of_another_patient_is_taken_back(desk, demo_begin, patient_ids):
    with demo_begin() as work:
        lab = work.session.exec(select(Lab).where(Lab.patient_id == patient_ids["P-0002"])).first()
    page = desk("nurse", f"/patients/{patient_ids['P-0002']}/results/lab/{lab.id}")
    write(page, "Why it is taken back", "tube of P-0009")
    press(page, "Take it back")
    expect(page.get_by_text("Taken back. It counts nowhere any more.")).to_be_visible()
    expect(page.locator("del").first).to_be_visible()


@pytest.mark.main_task("label_page")
def test_three_labels_are_saved_for_the_printer_of_labels(desk, visit):
    page = desk("nurse", f"/patients/{visit.patient_id}/visits/{visit.id}/draw")
    press(page, "Tube label")
    write(page, "How many", "3")
    press(page, "Show")
    expect(page.locator(".tube-label")).to_have_count(3)
    tab_to(page, "PDF to print")
    with page.expect_response("**/label.pdf?n=3") as shown:
        page.keyboard.press("Enter")
    assert shown.value.headers["content-type"] == "application/pdf"


@pytest.mark.main_task("edit_page")
def test_a_new_phone_number_is_kept(desk, demo_begin, patient_ids):
    page = desk("nurse", f"/patients/{patient_ids['P-0001']}/edit")
    write(page, "Phone, with + and country code", "+86 138 0000 2222")
    press(page, "Keep")
    page.wait_for_url(re.compile(patient_ids["P-0001"] + r"(?!/edit)"))
    with demo_begin() as work:
        assert work.session.get_one(Patient, ("demo", patient_ids["P-0001"])).phone == "+8613800002222"


@pytest.mark.main_task("card_page")
def test_a_card_is_made_for_a_patients_phone(desk, patient_ids):
    page = desk("nurse", f"/patients/{patient_ids['P-0001']}")
    press(page, "Card for the patient")
    expect(page.get_by_text("Card for P-0001").or_(page.get_by_text("Link your phone")).first).to_be_visible()
    expect(page.locator(".scan svg")).to_be_visible()
    assert re.fullmatch(r"[A-Z0-9-]{6,}", page.locator(".handed .code b").inner_text().replace(" ", ""))


def test_a_follow_up_by_phone_is_recorded(desk, demo_begin, patient_ids):
    page = desk("nurse", f"/patients/{patient_ids['P-0003']}")
    write(page, "Treatment", "still taken")
    tab_to(page, "Note")
    while page.evaluate("document.activeElement.closest('#follow') === null"):
        tab_to(page, "Note")
    page.keyboard.type("well, walks every day")
    press(page, "Record")
    expect(page.get_by_text("The follow-up is recorded.")).to_be_visible()
    with demo_begin() as work:
        row = work.session.exec(select(FollowUp).where(FollowUp.patient_id == patient_ids["P-0003"])).one()
    assert (row.how, row.on_treatment, row.note) == ("phone", True, "well, walks every day")


def test_a_dose_told_by_mistake_counts_no_longer_and_its_level_is_to_be_checked(desk, demo_begin, patient_ids):
    mine = patient_ids["P-0002"]
    with demo_begin() as work:
        patient = work.session.get_one(Patient, ("demo", mine))
        level = work.session.exec(
            select(Sample).where(Sample.patient_id == mine).order_by(Sample.drawn_at.desc())
        ).first()
        [dose] = latest_doses(work, patient, 1)
        dose.provenance = level.dose_provenance = Provenance.STAFF
        level.last_dose_at = dose.taken_at
    page = desk("nurse", f"/patients/{mine}")
    press(page, "The doses told last")
    press(page, "Told by mistake")
    expect(page.get_by_text("The dose counts no longer.")).to_be_visible()
    with demo_begin() as work:
        assert work.session.get_one(Dose, ("demo", dose.id)).withdrawn_at
        said = work.session.exec(select(InboxItem.data).where(InboxItem.patient_id == mine)).all()
    assert "desk.dose_of_level_corrected" in [one.get("says") for one in said]
