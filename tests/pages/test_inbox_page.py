"""The inbox as a page: what waits, what was handled and by whom, by code, a page at a time."""

from datetime import timedelta
from html import unescape

import pytest
from sqlmodel import select

from app.services.inbox import handle, put_in_inbox
from models import Audit, InboxKind
from tests.pages.by_browser import overflow, sign_in

NURSE, ADMIN = "nurse@example.com", "admin@example.com"


@pytest.fixture
def items(demo_begin, patient_ids, clock):
    """Sixty questions of P-0001, a minute apart, and one of P-0002; the last is handled."""
    made = []
    for n in range(61):
        clock.now += timedelta(minutes=1)
        code = "P-0002" if n == 60 else "P-0001"
        with demo_begin() as work:
            made.append(put_in_inbox(work, "demo", InboxKind.QUESTION, f"Ask-{n:02}", patient_ids[code]))
    return made


def test_what_waits_the_longest_stands_first_and_each_page_goes_on(signed_in, items):
    browser = signed_in(NURSE)
    first = browser.get("/inbox?lang=en").text
    assert first.index("Ask-00") < first.index("Ask-01") and "Ask-50" not in first
    following = unescape(first.partition('rel="next" href="')[2].partition('"')[0])
    second = browser.get(following).text
    assert "Ask-50" in second and "Ask-60" in second and 'rel="next"' not in second


def test_the_desk_shows_the_newest_five_and_how_many_there_are(signed_in, items):
    page = signed_in(NURSE).get("/?lang=en").text
    shown = [n for n in range(61) if f"Ask-{n:02}" in page]
    assert shown == [56, 57, 58, 59, 60]
    assert "The whole inbox (61)" in page


def test_an_item_is_found_by_code_and_one_without_any_says_so(signed_in, items, demo_begin):
    browser = signed_in(NURSE)
    page = browser.get("/inbox?code=0002&lang=en").text
    assert "Ask-60" in page and "Ask-00" not in page
    assert "Nothing of a patient who has X-9 in the code" in browser.get("/inbox?code=X-9").text
    with demo_begin() as work:
        assert "inbox.read" in set(work.session.exec(select(Audit.action)))


def test_what_is_done_goes_to_the_other_list_with_who_did_it(signed_in, items, csrf_of):
    browser = signed_in(NURSE)
    form = {"csrf_token": csrf_of(browser.get("/inbox?lang=en").text), "shown": "inbox"}
    answer = browser.post(f"/inbox/{items[0].id}/handled", data=form)
    assert answer.location == "/inbox"
    assert "Ask-00" not in browser.get("/inbox").text
    page = browser.get("/inbox?state=handled").text
    assert "Ask-00" in page and "Done by 李静" in page and 'action="/inbox/' not in page
    assert "page.inbox" not in page + browser.get("/inbox?state=handled&lang=zh-CN").text


def test_an_admin_reads_and_handles_nothing(signed_in, items, demo_begin):
    with demo_begin() as work:
        handle(work, "demo", items[3].id, "staff:1")
    page = signed_in(ADMIN).get("/inbox").text
    assert "Ask-00" in page and "/handled" not in page.replace("state=handled", "")


def test_the_inbox_fits_the_screen(address, browser_page, items):
    sign_in(browser_page, address)
    assert [overflow(browser_page, f"{address}/inbox?lang={one}", 390) for one in ("en", "zh-CN")] == [0, 0]
