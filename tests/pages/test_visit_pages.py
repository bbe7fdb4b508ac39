"""Beside each planned visit: another time, cancelled, did not come; and "Undo" after planning."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from app.services.visits import plan_visit
from models import Chat, ChatState, InboxItem, Message, Patient, Visit, VisitPurpose, VisitStatus
from tests.pages.by_browser import press

NURSE, DOCTOR, ADMIN = "nurse@example.com", "doctor@example.com", "admin@example.com"


@pytest.fixture
def send(signed_in, csrf_of):
    """send(email, path, fields) -> the answer, after its redirect, in English."""
    browsers = {}

    def send(email, path, form):
        browser = browsers.setdefault(email, signed_in(email))
        token = csrf_of(browser.get("/?lang=en").text)
        return browser.post(path, data={**form, "csrf_token": token}, follow_redirects=True)

    return send


@pytest.fixture
def of(visit):
    """The address of what is done with P-0002's visit of tomorrow, 08:00."""
    return lambda what: f"/patients/{visit.patient_id}/visits/{visit.id}/{what}"


def now_of(demo_begin, visit):
    with demo_begin() as work:
        return work.session.get_one(Visit, ("demo", visit.id))


@pytest.mark.parametrize("email", [NURSE, DOCTOR])
def test_a_planned_visit_is_moved_on_the_patients_page(send, signed_in, visit, of, demo_begin, email):
    page = send(email, of("move"), {"draw_at": "2026-12-02T09:30"}).text
    assert "The visit is moved. The patient is being told." in page and "Dec 2 09:30" in page
    assert now_of(demo_begin, visit).draw_at == datetime(2026, 12, 2, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["nonsense", "2020-01-01T08:00", "", "2026-11-25T08:00"])
def test_a_time_that_will_not_do_stands_as_it_was_typed_with_the_remedy(send, visit, of, typed):
    answer = send(NURSE, of("move"), {"draw_at": typed})
    assert answer.status_code == 422
    assert f'id="move-{visit.id}-draw_at-error"' in answer.text and f'value="{typed}"' in answer.text
    assert ("already" if typed == "2026-11-25T08:00" else "still to come") in answer.text


def test_a_planned_visit_is_cancelled_and_again_is_refused_in_words(send, visit, of, demo_begin):
    assert "The visit is cancelled. The patient is being told." in send(NURSE, of("cancel"), {}).text
    assert now_of(demo_begin, visit).status == VisitStatus.CANCELLED
    assert "not planned any more" in send(NURSE, of("cancel"), {}).text
    assert "not planned any more" in send(NURSE, of("move"), {"draw_at": "2026-12-02T09:30"}).text


def test_that_nobody_came_is_noted_when_the_time_is_over(send, visit, of, demo_begin, clock):
    assert "still to come" in send(NURSE, of("missed"), {}).text
    page = send(NURSE, f"/patients/{visit.patient_id}/visits", {"draw_at": "2026-11-30T08:00", "purpose": "follow_up"}).text
    assert "The patient did not come" not in page
    clock.now = visit.draw_at + timedelta(hours=20)
    assert "Noted: the patient did not come." in send(NURSE, of("missed"), {}).text
    assert now_of(demo_begin, visit).status == VisitStatus.MISSED


def test_a_visit_without_a_draw_stands_there_too(signed_in, demo_begin, patient_ids):
    with demo_begin() as work:
        patient = work.session.get_one(Patient, ("demo", patient_ids["P-0003"]))
        visit = plan_visit(work, patient, work.now + timedelta(days=3), VisitPurpose.FOLLOW_UP)
    page = signed_in(DOCTOR).get(f"/patients/{patient.id}?lang=en").text
    assert f"/visits/{visit.id}/cancel" in page and f"/visits/{visit.id}/draw" not in page
    assert f"/visits/{visit.id}/cancel" not in signed_in(ADMIN).get(f"/patients/{patient.id}").text


def test_where_nobody_could_be_told_the_page_says_so_and_a_line_waits(send, visit, of, demo_begin):
    with demo_begin() as work:
        for chat in work.session.exec(select(Chat).where(Chat.patient_id == visit.patient_id)):
            chat.state = ChatState.BLOCKED
    page = send(NURSE, of("move"), {"draw_at": "2026-12-02T09:30"}).text
    assert "please call them" in page and "is being told" not in page
    with demo_begin() as work:
        keys = [one.data.get("says") for one in work.session.exec(select(InboxItem).where(InboxItem.patient_id == visit.patient_id))]
    assert "desk.visit_moved_untold" in keys


def test_at_night_the_page_says_from_when_the_patient_is_told(send, patient_ids, clock):
    clock.now = clock.now.replace(hour=17, minute=12)  # 01:12 in Shanghai
    form = {"draw_at": "2026-12-10T08:00", "purpose": "trough"}
    assert "told from Wed, Nov 25 07:00" in send(NURSE, f"/patients/{patient_ids['P-0002']}/visits", form).text


def test_what_one_click_planned_another_takes_back(desk, demo_begin, patient_ids, visit, clock):
    from app.services.visits import change_visit

    with demo_begin() as work:
        change_visit(work, "demo", visit.id, status=VisitStatus.CANCELLED)
    clock.now = clock.now + timedelta(days=100)
    page = desk("nurse", "/recall?kind=visit")
    press(page, "Plan and tell")
    expect(page.get_by_text(re.compile("^Just planned: P-000"))).to_be_visible()
    press(page, "Undo: cancel this visit")
    expect(page.get_by_text(re.compile("The visit is cancelled"))).to_be_visible()
    assert "kind=visit" in page.url
    with demo_begin() as work:
        last = work.session.exec(select(Visit).order_by(Visit.recorded_at.desc(), Visit.id.desc())).first()
        about = work.session.exec(select(Message).where(Message.about == f"visit:{last.id}")).all()
    assert last.status == VisitStatus.CANCELLED
    assert {row.state for row in about} <= {"cancelled"}  # nobody had heard of it
