"""Nobody gets in with a password alone: the second factor, its set-up, and when it is lost."""

import re
import secrets
import time

import pytest
from argon2 import PasswordHasher
from sqlmodel import col, select

from app import demo
from app.services.second_factors import reset_second_factor, use_step
from models import Audit, Role, Staff
from sandbox.one_time import code_at
from tests.one_time import code_shown
from tests.pages.conftest import token_in

NURSE, NEW = "nurse@example.com", "new@example.com"
PASSWORD = "lantern-over-quiet-water"


@pytest.fixture
def newcomer(demo_begin):
    """A nurse who has not signed in yet."""
    with demo_begin() as work:
        nurse = work.session.exec(select(Role).where(Role.name == "nurse")).one()
        work.session.add(Staff(
            clinic_id=demo.CLINIC, name="王芳", email=NEW, fs_uniquifier=secrets.token_hex(),
            password=PasswordHasher().hash(PASSWORD), roles=[nurse],
        ))  # fmt: skip
    return NEW


@pytest.fixture
def browser(app):
    return app.test_client()


def send(browser, path, **form):
    token = token_in(browser.get("/login").text) if path == "/login" else browser.token
    browser.token = token
    return browser.post(path, data={**form, "csrf_token": token})


def person(begin, email):
    with begin() as work:
        return work.session.exec(select(Staff).where(Staff.email == email)).one()


def actions(begin, email):
    with begin() as work:
        who = work.session.exec(select(Staff).where(Staff.email == email)).one()
        query = select(Audit.action).where(col(Audit.actor) == f"staff:{who.id}")
        return list(work.session.exec(query.order_by(col(Audit.id))))


def test_a_password_alone_opens_nothing(browser):
    answer = send(browser, "/login", email=NURSE, password=demo.PASSWORD)
    assert answer.location.startswith("/tf-validate")
    assert "/login" in browser.get("/patients").location


def test_a_wrong_code_opens_nothing_and_says_so_in_both_languages(browser):
    send(browser, "/login", email=NURSE, password=demo.PASSWORD)
    answer = send(browser, "/tf-validate", code="000000")
    assert "验证码不正确或已用过" in answer.text
    assert "The code is not right" in browser.post("/tf-validate?lang=en", data={"code": "1", "csrf_token": browser.token}).text
    assert "/login" in browser.get("/patients").location


def test_a_code_leads_to_where_one_was_going(browser):
    path = browser.get("/rota").location
    token = token_in(browser.get(path).text)
    form = {"email": NURSE, "password": demo.PASSWORD, "csrf_token": token}
    then = browser.post(path, data=form).location
    answer = browser.post(then, data={"code": code_shown(NURSE), "csrf_token": token})
    assert answer.location == "/rota"


def test_a_code_that_was_used_is_not_taken_again(app, browser, signed_in):
    signed_in(NURSE)
    send(browser, "/login", email=NURSE, password=demo.PASSWORD)
    assert "已用过" in send(browser, "/tf-validate", code=code_shown(NURSE)).text
    assert send(browser, "/tf-validate", code=code_shown(NURSE, steps_on=1)).status_code == 302


def test_of_two_who_use_the_same_code_at_once_one_gets_in(demo_begin):
    nurse = person(demo_begin, NURSE)
    with demo_begin() as work:
        used = [use_step(work, nurse.id, counter) for counter in (7, 7, 6, 8)]
    assert used == [True, False, False, True]


def test_the_first_sign_in_leads_to_the_set_up_and_then_to_recovery_codes(browser, newcomer, demo_begin):
    assert send(browser, "/login", email=NEW, password=PASSWORD).location.endswith("/tf-setup")
    assert "Microsoft Authenticator" in browser.get("/tf-setup").text
    page = send(browser, "/tf-setup", setup="authenticator").text
    assert "<svg" in page
    assert person(demo_begin, NEW).tf_totp_secret is None  # not before a code was right
    answer = send(browser, "/tf-validate", code=app_code(page))
    assert answer.location == "/"
    assert browser.get("/").location.endswith("/mf-recovery-codes")
    shown = recovery_codes(send(browser, "/mf-recovery-codes", generate_new_codes="1").text)
    kept = person(demo_begin, NEW)
    assert len(set(shown)) == len(kept.mf_recovery_codes) == 8
    assert not {one for one in shown if one in str(kept.mf_recovery_codes)}
    assert recovery_codes(browser.get("/mf-recovery-codes?show_codes=1").text) == []
    assert {"second_factor.set", "recovery_codes.make"} <= set(actions(demo_begin, NEW))


def app_code(page):
    """What an app shows that was told the key of the page."""
    secret = re.search(r'class="secret"><code>([A-Z2-7- ]+)<', page)[1].replace("-", "")
    return code_at(secret, time.time())


def recovery_codes(page):
    return re.findall(r"<li><code>([0-9a-f-]+)</code></li>", page)


def test_a_recovery_code_gets_in_once_however_it_is_typed(app, signed_in, csrf_of, demo_begin):
    mine = signed_in(NURSE)
    token = csrf_of(mine.get("/mf-recovery-codes").text)
    made = mine.post("/mf-recovery-codes", data={"generate_new_codes": "1", "csrf_token": token})
    code = recovery_codes(made.text)[0].upper().replace("-", " ")
    for expected in (302, 200):
        browser = app.test_client()
        send(browser, "/login", email=NURSE, password=demo.PASSWORD)
        answer = send(browser, "/mf-recovery", code=code)
        assert answer.status_code == expected
    assert "备用码不正确" in answer.text
    assert len(person(demo_begin, NURSE).mf_recovery_codes) == 7
    assert "recovery_code.use" in actions(demo_begin, NURSE)


def test_after_a_reset_the_set_up_comes_again(browser, demo_begin):
    with demo_begin() as work:
        nurse = work.session.exec(select(Staff).where(Staff.email == NURSE)).one()
        reset_second_factor(work, nurse, "staff:4")
    assert send(browser, "/login", email=NURSE, password=demo.PASSWORD).location.endswith("/tf-setup")


@pytest.mark.parametrize("path", ["/tf-setup", "/mf-recovery-codes"])
def test_how_one_signs_in_is_changed_only_after_the_password_once_more(signed_in, csrf_of, path):
    browser = signed_in(NURSE)
    with browser.session_transaction() as session:
        session["fs_paa"] -= 3600
        session.pop("fs_gexp", None)
    where = browser.get(path).location
    assert where.startswith("/verify")
    page = browser.get(where).text
    assert "请先再次输入密码" in page
    again = browser.post(where, data={"password": demo.PASSWORD, "csrf_token": csrf_of(page)})
    assert again.location == path
    assert browser.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/tf-setup", "/tf-validate", "/mf-recovery", "/tf-rescue", "/tf-select"])
def test_no_step_is_reached_but_from_the_one_before(browser, path):
    answer = browser.get(path)
    assert (answer.status_code, "/login" in answer.location) == (302, True)


def test_nobody_is_remembered_beyond_their_session(browser):
    send(browser, "/login", email=NURSE, password=demo.PASSWORD, remember="y")
    send(browser, "/tf-validate", code=code_shown(NURSE))
    assert browser.get_cookie("remember_token") is None
    assert browser.get("/").status_code == 200


def test_rescue_by_mail_is_not_offered_and_does_nothing(browser):
    send(browser, "/login", email=NURSE, password=demo.PASSWORD)
    assert "输入动态验证码" in send(browser, "/tf-rescue", help_setup="help").text


def test_every_page_of_signing_in_is_strict_and_kept_by_no_browser(app, signed_in):
    browser = signed_in(NURSE)
    for path in ("/login", "/tf-setup", "/mf-recovery-codes", "/verify"):
        for who in (browser, app.test_client()):
            headers = who.get(path).headers
            assert "script-src 'self'" in headers["Content-Security-Policy"], path
            assert headers["Cache-Control"] == "no-store", path


def test_a_nurse_sets_up_her_app_on_her_first_day(newcomer, address, browser_page):
    faults: list[str] = []
    browser_page.on("console", lambda message: faults.append(message.text))
    browser_page.goto(f"{address}/login?lang=zh-CN")
    browser_page.fill("#email", NEW)
    browser_page.fill("#password", PASSWORD)
    browser_page.click("main button")
    browser_page.click("main button")
    for width in (1280, 390):
        browser_page.set_viewport_size({"width": width, "height": 900})
        wide = "document.documentElement.scrollWidth - window.innerWidth"
        assert browser_page.evaluate(wide) <= 0
    browser_page.fill("#code", app_code(browser_page.content()))
    browser_page.click("main button")
    browser_page.get_by_role("button", name="生成备用码").click()
    assert browser_page.locator(".codes li").count() == 8
    browser_page.get_by_role("link", name="已保存，继续").click()
    browser_page.wait_for_url(f"{address}/")
    assert faults == []
