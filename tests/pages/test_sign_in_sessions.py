"""A sign-in ends: without use, after a day's work, and everywhere when the account changes."""

from datetime import timedelta

import pytest
from sqlmodel import select

from app.services.second_factors import reset_second_factor
from models import Audit, Staff, StaffSession
from tests.pages.by_browser import sign_in

NURSE = "nurse@example.com"


@pytest.fixture
def browser(signed_in):
    return signed_in(NURSE)


def waits(real_clock, **long):
    real_clock.now += timedelta(**long)


def test_after_half_an_hour_without_use_one_signs_in_again_and_comes_back(browser, real_clock):
    waits(real_clock, minutes=31)
    answer = browser.get("/patients?code=P-0001")
    assert answer.location == "/login?next=/patients?code%3DP-0001"
    page = browser.get(answer.location).text
    assert "长时间没有操作，已自动退出" in page
    assert browser.get("/").status_code == 302


def test_whoever_works_stays_signed_in_but_twelve_hours_at_most(browser, real_clock):
    for _ in range(28):
        waits(real_clock, minutes=25)
        assert browser.get("/me").status_code == 200
    waits(real_clock, minutes=25)
    assert browser.get("/me").status_code == 302
    assert "登录时间已到上限" in browser.get("/login").text


def test_a_desk_that_only_looks_for_news_is_signed_out(browser, real_clock, demo_begin):
    browser.get("/")
    for _ in range(3):
        waits(real_clock, minutes=10)
        assert browser.get("/queue/live").status_code == 200
    waits(real_clock, minutes=1)
    assert "/login" in browser.get("/queue/live").location
    assert "长时间没有操作" in browser.get("/login").text


def test_files_of_the_pages_are_no_use_of_a_session(browser, real_clock):
    for _ in range(4):
        waits(real_clock, minutes=10)
        browser.get("/clinic-static/clinic.css")
    assert browser.get("/me").status_code == 302


def test_a_form_that_is_sent_too_late_says_that_it_was_not_kept(browser, csrf_of, real_clock):
    token = csrf_of(browser.get("/me").text)
    waits(real_clock, minutes=31)
    form = {"channel": "sms", "csrf_token": token}
    answer = browser.post("/me/tests", data=form, headers={"Referer": "http://localhost/me"})
    assert (answer.status_code, answer.location.partition("next=")[2]) == (302, "/me")
    assert "刚才提交的内容没有保存" in browser.get("/login").text
    elsewhere = browser.post("/me/tests", data=form, headers={"Referer": "https://evil.example/"})
    assert elsewhere.location == "/login?next=/"


def test_nobody_is_led_to_another_site_by_signing_in(app, csrf_of, real_clock):
    browser = app.test_client()
    token = csrf_of(browser.get("/login").text)
    form = {"email": NURSE, "password": "demo-companion-26", "csrf_token": token}
    answer = browser.post("/login?next=https://evil.example/", data=form)
    assert (answer.status_code, answer.location) == (200, None)


@pytest.mark.parametrize("change", [{"fs_uniquifier": "another"}, {"active": False}])
def test_a_changed_account_is_signed_out_everywhere(browser, demo_begin, change):
    with demo_begin() as work:
        nurse = work.session.exec(select(Staff).where(Staff.email == NURSE)).one()
        for name, value in change.items():
            setattr(nurse, name, value)
    assert browser.get("/me").status_code == 302
    assert "登录已失效" in browser.get("/login").text


def copied(browser, app):
    """Another browser with a copy of the cookies."""
    thief = app.test_client()
    thief.set_cookie("session", browser.get_cookie("session").value)
    assert thief.get("/me").status_code == 200
    return thief


def test_signing_out_ends_the_cookie_wherever_it_was_copied_and_no_other_browser(
    app, browser, signed_in, csrf_of, demo_begin
):
    thief, ward = copied(browser, app), signed_in(NURSE)
    token = csrf_of(browser.get("/me").text)
    assert browser.post("/logout", data={"csrf_token": token}).location == "/login"
    assert thief.get("/me").status_code == 302
    assert "登录已失效" in thief.get("/login").text
    assert ward.get("/me").status_code == 200
    with demo_begin() as work:
        assert work.session.exec(select(Audit.actor).where(Audit.action == "sign_out")).one().startswith("staff:")


def test_a_session_that_is_over_for_want_of_use_cannot_be_kept_alive_by_a_copy(app, browser, real_clock):
    waits(real_clock, minutes=20)
    thief = copied(browser, app)
    waits(real_clock, minutes=20)
    assert browser.get("/me").status_code == 302
    assert thief.get("/me").status_code == 302


def test_whose_phone_with_the_app_is_lost_is_signed_out_by_the_reset(browser, demo_begin):
    with demo_begin() as work:
        nurse = work.session.exec(select(Staff).where(Staff.email == NURSE)).one()
        reset_second_factor(work, nurse, "staff:4")
    assert browser.get("/me").status_code == 302


def test_rows_of_sessions_do_not_pile_up(signed_in, real_clock, demo_begin):
    for _ in range(3):
        signed_in(NURSE)
        waits(real_clock, hours=13)
    signed_in(NURSE)
    with demo_begin() as work:
        assert len(work.session.exec(select(StaffSession)).all()) == 1


def test_the_cookie_is_no_script_s_and_ends_with_the_browser(app):
    cookie = app.test_client().get("/login").headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Expires" not in cookie


def test_an_open_desk_goes_to_the_sign_in_by_itself(
    address, browser_page, real_clock
):
    looks_again = "document.dispatchEvent(new Event('visibilitychange'))"
    sign_in(browser_page, address)
    waits(real_clock, minutes=31)
    browser_page.evaluate(looks_again)
    browser_page.get_by_text("signed out after a time without use").wait_for()
    assert browser_page.url.endswith("/login?next=/")
