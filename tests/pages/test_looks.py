"""The pages in a real browser, on a desk and on a phone."""

from tests.pages.by_browser import overflow, sign_in


def test_no_page_is_wider_than_the_screen(address, browser_page, patient_ids):
    faults: list[str] = []
    browser_page.on("console", lambda message: faults.append(message.text))
    sign_in(browser_page, address)
    paths = ["/", "/patients", "/lab-lists", "/recall", "/calculators", "/me", *(f"/patients/{one}" for one in patient_ids.values())]
    wide = [
        (path, language, width)
        for language in ("zh-CN", "en")
        for width in (1280, 390)
        for path in paths
        if overflow(browser_page, f"{address}{path}?lang={language}", width) > 0
    ]
    assert wide == []
    assert faults == []


WIDTH_OF_A_QUOTE = """() => { const one = document.createElement('span');
  one.style.fontSize = '100px'; one.textContent = '\u201c'; document.querySelector('main').append(one);
  return one.getBoundingClientRect().width; }"""


def test_quotes_are_as_wide_as_the_language_of_the_page_has_them(desk):
    page = desk("nurse", "/me")
    assert page.evaluate(WIDTH_OF_A_QUOTE) < 60
    page.goto(page.url.replace("lang=en", "lang=zh-CN"))
    assert page.evaluate(WIDTH_OF_A_QUOTE) > 80
