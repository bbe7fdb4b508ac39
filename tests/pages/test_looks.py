"""The pages in a real browser, on a desk and on a phone."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

from app import demo
from tests.one_time import code_shown

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture
def address(app) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()


@pytest.fixture
def browser_page() -> Iterator[Page]:
    if not Path(CHROMIUM).exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"a browser is needed under CI: {CHROMIUM}")
        pytest.skip(f"there is no {CHROMIUM}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser.new_page()
        browser.close()


def test_no_page_is_wider_than_the_screen(address, browser_page, patient_ids):
    faults: list[str] = []
    browser_page.on("console", lambda message: faults.append(message.text))
    sign_in(browser_page, address)
    faults.clear()  # the browser asked for an icon, which there is not
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


def sign_in(page: Page, address: str, email: str = "doctor@example.com") -> None:
    page.goto(address)
    page.fill("#email", email)
    page.fill("#password", demo.PASSWORD)
    page.click("main button")
    page.fill("#code", code_shown(email, steps_on=1))  # beside one that signed in just now
    page.click("main button")
    page.wait_for_url(f"{address}/")


def overflow(page: Page, url: str, width: int) -> int:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(url)
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
