"""A page on paper holds what it tells, and nothing to press or to fill in."""

import pytest

from models import Patient

TO_PRESS = """() => [...document.querySelectorAll('button, input, select, textarea, .btn:not([href^="tel:"]), .correct, .head-links, #tell, #reach')]
  .filter((one) => one.checkVisibility()).map((one) => one.outerHTML.slice(0, 100))"""


@pytest.mark.parametrize(("role", "path"), [
    ("doctor", "/patients/{P-0003}"), ("nurse", "/"), ("nurse", "/inbox"), ("nurse", "/alerts"), ("admin", "/audit"),
])  # fmt: skip
def test_there_is_nothing_to_press_on_paper(desk, patient_ids, role, path):
    page = desk(role, path.replace("{P-0003}", patient_ids["P-0003"]))
    assert page.evaluate(TO_PRESS) != []
    page.emulate_media(media="print")
    assert page.evaluate(TO_PRESS) == []


def test_the_list_of_calls_keeps_its_numbers_on_paper(desk, demo_begin, to_phone):
    with demo_begin() as work:
        phone = work.session.get_one(Patient, ("demo", to_phone)).phone
    page = desk("nurse", "/calls")
    page.emulate_media(media="print")
    assert page.get_by_text(phone).first.is_visible()


def test_levels_stand_in_a_table_on_paper(desk, patient_ids):
    page = desk("nurse", f"/patients/{patient_ids['P-0003']}")
    page.set_viewport_size({"width": 700, "height": 900})
    assert not page.locator("#levels thead").is_visible()
    page.emulate_media(media="print")
    assert page.locator("#levels thead").is_visible()


def test_the_settings_of_a_clinic_are_on_paper_though_they_stand_in_a_form(desk):
    page = desk("admin", "/clinic")
    page.emulate_media(media="print")
    assert page.locator(".settings .setting").first.is_visible()
    assert not page.locator(".settings .btn").first.is_visible()
