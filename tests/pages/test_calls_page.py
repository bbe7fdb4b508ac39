"""The call list on its page and on the desk: why, since when, the phone, and what came of it."""

import pytest
from sqlmodel import select

from models import Audit, PhoneCall
from tests.pages.by_browser import overflow, sign_in

NURSE, ADMIN = "nurse@example.com", "admin@example.com"


def sends(browser, csrf_of, path, **form):
    token = csrf_of(browser.get("/calls").text)
    return browser.post(path, data={"csrf_token": token, **form}, follow_redirects=True)


@pytest.mark.parametrize("where", ["/calls", "/"])
def test_a_patient_to_phone_is_shown_with_the_reason_and_the_number(signed_in, to_phone, where):
    page = signed_in(NURSE).get(f"{where}?lang=en").text
    assert "The chat is blocked" in page and 'href="tel:+8613800001111"' in page
    assert "page.call" not in page + signed_in(NURSE).get(f"{where}?lang=zh-CN").text


def test_what_came_of_a_call_is_kept_and_the_patient_leaves_the_list(
    signed_in, to_phone, demo_begin, csrf_of
):
    browser = signed_in(NURSE)
    page = sends(browser, csrf_of, f"/patients/{to_phone}/called", outcome="not_reached", note="rings",
                 shown="list").text  # fmt: skip
    assert "现在没有需要致电的患者" in page
    with demo_begin() as work:
        row = work.session.exec(select(PhoneCall)).one()
        assert (row.outcome, row.note) == ("not_reached", "rings")
        assert {"calls.read", "patient.called"} <= set(work.session.exec(select(Audit.action)))


@pytest.mark.parametrize(("form", "said"), [
    ({"outcome": "reached", "again_on": "2026-11-24"}, "within 90 days"),
    ({"outcome": "reached", "again_on": "soon"}, "within 90 days"),
])  # fmt: skip
def test_a_day_that_is_none_is_said_and_what_was_typed_stays(
    signed_in, to_phone, demo_begin, csrf_of, form, said
):
    browser = signed_in(NURSE)
    browser.get("/?lang=en")
    answer = sends(browser, csrf_of, f"/patients/{to_phone}/called", note="her <sister>", **form)
    assert answer.status_code == 422 and said in answer.text
    assert "her &lt;sister&gt;" in answer.text and form["again_on"] in answer.text
    with demo_begin() as work:
        assert work.session.exec(select(PhoneCall)).all() == []


def test_an_admin_reads_the_list_and_keeps_no_call(signed_in, to_phone, csrf_of):
    browser = signed_in(ADMIN)
    assert "outcome" not in browser.get("/calls").text
    assert sends(browser, csrf_of, f"/patients/{to_phone}/called", outcome="reached").status_code == 403


def test_the_list_fits_the_screen(address, browser_page, to_phone):
    sign_in(browser_page, address)
    assert [overflow(browser_page, f"{address}/calls?lang={one}", 390) for one in ("en", "zh-CN")] == [0, 0]
