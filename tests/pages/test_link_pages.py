"""The phones of a patient on the clinic's page: cards, links that end, and a patient erased."""

import re

import pytest
from sqlmodel import select

from app import demo
from models import Alert, AlertState, Audit, Chat, Clinic, InboxItem, Invitation, Patient
from tests.pages.by_browser import overflow, sign_in

NURSE, DOCTOR, ADMIN = "nurse@example.com", "doctor@example.com", "admin@example.com"


def posts(browser, csrf_of, path, where, **form):
    token = csrf_of(browser.get(path).text)
    return browser.post(f"{path}/{where}", data={"csrf_token": token, **form})


def audited(begin, action):
    with begin() as work:
        return [row.actor for row in work.session.exec(select(Audit).where(Audit.action == action))]


@pytest.fixture
def path(patient_ids):
    return f"/patients/{patient_ids['P-0002']}"


def test_the_page_shows_who_is_linked_and_what_was_agreed_to(signed_in, path, demo_begin):
    with demo_begin() as work:
        work.session.get_one(Clinic, demo.CLINIC).consent_version = "2"
    page = signed_in(NURSE).get(f"{path}?lang=en").text
    assert "The patient&#39;s own" in page and "Agreed to version 1" in page
    assert "version 2 is asked at the next word" in page


@pytest.mark.parametrize(("proxy", "words"), [("0", "您的出生年份"), ("1", "患者的出生年份")])
def test_a_card_shows_the_code_once_with_its_picture_and_both_languages(
    signed_in, path, csrf_of, demo_begin, proxy, words
):
    answer = posts(signed_in(NURSE), csrf_of, path, "invitations", proxy=proxy)
    assert "<svg" in answer.text and words in answer.text and "year of birth" in answer.text
    code = re.search(r"start=([A-Z0-9]{8})", answer.text)[1]
    assert f"<b>{code[:4]} {code[4:]}</b>" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    with demo_begin() as work:
        made = work.session.exec(select(Invitation).order_by(Invitation.id.desc())).first()
    assert made.proxy is (proxy == "1") and code not in str(made.model_dump())
    assert len(audited(demo_begin, "patient.invite")) == 1


def test_staff_end_the_link_of_a_lost_phone(signed_in, path, csrf_of, demo_begin):
    posts(signed_in(NURSE), csrf_of, path, "phones/end", chat_id="900002")
    with demo_begin() as work:
        assert work.session.get_one(Chat, 900002).patient_id is None
    [by] = audited(demo_begin, "link.end")
    assert by.startswith("staff:")


@pytest.mark.parametrize("chat_id", ["900003", "no", ""])
def test_a_phone_of_another_patient_is_not_ended_from_here(signed_in, path, csrf_of, demo_begin, chat_id):
    assert posts(signed_in(NURSE), csrf_of, path, "phones/end", chat_id=chat_id).status_code == 404
    with demo_begin() as work:
        assert work.session.get_one(Chat, 900003).patient_id is not None


@pytest.mark.parametrize("where", ["invitations", "phones/end", "erase", "forget/decline"])
def test_nothing_of_it_goes_without_a_token_or_for_a_stranger(signed_in, app, path, where):
    assert signed_in(DOCTOR).post(f"{path}/{where}").status_code == 400
    assert app.test_client().post(f"{path}/{where}").status_code in (302, 400)


def test_a_nurse_cannot_erase(signed_in, path, csrf_of, demo_begin):
    assert posts(signed_in(NURSE), csrf_of, path, "erase", sure="1").status_code == 403
    assert audited(demo_begin, "patient.erase") == []


def test_a_nurse_declines_a_request_and_the_page_asks_no_more(signed_in, path, csrf_of, demo_begin, patient_ids):
    with demo_begin() as work:
        mine = work.session.get_one(Patient, (demo.CLINIC, patient_ids["P-0002"]))
        mine.forget_asked_at = work.now
    browser = signed_in(NURSE)
    assert "Do not erase" in browser.get(f"{path}?lang=en").text
    posts(browser, csrf_of, path, "forget/decline")
    page = browser.get(f"{path}?lang=en").text
    assert "The request is declined" in page and "Do not erase" not in page
    assert [by.startswith("staff:") for by in audited(demo_begin, "forget.decline")] == [True]
    posts(browser, csrf_of, path, "forget/decline")
    assert "does not ask to be erased" in browser.get(f"{path}?lang=en").text
    assert len(audited(demo_begin, "forget.decline")) == 1


@pytest.fixture
def calm(demo_begin):
    """Every alert is closed."""
    with demo_begin() as work:
        for alert in work.session.exec(select(Alert)):
            alert.state = AlertState.CLOSED


@pytest.mark.parametrize(("who", "how"), [(ADMIN, "keep_record"), (DOCTOR, "remove_record")])
def test_after_erasing_the_page_says_so(signed_in, path, csrf_of, demo_begin, calm, who, how):
    with demo_begin() as work:
        work.session.get_one(Clinic, demo.CLINIC).on_forget = how
    browser = signed_in(who)
    posts(browser, csrf_of, path, "erase", sure="1")
    page = browser.get(f"{path}?lang=en").text
    assert "Nothing is sent any more" in page and "Card for the patient" not in page
    assert "erased" in browser.get("/patients?lang=en").text
    assert browser.get("/").status_code == 200
    assert len(audited(demo_begin, "patient.erase")) == 1


def test_erasing_needs_the_tick_and_no_open_alert(signed_in, path, csrf_of, demo_begin, patient_ids):
    from models.columns import new_id

    browser = signed_in(DOCTOR)
    assert posts(browser, csrf_of, path, "erase").status_code == 302
    with demo_begin() as work:
        work.session.add(Alert(clinic_id=demo.CLINIC, id=new_id(work.now), code="ZZ99", family="gi",
                               patient_id=patient_ids["P-0002"], raised_at=work.now))  # fmt: skip
    posts(browser, csrf_of, path, "erase", sure="1")
    assert "还有未处理完的提醒" in browser.get(path).text
    assert audited(demo_begin, "patient.erase") == []


def test_an_erased_patient_of_this_clinic_changes_nothing_elsewhere(signed_in, path, csrf_of, demo_begin, calm, patient_ids):
    def others():
        with demo_begin() as work:
            mine = select(Patient).where(Patient.id != patient_ids["P-0002"]).order_by(Patient.id)
            rows = list(work.session.exec(mine)) + list(work.session.exec(
                select(InboxItem).where(InboxItem.patient_id != patient_ids["P-0002"])))  # fmt: skip
            return [row.model_dump(warnings=False) for row in rows]

    before = others()
    posts(signed_in(DOCTOR), csrf_of, path, "erase", sure="1")
    assert others() == before


def test_the_card_fits_a_phone_and_prints_on_one_small_page(address, browser_page, patient_ids):
    sign_in(browser_page, address)
    for language in ("zh-CN", "en"):
        for width in (390, 1200):
            page = f"{address}/patients/{patient_ids['P-0003']}?lang={language}"
            assert overflow(browser_page, page, width) <= 0
            with browser_page.expect_navigation():
                browser_page.click("#phones .btn-primary")
            assert browser_page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
            assert browser_page.locator("#card svg").bounding_box()["width"] >= 150
    paper = browser_page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    width, height = (float(one) for one in re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)", paper).groups())
    assert (round(width), round(height)) == (595, 420)  # A5 in points
    browser_page.emulate_media(media="print")
    assert not browser_page.locator("header.bar").is_visible()
    assert not browser_page.locator(".off-card").first.is_visible()
