"""Signing in, reading and deciding on the clinic's pages."""

import re

import pytest
from sqlmodel import select

from app import demo
from app.texts import catalogue
from models import Alert, AlertState, Audit, Decision, Patient, Staff
from models.columns import new_id

NURSE, DOCTOR = "nurse@example.com", "doctor@example.com"


def test_who_is_signed_out_is_asked_to_sign_in(app):
    answer = app.test_client().get("/")
    assert answer.status_code == 302
    assert "/login" in answer.location


def test_a_wrong_password_is_not_let_in(app, csrf_of):
    browser = app.test_client()
    form = {"email": NURSE, "password": "wrong", "csrf_token": csrf_of(browser.get("/login").text)}
    answer = browser.post("/login", data=form)
    assert answer.status_code == 200
    assert "邮箱或密码不正确" in answer.text


def test_the_queue_lists_the_visits_and_the_patients_codes(signed_in):
    page = signed_in(NURSE).get("/").text
    assert all(code in page for code in ("P-0001", "P-0002", "P-0003"))


def test_the_summary_shows_the_corrected_level_and_the_proposal(signed_in, patient_ids):
    page = signed_in(DOCTOR).get(f"/patients/{patient_ids['P-0002']}?lang=en").text
    assert "1903" in page
    assert "2010" in page
    assert "The rule proposes 300 / 200 mg" in page


@pytest.mark.parametrize("code", ["P-0001", "P-0003", "P-0004"])
@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_every_demo_patient_has_a_summary_in_both_languages(signed_in, patient_ids, code, language):
    answer = signed_in(DOCTOR).get(f"/patients/{patient_ids[code]}?lang={language}")
    assert answer.status_code == 200
    assert "page." not in answer.text


def test_reading_a_summary_is_audited(signed_in, patient_ids, demo_begin):
    signed_in(NURSE).get(f"/patients/{patient_ids['P-0002']}")
    with demo_begin() as work:
        rows = work.session.exec(select(Audit).where(Audit.action == "summary.read")).all()
    assert [row.patient_id for row in rows] == [patient_ids["P-0002"]]
    assert rows[0].actor.startswith("staff:")


def test_a_patient_of_another_clinic_is_not_found(signed_in):
    assert signed_in(NURSE).get("/patients/unknown").status_code == 404


def test_a_nurse_cannot_decide_on_a_dose(signed_in, patient_ids, demo_begin, csrf_of):
    browser, path = signed_in(NURSE), f"/patients/{patient_ids['P-0002']}"
    form = {"decision": "accepted", "dose_mg": "300", "csrf_token": csrf_of(browser.get(path).text)}
    assert browser.post(f"{path}/decisions", data=form).status_code == 403
    assert decisions_of(demo_begin, patient_ids["P-0002"]) == []


def test_a_doctor_accepts_the_proposal(signed_in, patient_ids, demo_begin, csrf_of):
    browser, path = signed_in(DOCTOR), f"/patients/{patient_ids['P-0002']}"
    form = {"decision": "accepted", "dose_mg": "300", "csrf_token": csrf_of(browser.get(path).text)}
    assert browser.post(f"{path}/decisions", data=form).status_code == 302
    assert [one.dose_mg for one in decisions_of(demo_begin, patient_ids["P-0002"])] == [300]


def test_an_override_asks_for_its_reason(signed_in, patient_ids, demo_begin, csrf_of):
    browser, path = signed_in(DOCTOR), f"/patients/{patient_ids['P-0002']}"
    token = csrf_of(browser.get(path).text)
    form = {"decision": "overridden", "dose_mg": "400", "csrf_token": token}
    answer = browser.post(f"{path}/decisions", data=form, follow_redirects=True)
    assert "不采纳时请填写理由" in answer.text
    assert decisions_of(demo_begin, patient_ids["P-0002"]) == []


def test_a_decision_without_a_token_is_refused(signed_in, patient_ids, demo_begin):
    path = f"/patients/{patient_ids['P-0002']}/decisions"
    answer = signed_in(DOCTOR).post(path, data={"decision": "deferred"})
    assert answer.status_code == 400
    assert decisions_of(demo_begin, patient_ids["P-0002"]) == []


def decisions_of(begin, patient_id):
    with begin() as work:
        return list(work.session.exec(select(Decision).where(Decision.patient_id == patient_id)))


@pytest.fixture
def alert(demo_begin, patient_ids) -> Alert:
    with demo_begin() as work:
        alert = Alert(
            clinic_id="demo", id=new_id(work.now), patient_id=patient_ids["P-0001"], code="WX42",
            family="gi", causes=["grade_3", "red_flag:gi_bleeding"], grade=3, raised_at=work.now,
        )  # fmt: skip
        work.session.add(alert)
    return alert


def test_the_link_of_an_sms_takes_the_answer(signed_in, alert, demo_begin, csrf_of):
    browser = signed_in(NURSE)
    page = browser.get(f"/a/{alert.code}").text
    token = csrf_of(page)
    browser.post(f"/alerts/{alert.id}/acknowledge", data={"csrf_token": token})
    form = {"disposition": "emergency", "note": "急诊", "csrf_token": token}
    browser.post(f"/alerts/{alert.id}/close", data=form)
    with demo_begin() as work:
        closed = work.session.get_one(Alert, ("demo", alert.id))
    assert (closed.state, closed.disposition) == (AlertState.CLOSED, "emergency")


def test_the_pages_run_no_script_but_our_files_and_no_inline_style(signed_in, patient_ids):
    answer = signed_in(DOCTOR).get(f"/patients/{patient_ids['P-0003']}")
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
    assert "style=" not in answer.text
    assert re.findall(r"<script[^>]*>[^<]*", answer.text) == [
        '<script src="/clinic-static/keys.js" defer>',
        '<script src="/clinic-static/phrases.js" defer>',
    ]


def test_the_drawing_of_the_levels_is_svg(signed_in, patient_ids):
    answer = signed_in(DOCTOR).get(f"/patients/{patient_ids['P-0003']}/timeline.svg")
    assert answer.mimetype == "image/svg+xml"
    assert b"<svg" in answer.data


def test_both_languages_have_the_same_words():
    chinese, english = (
        {key for key in catalogue(language) if key.startswith("page.")}
        for language in ("zh-CN", "en")
    )
    assert chinese == english


def test_the_demo_clinic_is_made_once(settings, demo_begin):
    with demo_begin() as work:
        demo.seed(settings, work)
    with demo_begin() as work:
        assert len(work.session.exec(select(Patient)).all()) == 4
        assert len(work.session.exec(select(Staff)).all()) == len(demo.STAFF)


def test_there_is_no_demo_clinic_outside_the_sandbox(settings, demo_begin):
    from dataclasses import replace

    with pytest.raises(demo.OnlyInTheSandbox), demo_begin() as work:
        demo.seed(replace(settings, sandbox=False), work)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_the_estimate_stands_beside_the_level_with_its_curve(signed_in, patient_ids, language):
    browser = signed_in(DOCTOR)
    page = browser.get(f"/patients/{patient_ids['P-0002']}?lang={language}").text
    assert 'id="estimate"' in page and "Widmer 2006" in page and "page.estimate" not in page
    drawing = browser.get(f"/patients/{patient_ids['P-0002']}/estimate.svg")
    assert drawing.status_code == 200 and drawing.data.lstrip().startswith(b"<?xml")


def test_a_patient_without_a_level_has_no_estimate(signed_in, patient_ids, demo_begin):
    from models import Sample

    with demo_begin() as work:
        having = {one.patient_id for one in work.session.exec(select(Sample))}
    without = next(one for one in patient_ids.values() if one not in having)
    browser = signed_in(DOCTOR)
    assert 'id="estimate"' not in browser.get(f"/patients/{without}").text
    assert browser.get(f"/patients/{without}/estimate.svg").status_code == 404
