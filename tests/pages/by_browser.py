"""What somebody does at the pages in a real browser."""

from playwright.sync_api import Download, Page

from app import demo
from tests.one_time import code_shown

NAME = """() => {
  const one = document.activeElement;
  if (!one.closest('main')) return null;
  return one.ariaLabel || (one.labels && one.labels.length ? one.labels[0].textContent : one.textContent) || one.value;
}"""
LEADS_ON = "document.activeElement.matches('a, button:not([type=button])')"


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


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what is called so, below the bar of the page, has the focus."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if (page.evaluate(NAME) or "").strip().startswith(name):
            return
    raise AssertionError(f"the Tab key never comes to {name}")


def press(page: Page, name: str) -> None:
    """And wait for the page that comes, if another comes."""
    tab_to(page, name)
    if page.evaluate(LEADS_ON):
        with page.expect_navigation():
            page.keyboard.press("Enter")
    else:
        page.keyboard.press("Enter")


def save(page: Page, name: str) -> Download:
    """The file that comes when what is called so is pressed."""
    tab_to(page, name)
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    return saved.value


def write(page: Page, name: str, words: str) -> None:
    """Instead of what stands there; of a choice, the one that begins with the words."""
    tab_to(page, name)
    if page.evaluate("document.activeElement.matches('input, textarea')"):
        page.keyboard.press("Control+A")
    page.keyboard.type(words)
