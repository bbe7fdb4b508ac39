"""A patient is registered, edited and begun on the clinic's pages: what the API takes, as forms."""

import re
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Page
from sqlmodel import select

from app.pages.patient_form import CHANGED, NEW
from app.services.told import PatientBody, PatientChange
from models import Audit, Dose, Invitation, Message, Patient, Recall, RecallMark, Regimen, Visit
from tests.pages.by_browser import sign_in

NURSE, DOCTOR, ADMIN = "nurse@example.com", "doctor@example.com", "admin@example.com"
NEEDED = {"year_of_birth": "1966", "sex": "female", "language": "zh-CN", "time_zone": "Asia/Shanghai"}


@pytest.fixture
def send(signed_in, csrf_of):
    """send(email, path, form) -> the page that follows."""

    def send(email, path, form):
        browser = signed_in(email)
        token = csrf_of(browser.get("/me?lang=en").text)
        return browser.post(path, data={**form, "csrf_token": token}, follow_redirects=True)

    return send


def one(begin, table, **of):
    with begin() as work:
        query = select(table).where(*(getattr(table, name) == value for name, value in of.items()))
        return work.session.exec(query).one()


def test_the_forms_ask_for_all_that_the_contract_takes():
    asked = {field.name for group in NEW.values() for field in group}
    later = {"recurrence_on", "died_on", "last_follow_up_on"}  # of a course, when it is edited
    assert asked == set(PatientBody.model_fields) - later
    changed = {field.name for group in CHANGED.values() for field in group}
    in_the_chat = {"dose_reminder", "check_weekday", "check_at"}  # which the patient sets
    assert changed == set(PatientChange.model_fields) - in_the_chat


@pytest.mark.parametrize("email", [NURSE, DOCTOR, ADMIN])
def test_what_is_needed_is_enough_and_leads_to_the_first_steps(send, demo_begin, email):
    page = send(email, "/patients/new", NEEDED).text
    assert "P-0005 is registered." in page and "Make the card" in page
    row = one(demo_begin, Patient, code="P-0005")
    assert (row.year_of_birth, row.sex, row.weight_kg, row.surgery_date) == (1966, "female", None, None)
    with demo_begin() as work:
        told = work.session.exec(select(Audit).where(Audit.patient_id == row.id).order_by(Audit.id)).all()
    assert [line.action for line in told] == ["patient.register", "patient.read"]


def test_everything_that_is_told_is_kept(send, demo_begin):
    form = {
        **NEEDED, "code": "GIST-7", "phone": "+86 138 0013 8000", "surgery_date": "2026-09-01", "risk": "high",
        "site": "stomach", "operation": "small_bowel", "mutation": "kit_11", "weight_kg": "58.5", "height_cm": "160",
        "tumour_diameter_cm": "6", "mitoses_per_50_hpf": "0", "preoperative_imatinib": "on", "other_malignancy": "on",
    }  # fmt: skip
    send(NURSE, "/patients/new", form)
    row = one(demo_begin, Patient, code="GIST-7")
    assert (row.phone, str(row.surgery_date), row.weight_kg, row.mitoses_per_50_hpf) == ("+8613800138000", "2026-09-01", 58.5, 0)
    assert (row.preoperative_imatinib, row.recurrent_or_unresectable, row.other_malignancy) == (True, False, True)


@pytest.mark.parametrize(("field", "value", "said"), [
    ("year_of_birth", "66", "four digits"), ("year_of_birth", "", "four digits"), ("sex", "", "Choose one"),
    ("phone", "13800138000", "country code"), ("time_zone", "Wuhan", "no such time zone"), ("weight_kg", "-1", "above zero"),
    ("surgery_date", "1.9.2026", "Choose a day"), ("code", "a b", "Letters, digits"), ("code", "P-0001", "with this code already"),
    ("risk", "huge", "Choose one"),
])  # fmt: skip
def test_what_cannot_be_stands_beside_its_field_and_the_rest_stays(send, demo_begin, field, value, said):
    answer = send(NURSE, "/patients/new", {**NEEDED, "height_cm": "161.5", field: value})
    assert answer.status_code == 422
    [beside] = re.findall(rf'id="{field}-error">(.*?)</span>', answer.text)
    assert said in beside
    assert 'value="161.5"' in answer.text and 'value="female" selected' in answer.text or field == "sex"
    with demo_begin() as work:
        assert len(work.session.exec(select(Patient)).all()) == 4


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_every_word_of_the_forms_is_in_both_languages(signed_in, patient_ids, language):
    browser = signed_in(DOCTOR)
    mine = f"/patients/{patient_ids['P-0004']}"
    for path in ("/patients/new", f"{mine}/edit", f"{mine}/begin", mine):
        page = browser.get(f"{path}?lang={language}").text.replace("/clinic-static", "")
        assert re.findall(r"page\.[a-z_.]+", page) == [], path


def test_an_edit_keeps_what_is_not_changed(send, signed_in, patient_ids, demo_begin):
    mine = patient_ids["P-0003"]
    before = one(demo_begin, Patient, id=mine)
    page = signed_in(NURSE).get(f"/patients/{mine}/edit").text
    fields = dict(re.findall(r'name="(\w+)" type="\w+"[^>]*? value="([^"]*)"', page))
    chosen = dict(re.findall(r'<select class="form-select" name="(\w+)".*?<option value="([^"]+)" selected', page))
    ticked = {name: "on" for name in re.findall(r'type="checkbox" name="(\w+)" checked', page)}
    answer = send(NURSE, f"/patients/{mine}/edit", {**fields, **chosen, **ticked, "weight_kg": "69.5"})
    assert answer.status_code == 200
    after = one(demo_begin, Patient, id=mine)
    same = set(Patient.model_fields) - {"weight_kg"}
    assert [name for name in same if getattr(after, name) != getattr(before, name)] == []
    assert after.weight_kg == 69.5


@pytest.fixture
def opened(signed_in, patient_ids):
    """The edit form as it was opened, by name; and its address."""
    path = f"/patients/{patient_ids['P-0003']}/edit"
    page = signed_in(NURSE).get(f"{path}?lang=en").text
    fields = dict(re.findall(r'name="(\w+)" type="\w+"[^>]*? value="([^"]*)"', page))
    chosen = dict(re.findall(r'<select class="form-select" name="(\w+)".*?<option value="([^"]+)" selected', page))
    shown = re.search(r'name="shown" value="([^"]*)"', page)[1]
    ticked = {name: "on" for name in re.findall(r'type="checkbox" name="(\w+)" checked', page)}
    return path, {**fields, **chosen, **ticked, "shown": shown}


def test_what_another_changed_meanwhile_is_named_and_not_undone(send, opened, demo_begin, patient_ids):
    path, form = opened
    with demo_begin() as work:
        row = work.session.get_one(Patient, ("demo", patient_ids["P-0003"]))
        row.recurrence_on, row.weight_kg, row.other_malignancy = date(2026, 11, 1), 88.0, True
    answer = send(NURSE, path, {**form, "weight_kg": "69.5", "height_cm": "170"})
    assert answer.status_code == 409
    named = "changed Weight, kg, Another malignancy at enrolment, First recurrence or metastasis on."
    assert named in answer.text and "the record by now: 88</span>" in answer.text
    assert all(kept in answer.text for kept in ('value="69.5"', 'value="170"', 'value="2026-11-01"', 'name="other_malignancy" checked'))
    assert one(demo_begin, Patient, id=patient_ids["P-0003"]).height_cm != 170
    again = {**form, "shown": re.search(r'name="shown" value="([^"]*)"', answer.text)[1]}
    kept = {"weight_kg": "69.5", "height_cm": "170", "recurrence_on": "2026-11-01", "other_malignancy": "on"}
    assert send(NURSE, path, {**again, **kept}).status_code == 200
    row = one(demo_begin, Patient, id=patient_ids["P-0003"])
    assert (row.weight_kg, row.height_cm, row.recurrence_on, row.other_malignancy) == (69.5, 170, date(2026, 11, 1), True)


def test_a_slip_in_a_form_that_is_behind_the_record_does_not_hide_that_it_is(send, opened, demo_begin, patient_ids):
    path, form = opened
    with demo_begin() as work:
        work.session.get_one(Patient, ("demo", patient_ids["P-0003"])).weight_kg = 88.0
    slip = send(NURSE, path, {**form, "height_cm": "-1"})
    assert slip.status_code == 422 and f'name="shown" value="{form["shown"]}"' in slip.text
    assert send(NURSE, path, form).status_code == 409
    same = {**form, "weight_kg": "88"}
    assert send(NURSE, path, same).status_code == 200


def test_an_edit_that_cannot_be_changes_nothing(send, patient_ids, demo_begin):
    mine = patient_ids["P-0001"]
    answer = send(NURSE, f"/patients/{mine}/edit", {**NEEDED, "usual_dose_time": "8 o'clock", "weight_kg": "60"})
    assert (answer.status_code, 'id="usual_dose_time-error"' in answer.text) == (422, True)
    assert one(demo_begin, Patient, id=mine).weight_kg is None


@pytest.fixture
def newcomer(send, demo_begin):
    """A patient who was just registered."""
    send(NURSE, "/patients/new", NEEDED)
    return one(demo_begin, Patient, code="P-0005").id


def test_a_nurse_enters_the_dose_as_somebody_prescribed_it(send, newcomer, demo_begin):
    form = {"daily_dose_mg": "400", "started_on": "2026-11-24", "after": "begin"}
    answer = send(NURSE, f"/patients/{newcomer}/regimens", form)
    assert (answer.status_code, 'id="regimen-prescribed_by-error">Write who' in answer.text) == (422, True)
    assert "Make the card" in answer.text  # still on the first steps
    page = send(NURSE, f"/patients/{newcomer}/regimens", {**form, "prescribed_by": "Dr Wang"}).text
    assert "400 mg" in page and "as prescribed by Dr Wang" in page
    row = one(demo_begin, Regimen, patient_id=newcomer)
    assert (row.daily_dose_mg, str(row.started_on)) == (400, "2026-11-24")
    with demo_begin() as work:
        marked = work.session.exec(select(RecallMark).where(RecallMark.patient_id == newcomer)).all()
        due = work.session.exec(select(Recall).where(Recall.patient_id == newcomer)).all()
    assert marked or due
    again = send(DOCTOR, f"/patients/{newcomer}/regimens", form)
    assert (again.status_code, "starts on this day already" in again.text) == (422, True)


def test_a_dose_told_by_phone_is_marked_as_told_to_staff(send, patient_ids, demo_begin):
    mine = patient_ids["P-0002"]
    form = {"taken_at": "2026-11-23T07:30", "status": "taken", "dose_mg": ""}
    assert "The dose is kept" in send(NURSE, f"/patients/{mine}/doses", form).text
    with demo_begin() as work:
        rows = work.session.exec(select(Dose).where(Dose.patient_id == mine, Dose.provenance == "staff")).all()
    assert [(row.taken_at.isoformat(), row.dose_mg, row.status) for row in rows] == [("2026-11-22T23:30:00+00:00", 400, "taken")]
    for wrong, field in ({"taken_at": "2026-12-01T08:00"}, "taken_at"), ({"taken_at": ""}, "taken_at"), ({"status": "lost"}, "status"):
        answer = send(NURSE, f"/patients/{mine}/doses", {**form, **wrong})
        assert (answer.status_code, f'id="dose-{field}-error"' in answer.text) == (422, True), wrong


def test_a_dose_without_a_prescription_says_what_to_enter_first(send, newcomer):
    form = {"taken_at": "2026-11-23T07:30", "status": "taken", "dose_mg": ""}
    answer = send(NURSE, f"/patients/{newcomer}/doses", form)
    assert (answer.status_code, "enter the dose step first" in answer.text) == (422, True)


def test_a_visit_is_planned_and_the_patient_told(send, patient_ids, demo_begin):
    mine = patient_ids["P-0003"]
    form = {"draw_at": "2026-12-10T08:00", "purpose": "trough"}
    assert "The patient is being told" in send(NURSE, f"/patients/{mine}/visits", form).text
    row = one(demo_begin, Visit, patient_id=mine, draw_at=datetime(2026, 12, 10, tzinfo=UTC))
    with demo_begin() as work:
        keys = set(work.session.exec(select(Message.key).where(Message.about == f"visit:{row.id}")))
    assert "visit.new" in keys
    for wrong, field in ({"draw_at": "2026-11-01T08:00"}, "draw_at"), ({"draw_at": ""}, "draw_at"), ({"purpose": "tea"}, "purpose"):
        answer = send(NURSE, f"/patients/{mine}/visits", {**form, **wrong})
        assert (answer.status_code, f'id="visit-{field}-error"' in answer.text) == (422, True), wrong


@pytest.mark.main_task("new_patient", "begin_page")
def test_from_the_first_field_to_the_card_in_one_flow(address: str, browser_page: Page, demo_begin):
    page = browser_page
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, address, NURSE)
    page.goto(f"{address}/patients?lang=zh-CN")
    page.click("text=登记患者")
    page.fill("[name=year_of_birth]", "1959")
    page.select_option("[name=sex]", "male")
    page.click("form.register button")
    page.fill("[name=prescribed_by]", "王医生")
    page.click("#enter-regimen button")
    page.click("#card-step button")
    assert page.locator("#card .code b").inner_text().strip()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    row = one(demo_begin, Patient, code="P-0005")
    assert one(demo_begin, Invitation, patient_id=row.id).proxy is False
    assert one(demo_begin, Regimen, patient_id=row.id).daily_dose_mg == 400
