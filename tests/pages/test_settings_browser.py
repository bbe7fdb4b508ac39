"""In a real browser: an admin changes a setting, a nurse prints cards."""

import re

import pytest

from app.services.patients import register_patient
from models import Clinic, Language, Sex
from tests.pages.by_browser import overflow, sign_in

PAGES = ("/clinic", "/audit", "/cards", "/keys", "/administration")
A4_PT = (595, 842)


@pytest.fixture
def page(browser_page):
    browser_page.set_viewport_size({"width": 1280, "height": 900})
    return browser_page


@pytest.fixture
def enter(page, address):
    """enter(email): signed in, and what the browser complains of from then on."""

    def enter(email: str) -> list[str]:
        sign_in(page, address, email)
        faults: list[str] = []
        page.on("console", lambda message: faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        return faults

    return enter


@pytest.mark.main_task("clinic_page")
def test_an_admin_changes_a_clinical_setting_by_keyboard_and_reads_what_it_means(
    enter, page, address, demo_begin
):
    faults = enter("admin@example.com")
    for width in (390, 1280):
        for language in ("zh-CN", "en"):
            for path in PAGES:
                assert overflow(page, f"{address}{path}?lang={language}", width) <= 0, path
    page.goto(f"{address}/clinic?lang=en")
    page.get_by_label("Elimination rate ke").fill("0.05")
    page.get_by_label("Text in Chinese").fill("请马上拨打 120。")
    page.get_by_label("Text in English").fill("Call 120 now.")
    page.get_by_role("button", name="Save settings").press("Enter")
    page.get_by_text("Levels that are there keep theirs").wait_for()
    page.get_by_role("button", name="Save these changes").press("Enter")
    page.get_by_text("The settings are saved.").wait_for()
    assert page.get_by_label("Elimination rate ke").input_value() == "0.05"
    with demo_begin() as work:
        kept = work.session.get_one(Clinic, "demo")
    assert (kept.ke_per_h, kept.emergency_zh_cn, kept.emergency_en) == (0.05, "请马上拨打 120。", "Call 120 now.")
    assert faults == []


@pytest.mark.main_task("cards_page")
def test_a_nurse_prints_cards_and_each_fits_its_place_on_a4(
    enter, page, address, demo_begin
):
    with demo_begin() as work:
        work.session.get_one(Clinic, "demo").name = "复旦大学附属医院胃肠间质瘤随访门诊（徐汇院区）" * 2
        for number in range(9):
            language = Language.ENGLISH if number % 2 else Language.CHINESE
            register_patient(work, "demo", {"year_of_birth": 1960, "sex": Sex.MALE, "language": language})
    faults = enter("nurse@example.com")
    page.goto(f"{address}/cards?lang=en")
    page.get_by_label("All on this page").check()
    chosen = page.locator("[name=patient_id]:checked").count()
    page.get_by_role("button", name="Make the cards").click()
    page.get_by_role("button", name="Print").wait_for()
    page.emulate_media(media="print")
    boxes = page.evaluate("""[...document.querySelectorAll(".to-cut")].map((one) => [
        one.scrollHeight - one.clientHeight, one.scrollWidth - one.clientWidth, one.getBoundingClientRect().height])""")
    assert len(boxes) == chosen >= 9
    assert max(max(down, across) for down, across, _ in boxes) <= 0
    assert {round(high * 25.4 / 96) for *_, high in boxes} == {70}
    printed = page.pdf(prefer_css_page_size=True)
    sizes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", printed)
    assert {tuple(round(float(one)) for one in size) for size in sizes} == {A4_PT}
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == -(-chosen // 8)
    assert faults == []
