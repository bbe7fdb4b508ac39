"""Reading a summary and deciding on it, as a clinician does."""

import re

import pytest
from sqlmodel import select

from models import Decision, MedicineReview, Patient, Sex
from tests.pages.by_browser import overflow, sign_in

NURSE, DOCTOR = "nurse@example.com", "doctor@example.com"
ORDER = ["grades", "report", "course", "levels", "estimate", "quality", "labs", "medicines", "decision", "alerts-past", "follow"]


def test_the_parts_stand_in_the_order_of_a_consultation(signed_in, patient_ids):
    page = signed_in(DOCTOR).get(f"/patients/{patient_ids['P-0003']}?lang=en").text
    parts = [one for one in re.findall(r'<section class="[^"]*" id="([a-z0-9-]+)"', page) if one in ORDER]
    assert parts == ORDER


def test_measured_corrected_and_estimated_stand_in_one_row_of_a_level(signed_in, patient_ids):
    page = signed_in(DOCTOR).get(f"/patients/{patient_ids['P-0003']}?lang=en").text
    row = re.search(r'id="levels".*?<tbody>(.*?)</tr>', page, re.S)[1]
    cells = [re.sub(r"<.*?>|\s+", " ", one).split() for one in re.findall(r'<td class="n\b[^>]*>(.*?)</td>', row, re.S)]
    assert [one[0] for one in cells[:3]] == ["23.9", "1010", "1007"]
    assert 700 < int(cells[3][0]) < 1300


def test_the_questionnaires_are_there_first_before_and_now(signed_in, patient_ids):
    page = signed_in(DOCTOR).get(f"/patients/{patient_ids['P-0003']}?lang=en").text
    quality = page.partition('id="quality"')[2].partition("</section>")[0]
    assert quality.count("<th class=\"n\">") == 5
    assert "Physical, mean of four" in quality and "Mental, T score" in quality


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_patient_without_anything_has_a_page_that_says_what_is_not_there(signed_in, demo_begin, language):
    with demo_begin() as work:
        work.session.add(Patient(clinic_id="demo", id="newcomer", code="P-0009", year_of_birth=1970, sex=Sex.MALE,
                                 registered_at=work.now))  # fmt: skip
    page = signed_in(DOCTOR).get(f"/patients/newcomer?lang={language}").text
    assert ("Nothing has been recorded yet." in page) or ("还没有任何记录" in page)
    assert "timeline.svg" not in page and "page." not in page


def test_a_nurse_records_that_other_medicines_were_asked(signed_in, csrf_of, demo_begin, patient_ids):
    browser, path = signed_in(NURSE), f"/patients/{patient_ids['P-0002']}"
    page = browser.get(f"{path}?lang=en").text
    assert "other medicines: not asked" in page
    form = {"csrf_token": csrf_of(page), "answer": "none", "words": "grapefruit <juice>", "kinds": ["inhibitor"]}
    refused = browser.post(f"{path}/medicines", data=form)
    assert refused.status_code == 422
    assert "The answer is none, and medicines are named" in refused.text
    assert 'value="grapefruit &lt;juice&gt;"' in refused.text and 'value="inhibitor" checked' in refused.text
    kept = browser.post(f"{path}/medicines", data=form | {"answer": "listed"}, follow_redirects=True).text
    assert "is recorded" in kept and "may raise the level" in kept and "not asked" not in kept.partition('id="grades"')[0]
    with demo_begin() as work:
        assert [one.words for one in work.session.exec(select(MedicineReview))] == ["grapefruit <juice>"]


@pytest.mark.parametrize("wrong", [{"answer": "perhaps"}, {"answer": "none", "asked_on": "soon"}])
def test_an_answer_that_no_form_sends_is_refused_in_words(signed_in, csrf_of, patient_ids, wrong):
    browser, path = signed_in(NURSE), f"/patients/{patient_ids['P-0002']}"
    form = {"csrf_token": csrf_of(browser.get(path).text), **wrong}
    answer = browser.post(f"{path}/medicines?lang=en", data=form)
    assert answer.status_code == 422 and "Choose one of these, or give a day." in answer.text


@pytest.mark.main_task("patient_page")
def test_a_doctor_reads_and_decides_in_a_browser(address, browser_page, demo_begin, patient_ids):
    faults: list[str] = []
    sign_in(browser_page, address)
    browser_page.on("console", lambda message: faults.append(message.text))
    browser_page.set_viewport_size({"width": 1280, "height": 900})
    browser_page.goto(f"{address}/patients/{patient_ids['P-0002']}?lang=en")
    for told in ("400 mg", "1903", "The rule proposes 300 / 200 mg", "早上眼睛肿得睁不开", "Swelling around the eyes"):
        box = browser_page.get_by_text(told).first.bounding_box()
        assert box["y"] + box["height"] < 900, told
    kept = browser_page.evaluate("[...document.images].map(i => [i.complete, i.naturalWidth > 0, i.width / i.height, +i.getAttribute('width') / +i.getAttribute('height')])")
    assert kept[0][:2] == [True, True] and kept[0][2] == pytest.approx(kept[0][3], rel=0.02)
    browser_page.click(".verdict a")
    browser_page.check("input[value=overridden]")
    browser_page.select_option("select[name=dose_mg]", "300")
    browser_page.fill("#decision input[name=reason]", "eyelids")
    browser_page.click("#decision form.decide button")
    browser_page.get_by_text("The decision is recorded.").wait_for()
    with demo_begin() as work:
        assert [(one.dose_mg, one.reason) for one in work.session.exec(select(Decision).where(Decision.patient_id == patient_ids["P-0002"]))] == [(300, "eyelids")]
    assert overflow(browser_page, f"{address}/patients/{patient_ids['P-0002']}?lang=en", 390) <= 0
    assert faults == []
