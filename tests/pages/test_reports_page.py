"""Every report can be read and its grades confirmed; an alert shows the one that raised it."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlmodel import col, select

from app.services.free_text import hear_words
from app.services.reports import report_symptoms
from models import Alert, Audit, Patient, Provenance, SymptomGrade
from tests.pages.by_browser import press

NURSE, DOCTOR = "nurse@example.com", "doctor@example.com"
BLURRED = {"periorbital_edema.swelling": "firm", "periorbital_edema.vision": "affected"}
FIRM = {"periorbital_edema.swelling": "firm", "periorbital_edema.vision": "no",
        "periorbital_edema.treatment": "none"}  # fmt: skip
WELL = {"periorbital_edema.swelling": "none"}


@pytest.fixture
def reports(demo_begin, patient_ids, clock):
    """reports(answers, days) -> what became of a report of P-0001, days after the last."""

    def reports(answers, days=0, **more):
        clock.now += timedelta(days=days)
        with demo_begin() as work:
            patient = work.session.get_one(Patient, ("demo", patient_ids["P-0001"]))
            provenance = Provenance.PATIENT_AT_THE_MOMENT
            return report_symptoms(
                work, patient, answers=answers, intolerable=False, provenance=provenance, **more
            )

    return reports


def report_card(page: str) -> str:
    return page.partition('id="report"')[2].partition("</section>")[0]


def test_an_old_alert_shows_the_report_that_raised_it_and_the_dose_and_year_of_then(
    signed_in, reports, demo_begin
):
    told = reports(BLURRED)
    reports(WELL, days=400)
    page = signed_in(NURSE).get(f"/alerts/{told.alert.id}?lang=en").text
    card = report_card(page)
    assert "The report behind this alert" in card and 'class="g g3"' in card
    assert f"/reports/{told.report.id}/" in card  # its own grades are the ones to confirm
    assert f", {told.report.reported_at.year}" in card and told.report.reported_at.year == 2026


def test_the_report_of_an_alert_is_the_patients_correction_where_there_is_one(signed_in, reports, demo_begin):
    told = reports(BLURRED)
    with demo_begin() as work:
        old = work.session.merge(told.report)
    better = reports(FIRM, corrects=old)
    with demo_begin() as work:
        work.session.get_one(type(old), ("demo", old.id)).replaced_by = better.report.id
    card = report_card(signed_in(NURSE).get(f"/alerts/{told.alert.id}?lang=en").text)
    assert f"/reports/{better.report.id}/" in card and "Earlier versions, which the patient corrected" in card


def test_below_an_alert_of_words_the_last_report_is_folded_and_not_called_its_cause(
    signed_in, demo_begin, patient_ids
):
    with demo_begin() as work:
        patient = work.session.get_one(Patient, ("demo", patient_ids["P-0002"]))
        hear_words(work, patient, "刚才晕倒了")
        query = select(Alert.id).where(Alert.patient_id == patient.id, Alert.state == "open")
        alert = work.session.exec(query.order_by(col(Alert.id).desc())).first()
    card = report_card(signed_in(NURSE).get(f"/alerts/{alert}?lang=en").text)
    assert card.index("<details>") < card.index("not what raised this alert") < card.index("</summary>")


def test_all_reports_are_read_page_by_page_and_that_is_audited(signed_in, reports, demo_begin, patient_ids):
    first = reports(BLURRED)
    for _ in range(20):
        reports(WELL, days=1)
    browser, path = signed_in(NURSE), f"/patients/{patient_ids['P-0001']}"
    assert f'href="{path}/reports"' in browser.get(path).text
    page = browser.get(f"{path}/reports?lang=en").text
    assert page.count('class="card" id="report-') == 20 and first.report.id not in page
    following = page.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert f'id="report-{first.report.id}"' in browser.get(following).text
    with demo_begin() as work:
        assert "symptom_reports.read" in set(work.session.exec(select(Audit.action)))


@pytest.mark.main_task("reports_page")
def test_the_worst_grade_of_an_earlier_report_is_confirmed_where_it_is_read(desk, reports, demo_begin, patient_ids):
    first = reports(BLURRED)
    reports(WELL, days=1)
    page = desk("nurse", f"/patients/{patient_ids['P-0001']}")
    press(page, "See all symptom reports")
    card = page.locator(f"#report-{first.report.id}")
    card.get_by_text("Confirm grades").click()
    card.get_by_role("button", name="Confirm").first.click()
    expect(page.get_by_text("The grade is confirmed.")).to_be_visible()
    assert page.url.endswith(f"/reports#report-{first.report.id}") or "/reports?" in page.url
    with demo_begin() as work:
        query = select(SymptomGrade.report_id).where(col(SymptomGrade.confirmed_grade).is_not(None))
        assert first.report.id in set(work.session.exec(query))
