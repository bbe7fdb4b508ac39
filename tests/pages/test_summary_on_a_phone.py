"""The levels, the estimate and the laboratory of the summary where the screen is narrow."""

import pytest

CUT = """() => ['levels', 'estimate', 'labs'].flatMap((name) =>
  [...document.querySelectorAll(`#${name} .scroll`)].filter((one) => one.checkVisibility())
    .filter((one) => one.scrollWidth > one.clientWidth).map((one) => `${name}: ${one.scrollWidth} in ${one.clientWidth}`))"""
BROKEN = """() => [...document.querySelectorAll('.of-day')].filter((one) => one.checkVisibility())
  .filter((one) => one.getClientRects().length !== 1).map((one) => one.textContent)"""
FOREMOST = """() => [...document.querySelectorAll('#levels tbody tr')].map((row) =>
  [...row.children].sort((a, b) => (a.getBoundingClientRect().top - b.getBoundingClientRect().top)
    || (a.getBoundingClientRect().left - b.getBoundingClientRect().left))[0].className)"""


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_no_level_is_off_the_screen_and_no_date_is_broken(desk, patient_ids, language):
    page = desk("doctor", f"/patients/{patient_ids['P-0003']}")
    page.goto(page.url.replace("lang=en", f"lang={language}"))
    for width in (390, 768, 900, 1160, 1161, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(CUT) == [], width
        assert page.evaluate(BROKEN) == [], width
    assert page.locator("#levels .of-day").count() > 1


def test_on_a_phone_the_corrected_level_comes_first_and_each_number_is_named(desk, patient_ids):
    page = desk("nurse", f"/patients/{patient_ids['P-0003']}")
    page.set_viewport_size({"width": 390, "height": 900})
    assert {"foremost" in one for one in page.evaluate(FOREMOST)} == {True}
    named = page.locator("#levels tbody tr").first.locator("td[data-is]")
    assert named.evaluate_all("all => all.map((one) => one.dataset.is)") == [
        "Drawn", "Dose before", "Hours", "Measured", "Corrected", "Estimated",
    ]  # fmt: skip
