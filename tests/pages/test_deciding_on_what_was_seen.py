"""A decision is signed on what stood on the page, and on nothing else."""

import re

import pytest
from sqlmodel import select

from app.services.result_corrections import correct_sample
from models import Alert, Decision, Sample

NURSE, DOCTOR = "nurse@example.com", "doctor@example.com"
ACCEPT = {"decision": "accepted", "dose_mg": "300", "starts_on": "2026-12-01", "reason": "talked <through>"}


@pytest.fixture
def opened(signed_in, csrf_of, patient_ids):
    """opened(language) -> record(form), of a page that a doctor has opened and left open."""

    def opened(language="en"):
        browser, path = signed_in(DOCTOR), f"/patients/{patient_ids['P-0002']}"
        page = browser.get(f"{path}?lang={language}").text
        shown = {"csrf_token": csrf_of(page), "seen": seen_in(page)}
        return lambda form, **more: browser.post(f"{path}/decisions", data=shown | form | more, follow_redirects=True)

    return opened


def seen_in(page):
    return re.search(r'name="seen" value="([^"]+)"', page)[1]


def correct_the_level(demo_begin, patient_ids, concentration=1205.0):
    with demo_begin() as work:
        sample = work.session.exec(select(Sample).where(Sample.patient_id == patient_ids["P-0002"])).one()
        correct_sample(work, "demo", sample.id, reason="another tube", by="staff:2", concentration=concentration)


def recorded(demo_begin, patient_ids):
    with demo_begin() as work:
        return list(work.session.exec(select(Decision).where(Decision.patient_id == patient_ids["P-0002"])))


@pytest.mark.parametrize(("language", "why"), [("en", "this changed after you opened the page"), ("zh-CN", "您打开本页之后有变化")])
def test_a_level_corrected_meanwhile_is_shown_before_anything_is_signed(
    opened, demo_begin, patient_ids, language, why
):
    record = opened(language)
    correct_the_level(demo_begin, patient_ids)
    answer = record(ACCEPT)
    assert answer.status_code == 422 and recorded(demo_begin, patient_ids) == []
    told = answer.text.partition('<section class="head">')[0]
    assert why in told and "1141" in told and "300 mg" in told  # the level, and what the rule says by now
    for kept in ('name="starts_on" value="2026-12-01"', "talked &lt;through&gt;"):
        assert kept in answer.text
    assert record(ACCEPT, seen=seen_in(answer.text)).status_code == 200
    assert [one.dose_mg for one in recorded(demo_begin, patient_ids)] == [300]


def test_two_doctors_with_the_page_open_do_not_decide_past_each_other(opened, demo_begin, patient_ids):
    first, second = opened(), opened()
    assert first(ACCEPT).status_code == 200
    assert "Another decision was recorded" in second(ACCEPT).text
    assert len(recorded(demo_begin, patient_ids)) == 1


def test_an_alert_that_a_nurse_takes_changes_nothing_and_a_new_one_does(opened, demo_begin, patient_ids):
    record = opened()
    with demo_begin() as work:
        alert = work.session.exec(select(Alert).where(Alert.patient_id == patient_ids["P-0002"])).first()
        told = alert.model_dump(exclude={"id", "code", "closed_at", "state", "disposition"})
        work.session.add(Alert(**told, id="new", code="NEW1", state="open"))
    assert "Alerts not closed: " in record(ACCEPT).text
    record = opened()
    with demo_begin() as work:
        alert = work.session.get_one(Alert, ("demo", "new"))
        alert.state, alert.acknowledged_by, alert.acknowledged_at = "acknowledged", "staff:2", work.now
    assert record(ACCEPT).status_code == 200


def test_days_that_pass_do_not_stand_in_the_way(opened, clock, demo_begin, patient_ids):
    record = opened()
    clock.now = clock.now.replace(day=26)
    assert record(ACCEPT).status_code == 200 and len(recorded(demo_begin, patient_ids)) == 1
