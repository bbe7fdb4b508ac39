"""How alerts are headed and grouped: a red flag by itself, a grade only where one was given."""

from datetime import timedelta

import pytest

from app.clinical.alerts import Cause
from app.services.alerts import raise_alerts
from app.services.free_text import hear_words
from models import Patient
from tests.pdf_text import pdf_text

NURSE, DOCTOR = "nurse@example.com", "doctor@example.com"
GREEN_ZERO = 'class="g g0"'


@pytest.fixture
def raised(demo_begin, patient_ids, clock):
    """raised(causes, grade, code) -> the alert, a minute later than the last."""

    def raised(*causes, grade=0, code="P-0001"):
        clock.now += timedelta(minutes=1)
        with demo_begin() as work:
            patient = work.session.get_one(Patient, ("demo", patient_ids[code]))
            return raise_alerts(work, patient, causes, report_id=None, grade=grade)

    return raised


def test_a_red_flag_in_words_is_headed_by_itself_and_shows_no_green_zero(
    signed_in, demo_begin, patient_ids
):
    with demo_begin() as work:
        patient = work.session.get_one(Patient, ("demo", patient_ids["P-0001"]))
        hear_words(work, patient, "刚才晕倒了")
    browser = signed_in(DOCTOR)
    summary = f"/patients/{patient_ids['P-0001']}"
    for path in ("/", "/alerts", summary):
        page = browser.get(f"{path}?lang=en").text
        card = page.partition("alert-card")[2].partition("</article>")[0]
        assert '<strong class="flagged">Fainted</strong>' in card, path
        assert GREEN_ZERO not in card and "Other complaints" not in card, path
    printed = pdf_text(browser.get(f"{summary}/summary.pdf?lang=en").data)
    assert "Fainted" in printed and "Othercomplaints0" not in printed


def test_an_alert_with_a_grade_shows_it_also_beside_a_red_flag(signed_in, raised):
    alert = raised(Cause("red_flag", "edema", "vision"), Cause("grade_3", "edema", "3"), grade=3)
    page = signed_in(NURSE).get(f"/alerts/{alert.id}?lang=en").text
    head = page.partition("alert-head")[2].partition("</div>")[0]
    assert head.index("Sight suddenly worse") < head.index("Swelling") < head.index('class="g g3"')
    assert head.count("Sight suddenly worse") == 1 and "grade 3 or more" in head


def test_alerts_of_one_patient_stand_together_each_with_its_own_link_and_answers(signed_in, raised, demo_begin, patient_ids):
    older = raised(Cause("grade_3", "skin", "3"), grade=3)
    between = raised(Cause("grade_3", "gi", "3"), grade=3, code="P-0002")
    newer = raised(Cause("red_flag", "other", "syncope"))
    browser = signed_in(NURSE)
    desk = browser.get("/?lang=en").text
    cards = [desk.index(f'data-key="{one.id}"') for one in (newer, older, between)]
    assert cards == sorted(cards)
    summary = browser.get(f"/patients/{patient_ids['P-0001']}?lang=en").text
    for page in (desk, summary):
        for one in (newer, older):
            assert f'href="/alerts/{one.id}"' in page
            assert f'action="/alerts/{one.id}/acknowledge"' in page
            assert f'action="/alerts/{one.id}/close"' in page
    assert 'class="card alert-card open folded same"' in desk and 'class="card alert-card open"' in desk


def test_the_grades_stand_on_the_first_screen_below_three_open_alerts(desk, raised, patient_ids):
    raised(Cause("grade_3", "skin", "3"), grade=3)
    raised(Cause("red_flag", "other", "syncope"))
    raised(Cause("red_flag", "edema", "dyspnoea"))
    page = desk("doctor", f"/patients/{patient_ids['P-0001']}")
    page.set_viewport_size({"width": 1280, "height": 900})
    cards = page.locator(".alert-card.folded")
    assert cards.count() == 3
    assert sum(cards.nth(n).bounding_box()["height"] for n in range(3)) < 220
    assert page.locator("#grades").bounding_box()["y"] < 800
    cards.first.get_by_text("Close …").click()
    assert cards.first.get_by_label("What was done").is_visible()
