"""The desk by keyboard: rows, pages, the list of keys; never while somebody writes."""

import pytest

from tests.pages.by_browser import sign_in

FOCUSED = "document.activeElement.textContent.trim()"


@pytest.fixture
def desk(address, browser_page, demo_begin):
    sign_in(browser_page, address)
    browser_page.goto(f"{address}/?lang=en")
    return browser_page


@pytest.fixture
def database_url(sqlite_url) -> str:
    """Keys are the browser's: one database is enough."""
    return sqlite_url


def test_rows_are_gone_through_and_opened_and_g_leads_to_pages(desk, address):
    rows = desk.locator("main [data-row]")
    names = [one.strip() for one in rows.all_text_contents()]
    assert len(names) > 1
    desk.keyboard.press("j")
    assert desk.evaluate(FOCUSED) == names[0]
    desk.keyboard.press("j")
    desk.keyboard.press("k")
    desk.keyboard.press("ArrowDown")
    assert desk.evaluate(FOCUSED) == names[1]
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/patients/*")
    for letter, path in (("a", "alerts"), ("r", "recall"), ("c", "calls"), ("p", "patients"), ("q", "")):
        desk.keyboard.press("g")
        desk.keyboard.press(letter)
        desk.wait_for_url(f"{address}/{path}")


def test_keys_do_nothing_while_somebody_writes_and_can_be_turned_off(desk, address):
    desk.keyboard.press("/")
    desk.keyboard.type("gj?/")
    assert desk.locator("[data-find]").input_value() == "gj?/"
    assert not desk.locator("dialog").is_visible()
    desk.locator("[data-find]").evaluate("one => one.blur()")
    desk.keyboard.press("?")
    assert desk.locator("dialog").is_visible()
    assert "page." not in desk.locator("dialog").inner_text()
    desk.keyboard.press("j")
    desk.locator("[data-keys-on]").uncheck()
    desk.keyboard.press("Escape")
    assert not desk.locator("dialog").is_visible()
    desk.keyboard.press("j")
    desk.keyboard.press("?")
    assert not desk.locator("dialog").is_visible()
    desk.get_by_text("More ▾").or_(desk.locator(".menu summary")).first.click()
    desk.locator("[data-keys-open]").click()
    assert desk.locator("dialog").is_visible()
