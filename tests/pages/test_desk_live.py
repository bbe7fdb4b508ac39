"""The desk stays up to date by itself, reads without a write lock, and loses nothing that is typed."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event
from sqlmodel import select

from app.clinical.alerts import Cause
from app.pages.polls import POLLS
from app.services.alerts import acknowledge, raise_alerts
from app.services.doses import record_dose
from app.services.inbox import put_in_inbox
from models import Audit, InboxKind, Patient, Provenance, Visit, VisitPurpose
from tests.pages.by_browser import sign_in

NURSE = "nurse@example.com"
LOOKS_AGAIN = "document.dispatchEvent(new Event('visibilitychange'))"


def raise_alert(begin, patient_ids, code="P-0001", grade=3, family="skin"):
    with begin() as work:
        patient = work.session.get_one(Patient, ("demo", patient_ids[code]))
        cause = Cause("grade_3", family, "3")
        return raise_alerts(work, patient, [cause], report_id=None, grade=grade)


def poll(browser, tag=""):
    return browser.get("/queue/live?lang=en", headers={"If-None-Match": tag})


def readings(begin):
    with begin() as work:
        return len(work.session.exec(select(Audit).where(Audit.action == "queue.read")).all())


def test_a_poll_that_shows_nothing_new_is_a_304_and_no_reading(signed_in, demo_begin):
    browser = signed_in(NURSE)
    page = browser.get("/?lang=en").text
    tag = re.search(r'data-tag="([^"]+)"', page)[1]
    before = readings(demo_begin)
    answer = poll(browser, f'"{tag}"')
    assert (answer.status_code, answer.text, answer.headers["ETag"]) == (304, "", f'"{tag}"')
    assert readings(demo_begin) == before


def test_what_is_only_a_minute_older_is_shown_and_is_no_new_reading(signed_in, demo_begin, clock):
    browser = signed_in(NURSE)
    tag = poll(browser).headers["ETag"]
    before = readings(demo_begin)
    clock.now += timedelta(minutes=1)
    answer = poll(browser, tag)
    assert (answer.status_code, answer.headers["ETag"] != tag) == (200, True)
    assert readings(demo_begin) == before


def told_dose(begin, patient_ids):
    with begin() as work:
        patient = work.session.get_one(Patient, ("demo", patient_ids["P-0003"]))
        at = work.now - timedelta(hours=20)
        record_dose(work, patient, taken_at=at, provenance=Provenance.STAFF)


def drawn_visit(begin, patient_ids):
    with begin() as work:
        work.session.exec(select(Visit).where(Visit.status == "planned")).first().drawn_at = work.now


def question(begin, patient_ids):
    with begin() as work:
        put_in_inbox(work, "demo", InboxKind.QUESTION, "May I?", patient_ids["P-0001"])


@pytest.mark.parametrize("happens", [raise_alert, question, drawn_visit, told_dose])
def test_whatever_the_desk_shows_changes_its_tag_and_is_a_reading(
    signed_in, demo_begin, patient_ids, happens
):
    browser = signed_in(NURSE)
    with demo_begin() as work:
        patient = work.session.get_one(Patient, ("demo", patient_ids["P-0003"]))
        work.session.add(Visit(
            clinic_id="demo", id="shown", patient_id=patient.id, recorded_at=work.now,
            draw_at=work.now + timedelta(hours=4),
        ))  # fmt: skip
    tag = poll(browser).headers["ETag"]
    before = readings(demo_begin)
    happens(demo_begin, patient_ids)
    answer = poll(browser, tag)
    assert (answer.status_code, answer.headers["ETag"] != tag) == (200, True)
    assert readings(demo_begin) == before + 1


def test_a_poll_costs_few_statements_and_writes_nothing(app, signed_in, demo_begin, patient_ids):
    with demo_begin() as work:
        for n in range(60):
            work.session.add(Visit(
                clinic_id="demo", id=f"many{n:03}", patient_id=patient_ids["P-0001"],
                draw_at=work.now + timedelta(hours=n + 1), recorded_at=work.now,
            ))  # fmt: skip
    raise_alert(demo_begin, patient_ids)
    browser = signed_in(NURSE)
    tag = poll(browser).headers["ETag"]
    told: list[str] = []
    listener = lambda *given: told.append(given[2])  # noqa: E731
    event.listen(Engine, "before_cursor_execute", listener)
    try:
        assert poll(browser, tag).status_code == 304
    finally:
        event.remove(Engine, "before_cursor_execute", listener)
    assert len(told) <= 14
    assert [one for one in told if re.match(r"INSERT|UPDATE|DELETE|BEGIN IMMEDIATE", one)] == []


def test_a_poll_of_one_who_signed_out_leads_to_the_sign_in(app):
    assert app.test_client().get("/queue/live").status_code == 302


def test_the_polls_are_pages_that_there_are(app):
    assert POLLS.issubset(rule.endpoint for rule in app.url_map.iter_rules())


def test_visits_stand_under_their_day_with_marks_and_the_window_of_this_moment(
    signed_in, demo_begin, patient_ids, clock
):
    browser = signed_in(NURSE)
    with demo_begin() as work:
        patient = work.session.get_one(Patient, ("demo", patient_ids["P-0003"]))
        at = work.now - timedelta(hours=20)
        record_dose(work, patient, taken_at=at, provenance=Provenance.STAFF)
        for name, purpose, hours in (("draw", "trough", 4), ("talk", "follow_up", 26)):
            work.session.add(Visit(
                clinic_id="demo", id=name, patient_id=patient.id, purpose=VisitPurpose(purpose),
                draw_at=work.now + timedelta(hours=hours), recorded_at=work.now,
            ))  # fmt: skip
    page = browser.get("/?lang=en").text
    assert page.index("Today") < page.index("Tomorrow")
    for moved, words in (
        (0, "opens at 12:00 (in 2 h)"), (3, "open until 16:00"), (2.75, "closes in 15 min, at 16:00"),
        (1, "closed at 16:00, not drawn"),
    ):  # fmt: skip
        clock.now += timedelta(hours=moved)
        assert words in browser.get("/?lang=en").text
    with demo_begin() as work:
        work.session.get_one(Visit, ("demo", "draw")).drawn_at = work.now - timedelta(hours=2.6)
    page = browser.get("/?lang=en").text
    assert "drawn 14:09, 24.1 h after the dose" in page
    assert 'Draw<span class="visually-hidden">: there' in page
    assert 'Level<span class="visually-hidden">: missing' in page
    assert "no draw planned" in page and 'Draw<span class="visually-hidden">: not needed' in page
    assert "page.desk" not in page + browser.get("/?lang=zh-CN").text


def test_a_new_alert_comes_while_a_note_is_being_typed_and_the_note_stays(
    address, browser_page, demo_begin, patient_ids
):
    first = raise_alert(demo_begin, patient_ids)
    sign_in(browser_page, address)
    browser_page.goto(f"{address}/?lang=en")
    note = browser_page.locator(f"#note-{first.id}")
    note.click()
    browser_page.keyboard.type("she is ")
    browser_page.evaluate("window.before = document.activeElement")
    second = raise_alert(demo_begin, patient_ids, code="P-0002", family="gi")
    browser_page.evaluate(LOOKS_AGAIN)
    browser_page.locator(f'[data-key="{second.id}"]').wait_for()
    browser_page.get_by_text("New alert. Show it").wait_for()
    browser_page.keyboard.type("better")
    assert note.input_value() == "she is better"
    assert browser_page.evaluate("window.before === document.activeElement")
    with demo_begin() as work:
        acknowledge(work, "demo", first.id, "staff:2")
    browser_page.evaluate(LOOKS_AGAIN)
    browser_page.get_by_text("has changed").wait_for()
    assert note.input_value() == "she is better"
    browser_page.context.clear_cookies()
    browser_page.evaluate(LOOKS_AGAIN)
    browser_page.get_by_text("Your sign-in has ended").wait_for()
    browser_page.context.set_offline(True)
    browser_page.get_by_text("No connection. What you see is from 10:00").wait_for()
    assert note.input_value() == "she is better"


def test_what_is_open_and_focused_stays_so_when_its_item_changes(
    address, browser_page, demo_begin, patient_ids, clock
):
    alert = raise_alert(demo_begin, patient_ids)
    with demo_begin() as work:
        item = put_in_inbox(
            work, "demo", InboxKind.TEXT, "hello", patient_ids["P-0001"], chat_id=900001
        )
    sign_in(browser_page, address)
    browser_page.goto(f"{address}/?lang=en")
    browser_page.locator(f'[data-key="{item.id}"] summary').click()
    browser_page.locator(f'[data-key="{alert.id}"] a').first.focus()
    clock.now += timedelta(minutes=7)
    browser_page.evaluate(LOOKS_AGAIN)
    browser_page.get_by_text("7 min").wait_for()
    focused = "document.activeElement.closest('[data-key]')?.dataset.key"
    assert browser_page.evaluate(focused) == alert.id
    assert browser_page.locator(f'[data-key="{item.id}"] details').get_attribute("open") is not None
