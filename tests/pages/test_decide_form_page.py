"""The form of a decision: a proposed dose is one choice, and nothing typed is dropped without a word."""

import re
from datetime import timedelta

import pytest
from sqlmodel import select

from app.services.result_corrections import correct_sample
from models import Decision, Sample

DOCTOR = "doctor@example.com"


@pytest.fixture
def decide(signed_in, csrf_of, patient_ids):
    def decide(form, code="P-0002", language="en"):
        browser, path = signed_in(DOCTOR), f"/patients/{patient_ids[code]}"
        token = csrf_of(browser.get(f"{path}?lang={language}").text)
        return browser.post(f"{path}/decisions", data={**form, "csrf_token": token}, follow_redirects=True)

    return decide


@pytest.fixture
def recorded(demo_begin):
    def recorded():
        with demo_begin() as work:
            return [(one.decision, one.dose_mg) for one in work.session.exec(select(Decision))]

    before = recorded()
    return lambda: recorded()[len(before):]


def test_a_doctor_accepts_a_proposed_dose_by_one_choice(desk, patient_ids, recorded):
    page = desk("doctor", f"/patients/{patient_ids['P-0002']}")
    page.get_by_label("Accept 300 mg").check()
    page.click("#decision form.decide button")
    page.get_by_text("The new dose starts").wait_for()
    assert recorded() == [("accepted", 300)]


def test_where_nothing_is_proposed_one_accepts_that_nothing_changes(decide, signed_in, patient_ids, recorded):
    page = signed_in(DOCTOR).get(f"/patients/{patient_ids['P-0004']}?lang=en").text
    assert "Accept, dose unchanged" in page and 'value="accepted:' not in page
    assert decide({"decision": "accepted"}, "P-0004").status_code == 200
    assert recorded() == [("accepted", None)]


@pytest.mark.parametrize(("form", "told"), [
    ({"decision": "accepted"}, "The rule proposes 300 / 200 mg: accept one of these"),
    ({"decision": "accepted", "dose_mg": "400"}, "The rule proposes 300 / 200 mg: accept one of these"),
    ({"decision": "accepted:300", "dose_mg": "200"}, "You accept one dose, and another is chosen"),
    ({"decision": "accepted:many"}, "missing or not right"), ({"decision": ""}, "missing or not right"),
])  # fmt: skip
def test_who_agrees_is_not_sent_to_record_an_override(decide, recorded, form, told):
    answer = decide(form | {"reason": "as <proposed>"})
    assert answer.status_code == 422 and told in answer.text and recorded() == []
    assert "as &lt;proposed&gt;" in re.search(r'id="decision".*?</form>', answer.text, re.S)[0]


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("dropped", [{"dose_mg": "300"}, {"starts_on": "2026-12-01"}])
def test_to_defer_with_a_dose_or_a_day_is_refused_and_stays_as_it_was_typed(decide, recorded, dropped, language):
    answer = decide({"decision": "deferred", "reason": "wait", **dropped}, language=language)
    assert answer.status_code == 422 and recorded() == []
    assert "start no dose" in answer.text or "不会开始新剂量" in answer.text
    assert 'value="deferred" checked' in answer.text
    assert 'value="300" selected' in answer.text or 'value="2026-12-01"' in answer.text


def test_that_a_level_was_corrected_is_said_at_the_entry_in_force_alone(decide, signed_in, demo_begin, patient_ids, clock):
    for form in ({"decision": "accepted:300"}, {"decision": "withdrawn", "reason": "a slip"},
                 {"decision": "deferred"}, {"decision": "accepted:200"}):  # fmt: skip
        assert decide(form).status_code == 200
    clock.now += timedelta(hours=1)
    with demo_begin() as work:
        sample = work.session.exec(select(Sample).where(Sample.patient_id == patient_ids["P-0002"])).one()
        correct_sample(work, "demo", sample.id, reason="another tube", by="staff:2", concentration=1205.0)
    page = signed_in(DOCTOR).get(f"/patients/{patient_ids['P-0002']}?lang=en").text
    entries = page.partition('id="decision"')[2].partition("</section>")[0].split('<div class="past decided')[1:]
    assert len(entries) == 4 and "200 mg" in entries[0]
    assert ["was corrected or taken back since" in one or "said amber" in one for one in entries] == [
        True, True, False, False,
    ]  # the dose that starts tomorrow, and the deferral before it
