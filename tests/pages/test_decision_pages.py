"""Deciding, confirming, recalling and follow-up on the pages."""

import re
from datetime import timedelta

import pytest
from sqlmodel import select

from app.services.draw_days import today_of
from models import Clinic, Decision, DoseStart, FollowUp, Patient, Regimen, Visit

NURSE, DOCTOR, ADMIN = "nurse@example.com", "doctor@example.com", "admin@example.com"
OVERRIDE = {"decision": "overridden", "dose_mg": "300", "reason": "eyelids"}


@pytest.fixture
def at(signed_in, csrf_of, patient_ids):
    """at(email, path after the patient's, form) -> the page that follows."""

    def at(email, path, form):
        browser, mine = signed_in(email), f"/patients/{patient_ids['P-0002']}"
        token = csrf_of(browser.get(f"{mine}?lang=en").text)
        sent = {**form, "csrf_token": token}
        return browser.post(f"{mine}{path}", data=sent, follow_redirects=True)

    return at


@pytest.fixture
def two_persons(demo_begin):
    with demo_begin() as work:
        work.session.get_one(Clinic, "demo").second_confirmation = True


def every(begin, table, patient_ids):
    with begin() as work:
        return list(work.session.exec(select(table).where(table.patient_id == patient_ids["P-0002"])))


def test_a_decision_starts_the_dose_and_the_page_says_when(at, demo_begin, patient_ids):
    page = at(DOCTOR, "/decisions", OVERRIDE).text
    assert "The new dose starts Nov 25, 2026" in page and "starts Nov 25, 2026" in page
    assert "the patient has not opened it yet" in page
    assert [one.daily_dose_mg for one in every(demo_begin, Regimen, patient_ids)] == [400, 300]


def test_a_chosen_day_and_an_impossible_one(at, demo_begin, patient_ids):
    assert "today or within 90 days" in at(DOCTOR, "/decisions", OVERRIDE | {"starts_on": "2026-11-01"}).text
    assert "today or within" not in at(DOCTOR, "/decisions", OVERRIDE | {"starts_on": "2026-11-30"}).text
    assert [str(one.started_on) for one in every(demo_begin, DoseStart, patient_ids)] == ["2026-11-30"]


def test_until_a_second_person_confirms_the_page_shows_it_waiting(at, signed_in, two_persons, demo_begin, patient_ids):
    page = at(DOCTOR, "/decisions", OVERRIDE).text
    assert "waits for a second person" in page and "You signed it" in page
    [row] = every(demo_begin, Decision, patient_ids)
    assert every(demo_begin, DoseStart, patient_ids) == []
    confirm = f"/decisions/{row.id}/confirm"
    nurse = signed_in(NURSE).get(f"/patients/{patient_ids['P-0002']}?lang=en").text
    assert confirm in nurse and "Confirm 300 mg a day" in nurse
    assert "cannot confirm it" in at(DOCTOR, confirm, {}).text
    assert at(ADMIN, confirm, {}).status_code == 403
    assert "The new dose starts, and the patient is being told" in at(NURSE, confirm, {}).text
    assert len(every(demo_begin, DoseStart, patient_ids)) == 1


def test_a_waiting_decision_is_withdrawn_and_both_entries_stay(at, two_persons, demo_begin, patient_ids):
    at(DOCTOR, "/decisions", OVERRIDE)
    page = at(DOCTOR, "/decisions", {"decision": "withdrawn", "reason": "another patient was meant"}).text
    assert "another patient was meant" in page and "amended" in page and "eyelids" in page
    assert every(demo_begin, DoseStart, patient_ids) == []


def test_an_entry_is_amended_by_name(at, signed_in, demo_begin, patient_ids):
    at(DOCTOR, "/decisions", {"decision": "deferred", "reason": "wait for labs"})
    [row] = every(demo_begin, Decision, patient_ids)
    path = f"/patients/{patient_ids['P-0002']}?lang=en&amend={row.id}"
    assert f'name="amends" value="{row.id}"' in signed_in(DOCTOR).get(path).text
    page = at(DOCTOR, "/decisions", OVERRIDE | {"amends": row.id}).text
    assert "amends the entry of Nov 24, 2026" in page


def test_a_nurse_notes_that_the_patient_was_told(at, demo_begin, patient_ids):
    at(DOCTOR, "/decisions", OVERRIDE)
    assert "told to the patient" in at(NURSE, "/told", {}).text
    assert "still to be told" in at(NURSE, "/told", {}).text


def test_the_treatment_is_stopped_and_can_be_begun_again(at, clock, demo_begin, patient_ids):
    assert "The treatment stops" in at(DOCTOR, "/decisions", OVERRIDE | {"dose_mg": "0"}).text
    clock.now = clock.now.replace(day=28)
    page = at(DOCTOR, "/decisions", OVERRIDE).text
    assert "stop (0 mg)" in page and "The new dose starts Nov 29, 2026" in page


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_the_recall_list_plans_with_one_click(signed_in, csrf_of, demo_begin, patient_ids, language):
    browser = signed_in(NURSE)
    page = browser.get(f"/recall?lang={language}").text
    assert "P-0002" not in page and "page." not in page  # its visit is tomorrow, its level is done
    with demo_begin() as work:
        regimen = work.session.exec(select(Regimen).where(Regimen.patient_id == patient_ids["P-0004"])).one()
        regimen.started_on = regimen.started_on.replace(month=10)
        from app.services.recall_marks import mark_recall

        mark_recall(work, "demo", patient_ids["P-0004"])
    page = browser.get(f"/recall?lang={language}&kind=level").text
    action = f"/recall/{patient_ids['P-0004']}/level"
    assert action in page
    local = re.search(r'name="draw_at" value="([^"]+)"', page)[1]
    form = {"draw_at": local, "shown": "level", "csrf_token": csrf_of(page)}
    after = browser.post(action, data=form, follow_redirects=True).text
    assert ("planned Wed" in after) or ("安排在" in after)
    with demo_begin() as work:
        visits = work.session.exec(select(Visit).where(Visit.patient_id == patient_ids["P-0004"])).all()
    assert len(visits) == 1
    again = browser.post(action, data=form, follow_redirects=True).text
    assert ("planned already" in again) or ("已经安排过" in again)


@pytest.mark.parametrize("moment", ["nonsense", "2020-01-01T08:00"])
def test_a_time_that_cannot_be_is_refused_in_words(signed_in, csrf_of, demo_begin, patient_ids, moment):
    browser = signed_in(NURSE)
    token = csrf_of(browser.get("/recall").text)
    form = {"draw_at": moment, "csrf_token": token}
    answer = browser.post(f"/recall/{patient_ids['P-0001']}/visit", data=form, follow_redirects=True)
    assert answer.status_code == 200 and 'role="status"' in answer.text


def test_an_admin_reads_the_list_and_plans_nothing(signed_in, csrf_of, patient_ids):
    browser = signed_in(ADMIN)
    token = csrf_of(browser.get("/recall").text)
    assert browser.post(f"/recall/{patient_ids['P-0001']}/level", data={"csrf_token": token}).status_code == 403


def test_follow_up_by_phone_is_recorded_by_a_nurse(at, demo_begin, patient_ids):
    form = {"how": "phone", "seen_on": "2026-11-23", "treatment": "yes", "note": "feels well"}
    page = at(NURSE, "/follow-ups", form).text
    assert "The follow-up is recorded." in page and "feels well" in page and "on treatment" in page
    assert [one.on_treatment for one in every(demo_begin, FollowUp, patient_ids)] == [True]
    assert "has not come yet" in at(NURSE, "/follow-ups", {"how": "phone", "died_on": "2027-01-01"}).text
    assert at(ADMIN, "/follow-ups", form).status_code == 403


def test_a_later_recurrence_is_kept_and_the_page_says_that_the_first_counts(at):
    first = at(NURSE, "/follow-ups", {"how": "phone", "seen_on": "2026-11-05", "recurrence_on": "2026-11-05"}).text
    assert "The follow-up is recorded." in first and "The first recurrence is what counts" not in first
    page = at(NURSE, "/follow-ups", {"how": "phone", "seen_on": "2026-11-23", "recurrence_on": "2026-11-20"}).text
    assert "The first recurrence is what counts: Nov 5, 2026" in page and "recurrence Nov 20, 2026" in page
    assert "First recurrence or metastasis: Nov 5, 2026; the first one counts." in page


def test_a_death_in_the_past_needs_no_other_day_changed_and_life_after_it_is_asked_about(at, demo_begin, patient_ids):
    with demo_begin() as work:
        patient = work.session.get_one(Patient, ("demo", patient_ids["P-0002"]))
        today = today_of(work, patient)
    form = {"how": "phone", "seen_on": f"{today}", "seen_given": f"{today}"}
    died = form | {"died_on": f"{patient.surgery_date + timedelta(1)}"}
    page = at(NURSE, "/follow-ups", died)
    assert page.status_code == 422 and "the record shows the patient alive on" in page.text
    assert 'id="follow-error">“Died”: the record shows' in page.text  # beside the form, where one is looking
    assert 'name="confirmed"' in page.text and f'value="{died["died_on"]}"' in page.text
    at(NURSE, "/follow-ups", died | {"confirmed": "on"})
    with demo_begin() as work:
        row = work.session.get_one(Patient, ("demo", patient.id))
    assert f"{row.died_on}" == f"{row.last_follow_up_on}" == died["died_on"]
    assert "“Last seen” lies after the day of death" in at(NURSE, "/follow-ups", {**form, "seen_given": ""}).text


def test_no_longer_on_treatment_can_be_said_without_a_day(at, demo_begin, patient_ids):
    page = at(NURSE, "/follow-ups", {"how": "phone", "treatment": "no"}).text
    assert "off treatment, day not known" in page
    assert [one.on_treatment for one in every(demo_begin, FollowUp, patient_ids)] == [False]
    assert [step.daily_dose_mg for step in every(demo_begin, Regimen, patient_ids)][-1] == 0


def test_what_is_not_right_yet_stays_as_it_was_typed(at):
    sent = {"decision": "overridden", "dose_mg": "300", "starts_on": "2026-12-01"}
    answer = at(DOCTOR, "/decisions", sent)
    assert answer.status_code == 422 and "needs its reason" in answer.text
    for kept in ('value="overridden" checked', 'value="300" selected', 'name="starts_on" value="2026-12-01"'):
        assert kept in answer.text
    answer = at(NURSE, "/follow-ups", {"how": "online", "died_on": "2027-01-01", "note": "<b>told by her son</b>"})
    assert answer.status_code == 422
    for kept in ('value="online" selected', 'value="2027-01-01"', "&lt;b&gt;told by her son&lt;/b&gt;"):
        assert kept in answer.text


def test_what_leaves_a_patient_out_of_the_figures_is_a_tick(at, demo_begin, patient_ids):
    at(NURSE, "/follow-flags", {"other_malignancy": "on"})
    with demo_begin() as work:
        row = work.session.get_one(Patient, ("demo", patient_ids["P-0002"]))
    assert (row.other_malignancy, row.recurrent_or_unresectable) == (True, False)


def test_a_recurrence_after_enrolment_that_is_ticked_as_one_before_it_is_warned_of(at):
    both = "the cohort report leaves out this patient and the recurrence"
    told = at(NURSE, "/follow-ups", {"how": "phone", "recurrence_on": "2026-11-05"}).text
    assert "recurrent, metastatic or not resectable at enrolment, before imatinib" in told and both not in told
    assert at(NURSE, "/follow-flags", {"recurrent_or_unresectable": "on"}).text.count(both) == 2  # said, and stands
    assert both not in at(NURSE, "/follow-flags", {}).text


def test_another_clinics_patient_is_not_there_for_any_form(signed_in, csrf_of):
    browser = signed_in(DOCTOR)
    token = csrf_of(browser.get("/").text)
    for path in ("decisions", "follow-ups", "follow-flags", "told", "decisions/x/confirm"):
        form = {"csrf_token": token, "how": "phone", **OVERRIDE}
        assert browser.post(f"/patients/unknown/{path}", data=form).status_code == 404, path
