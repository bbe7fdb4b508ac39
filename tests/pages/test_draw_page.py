"""The draw on the clinic's page: by taps on a phone, and what cannot be beside its field."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page
from sqlmodel import select

from models import Audit, Message, Visit
from tests.pages.by_browser import sign_in

NURSE = "nurse@example.com"


@pytest.fixture
def path(visit):
    return f"/patients/{visit.patient_id}/visits/{visit.id}/draw"


@pytest.fixture
def tap(signed_in, csrf_of, path):
    """tap(step, fields) -> the page that follows."""
    nurse = signed_in(NURSE)

    def tap(step, **told):
        token = csrf_of(nurse.get(f"{path}?lang=en").text)
        return nurse.post(f"{path}/{step}", data={**told, "csrf_token": token}, follow_redirects=True)

    return tap


def at_draw(clock, visit):
    clock.now = visit.draw_at


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_the_checklist_says_which_dose_the_draw_follows(signed_in, path, clock, visit, language):
    at_draw(clock, visit)
    page = signed_in(NURSE).get(f"{path}?lang={language}").text
    assert {"en": "dose waits until the blood", "zh-CN": "采血后再吃"}[language] in page
    assert {"en": "draw between", "zh-CN": "可采血时间"}[language] in page
    assert re.findall(r"page\.[a-z_.]+", page.replace("/clinic-static", "")) == []


def test_a_tap_stamps_now_and_a_wrong_one_is_undone(tap, visit, clock, demo_begin):
    at_draw(clock, visit)
    page = tap("drawn").text
    assert "Kept." in page and "Undo: Draw" in page
    assert "dose waits" not in page
    with demo_begin() as work:
        assert work.session.get_one(Visit, (visit.clinic_id, visit.id)).drawn_at == visit.draw_at
        told = work.session.exec(select(Message.key).where(Message.patient_id == visit.patient_id, Message.state == "queued")).all()
        assert "visit.take_now" in told
    assert "Taken back." in tap("drawn/undo").text
    assert "dose waits" in tap("drawn/undo").text


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(tap, visit, clock):
    at_draw(clock, visit)
    tap("drawn")
    answer = tap("centrifuged", rpm="fast", minutes="10", words="the small one")
    assert answer.status_code == 422
    assert 'id="centrifuged-rpm-error">This is not a number' in answer.text
    assert 'value="fast"' in answer.text and 'value="the small one"' in answer.text
    answer = tap("sent", batch="")
    assert (answer.status_code, "Write the number of the batch" in answer.text) == (422, True)
    answer = tap("frozen", at="yesterday", celsius="-80")
    assert (answer.status_code, 'id="frozen-at-error"' in answer.text) == (422, True)
    assert "Undo that one first" not in tap("centrifuged", rpm="3000").text
    assert "Undo that one first" in tap("drawn/undo").text


def test_a_draw_outside_the_window_is_kept_and_said(tap, visit, clock):
    clock.now = visit.draw_at + timedelta(hours=8)
    page = tap("drawn").text
    assert "outside 22–26 h" in page and "✓" in page


def test_a_level_shows_the_way_of_its_tube(tap, signed_in, csrf_of, visit, clock):
    at_draw(clock, visit)
    for step, told in (("drawn", {}), ("centrifuged", {"rpm": "3000"}), ("sent", {"batch": "B-77"}), ("measured", {"method": "HPLC-MS/MS"})):
        tap(step, **told)
    nurse = signed_in(NURSE)
    mine = f"/patients/{visit.patient_id}"
    drawn = visit.draw_at.astimezone().isoformat()
    form = {"result": "1200", "unit": "ng/mL", "drawn_at": drawn, "csrf_token": csrf_of(nurse.get(mine).text)}
    page = nurse.post(f"{mine}/levels?lang=en", data=form, follow_redirects=True).text
    [line] = re.findall(r'<p class="quiet">(Centrifuge .*?)</p>', page)
    assert "B-77" in line and "HPLC-MS/MS" in line


def test_who_looked_and_tapped_is_audited(tap, visit, clock, demo_begin):
    at_draw(clock, visit)
    tap("drawn")
    with demo_begin() as work:
        rows = work.session.exec(select(Audit).where(Audit.about == visit.id).order_by(Audit.id)).all()
    assert [row.action for row in rows] == ["draw.read", "draw.note", "draw.read"]
    assert {row.patient_id for row in rows} == {visit.patient_id}


@pytest.mark.main_task("draw_page")
def test_on_a_phone_the_draw_is_a_tap_a_step(address: str, browser_page: Page, path, visit, clock, demo_begin):
    at_draw(clock, visit)
    page = browser_page
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, address, NURSE)
    page.goto(f"{address}{path}?lang=zh-CN")
    for step in ("drawn", "centrifuged", "frozen"):
        box = page.locator(f"#step-{step} .big-tap").bounding_box()
        assert box["height"] >= 60 and box["width"] >= 280
        with page.expect_navigation():
            page.click(f"#step-{step} .big-tap")
    page.fill("#step-sent [name=batch]", "B-12")
    with page.expect_navigation():
        page.keyboard.press("Enter")  # as a scanner ends a code
    assert page.locator(".draw-step.done").count() == 4
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
