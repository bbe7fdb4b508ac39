"""A patient asks for another time; the nurse answers on the queue with one click."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from app.services.rescheduling import ask_for_time, ask_in_words
from models import Audit, InboxItem, Message, Patient, Visit

NURSE = "nurse@example.com"
WANTED = datetime(2026, 12, 2, 0, 0, tzinfo=UTC)


@pytest.fixture
def wish(demo_begin, patient_ids):
    """P-0001 asks for another time: the inbox item's id."""
    with demo_begin() as work:
        query = select(Visit).where(Visit.patient_id == patient_ids["P-0001"])
        visit = work.session.exec(query).one()
        patient = work.session.get_one(Patient, (visit.clinic_id, visit.patient_id))
        return ask_for_time(work, patient, visit, WANTED).id


def answer(signed_in, csrf_of, wish, how):
    browser = signed_in(NURSE)
    page = browser.get("/").text
    where = f"/inbox/{wish}/{how}"
    assert f'action="{where}"' in page
    return browser, where, {"csrf_token": csrf_of(page)}


def draw_at(demo_begin, patient_ids):
    with demo_begin() as work:
        query = select(Visit).where(Visit.patient_id == patient_ids["P-0001"])
        return work.session.exec(query).one().draw_at


def test_one_click_moves_the_visit_and_tells_the_patient(signed_in, csrf_of, wish, demo_begin, patient_ids):
    browser, where, form = answer(signed_in, csrf_of, wish, "accept")
    assert "正在通知患者" in browser.post(where, data=form, follow_redirects=True).text
    assert draw_at(demo_begin, patient_ids) == WANTED
    with demo_begin() as work:
        assert "visit.moved" in [row.key for row in work.session.exec(select(Message))]
        actions = {row.action for row in work.session.exec(select(Audit))}
        assert {"visit.change", "inbox.handle"} <= actions
    again = browser.post(where, data=form, follow_redirects=True).text
    assert "已处理" in again


def test_one_click_says_that_it_is_not_possible(signed_in, csrf_of, wish, demo_begin, patient_ids):
    before = draw_at(demo_begin, patient_ids)
    browser, where, form = answer(signed_in, csrf_of, wish, "refuse")
    browser.post(where, data=form, follow_redirects=True)
    assert draw_at(demo_begin, patient_ids) == before
    with demo_begin() as work:
        assert "visit.not_moved" in [row.key for row in work.session.exec(select(Message))]


def test_a_time_that_has_passed_meanwhile_is_refused_in_words(signed_in, csrf_of, wish, clock, demo_begin, patient_ids):
    clock.now = WANTED + timedelta(minutes=1)
    browser, where, form = answer(signed_in, csrf_of, wish, "accept")
    assert browser.post(where, data=form, follow_redirects=True).status_code == 200
    assert draw_at(demo_begin, patient_ids) != WANTED
    with demo_begin() as work:
        item = work.session.exec(select(InboxItem).where(InboxItem.id == wish)).one()
        assert item.handled_at is None


def test_a_wish_in_words_cannot_be_accepted_by_a_click(signed_in, demo_begin, patient_ids):
    with demo_begin() as work:
        query = select(Visit).where(Visit.patient_id == patient_ids["P-0001"])
        visit = work.session.exec(query).one()
        patient = work.session.get_one(Patient, (visit.clinic_id, visit.patient_id))
        ask_in_words(work, patient, visit, "下周 <b>随便</b>")
    page = signed_in(NURSE).get("/").text
    assert "/accept" not in page and "/refuse" in page
    assert "&lt;b&gt;" in page


def test_another_clinics_wish_is_not_found(signed_in, csrf_of, wish):
    browser, _, form = answer(signed_in, csrf_of, wish, "accept")
    assert browser.post("/inbox/nobody/accept", data=form).status_code == 404


def test_a_line_of_ours_is_read_in_the_readers_language(signed_in, wish):
    browser = signed_in(NURSE)
    assert "Asks for Wed, Dec 2 08:00" in browser.get("/?lang=en").text
    assert "改到 12月2日周三 08:00" in browser.get("/?lang=zh-CN").text
