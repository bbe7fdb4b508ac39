"""The phones of the tests."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from sandbox_phones import Phones, running

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
Open = Callable[..., Page]


@pytest.fixture(scope="session")
def phones() -> Iterator[Phones]:
    with running() as found:
        yield found


@pytest.fixture(autouse=True)
def no_faults(request: pytest.FixtureRequest) -> None:
    if "phones" in request.fixturenames:
        request.getfixturevalue("phones").http.delete("/control/faults")


@pytest.fixture
def seed(tmp_path: Path) -> Path:
    path = tmp_path / "seed.json"
    chat = {"chat_id": 9001, "name": "P1", "code": "P-0001", "language": "zh-CN"}
    path.write_text(json.dumps({"chats": [chat], "clinic": {"phone": "+15005550111"}}))
    return path


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        reason = f"{CHROMIUM} is absent: the page was not looked at"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def pages() -> Iterator[dict[tuple[int, str], Page]]:
    """One page a size and language: a new browser context costs more than a test."""
    made: dict[tuple[int, str], Page] = {}
    yield made
    for page in made.values():
        page.context.close()


@pytest.fixture
def open_page(
    chromium: Browser, phones: Phones, pages: dict[tuple[int, str], Page]
) -> Iterator[Open]:
    """A page that remembers nothing, and whose console must stay clean."""
    wrong: list[str] = []

    def opened(width: int = 1280, locale: str = "en-GB") -> Page:
        page = pages.get((width, locale)) or _new_page(chromium, width, locale)
        pages[width, locale] = page
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda line: "Security Policy" in line.text and wrong.append(line.text))
        page.goto(f"{phones.url}/static/icon.svg")
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        page.goto(phones.url)
        expect(page.locator("#patient-name")).not_to_be_empty()
        return page

    yield opened
    assert wrong == []


def _new_page(chromium: Browser, width: int, locale: str) -> Page:
    context = chromium.new_context(viewport={"width": width, "height": 844}, locale=locale)
    context.set_default_timeout(8000)
    return context.new_page()
