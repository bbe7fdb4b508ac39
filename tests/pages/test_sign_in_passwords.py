"""A password that is forgotten, or set for the first time: by a link that works once."""

import time
from datetime import timedelta

import pytest
from sqlmodel import col, select

from app import demo
from app.services.password_links import make_link
from app.services.passwords import is_common
from app.texts import Reader, say
from models import Audit, Message, Staff
from tests.one_time import code_shown
from tests.pages.by_browser import press, write

NURSE, ADMIN = "nurse@example.com", "admin@example.com"
NEW = "lantern-over-quiet-water"


@pytest.fixture
def texted(demo_begin):
    def texted():
        with demo_begin() as work:
            query = select(Message).where(Message.key == "sms.password")
            return work.session.exec(query.order_by(col(Message.id))).all()

    return texted


@pytest.fixture
def link(demo_begin, real_clock):
    with demo_begin() as work:
        nurse = work.session.exec(select(Staff).where(Staff.email == NURSE)).one()
        return make_link(work, nurse, "http://localhost", real_clock.now, "staff:4").url


def path_of(url):
    return "/s/" + url.rpartition("/")[2]


def sets(browser, send, url, password=NEW, again=None):
    form = browser.get(path_of(url)).location
    return send(form, password=password, password_confirm=again or password)


def test_who_forgot_the_password_is_texted_a_link_and_sets_another(send, browser, texted, app):
    asked = send("/reset", email=NURSE)
    assert "如果这个邮箱有账号" in asked.text
    [row] = texted()
    assert (row.channel, row.not_after - row.due_at) == ("sms", timedelta(minutes=30))
    assert sets(browser, send, row.data["url"]).location == "/login"
    assert "密码已设置" in browser.get("/login").text
    assert send("/login", email=NURSE, password=demo.PASSWORD).status_code == 200
    assert "/tf-validate" in send("/login", email=NURSE, password=NEW).location  # not without a code


def test_the_answer_is_the_same_whether_there_is_an_account_a_phone_or_none(send, texted, demo_begin):
    with demo_begin() as work:
        gone = work.session.exec(select(Staff).where(Staff.email == "nurse2@example.com")).one()
        gone.active = False
    pages = {send("/reset", email=email).text.replace(email, "x").partition('name="csrf_token"')[0]
             for email in (NURSE, ADMIN, "nurse2@example.com", "nobody@example.com")}  # fmt: skip
    assert len(pages) == 1
    assert len(texted()) == 1


def test_the_text_is_one_segment_and_names_nobody():
    url = "https://" + "x" * 32 + "/s/" + "A" * 12
    text = say("sms.password", Reader("zh-CN", "UTC"), {"url": url})
    assert len(text) <= 70
    assert not {"护士", "医生", "随访", "GIST"} & {text[n:n + 2] for n in range(len(text))}


def test_a_second_request_within_minutes_sends_no_second_text_and_the_first_link_works(
    send, browser, texted, real_clock
):
    for _ in range(4):
        send("/reset", email=NURSE)
    [row] = texted()
    assert "/reset/" in browser.get(path_of(row.data["url"])).location
    real_clock.now += timedelta(minutes=6)
    send("/reset", email=NURSE)
    first, second = texted()
    assert "/reset/" in browser.get(path_of(second.data["url"])).location
    assert browser.get(path_of(first.data["url"])).location == "/reset"


def test_a_link_works_once(send, browser, link):
    form = browser.get(path_of(link)).location
    assert send(form, password=NEW, password_confirm=NEW).location == "/login"
    assert browser.get(path_of(link)).location == "/reset"
    assert "链接已失效" in browser.get("/reset").text
    other = "harbour-under-seven-moons"
    assert "/reset" in send(form, password=other, password_confirm=other).location


def test_a_page_that_a_replaced_link_opened_sets_no_password(send, browser, link, demo_begin, real_clock):
    form = browser.get(path_of(link)).location
    with demo_begin() as work:
        nurse = work.session.exec(select(Staff).where(Staff.email == NURSE)).one()
        make_link(work, nurse, "http://localhost", real_clock.now, "staff:4")
    assert send(form, password=NEW, password_confirm=NEW).location == "/reset"
    assert "链接已失效" in browser.get("/reset").text


@pytest.mark.parametrize("email", [NURSE, "nobody@example.com"])
def test_the_time_that_the_answer_takes_does_not_tell_either(send, email):
    began = time.monotonic()
    send("/reset", email=email)
    assert time.monotonic() - began >= 0.6


@pytest.mark.parametrize(("hours", "works"), [(23, True), (25, False)])
def test_an_admins_link_lasts_a_day(browser, link, real_clock, hours, works):
    real_clock.now += timedelta(hours=hours)
    assert ("/reset/" in browser.get(path_of(link)).location) == works


def test_opening_a_link_uses_up_nothing(browser, send, link):
    for _ in range(3):
        browser.get(path_of(link))
    assert sets(browser, send, link).location == "/login"


@pytest.mark.parametrize(("password", "again", "says"), [
    ("short-one", None, "至少要有 12 个字符"),
    ("password123456", None, "太容易被猜到"),
    ("aaaaaaaaaaaaaa", None, "太容易被猜到"),
    (NEW, "lantern-over-quiet-waters", "两次输入的新密码不一样"),
])
def test_a_password_that_will_not_do_is_refused_with_the_reason(send, browser, link, password, again, says):
    page = sets(browser, send, link, password, again)
    assert page.status_code == 200 and says in page.text
    assert password not in page.text


@pytest.mark.parametrize("password", ["Nurse-password-1", "qwerty-123456789", "121212121212", "Zhou.min-2026-01"])
def test_common_passwords_are_known(password):
    assert is_common(password, ["zhou.min"])


@pytest.mark.parametrize("password", [NEW, "demo-companion-26", "一二三四五六七八九十百千"])
def test_others_are_taken(password):
    assert not is_common(password, ["li"])


def test_a_new_password_ends_every_session_but_the_one_it_was_set_in(app, signed_in, csrf_of, demo_begin):
    desk, ward = signed_in(NURSE), signed_in(NURSE)
    token = csrf_of(desk.get("/change").text)
    form = {"new_password": NEW, "new_password_confirm": NEW, "csrf_token": token}
    assert "密码不正确" in desk.post("/change", data={**form, "password": "no"}).text
    assert desk.post("/change", data={**form, "password": demo.PASSWORD}).location == "/me"
    assert "密码已修改" in desk.get("/me").text
    assert ward.get("/me").status_code == 302
    with demo_begin() as work:
        assert "password.change" in work.session.exec(select(Audit.action)).all()


def test_links_are_audited_without_their_codes(send, browser, link, texted, demo_begin):
    send("/reset", email="nurse2@example.com")
    with demo_begin() as work:
        rows = [one for one in work.session.exec(select(Audit)) if one.action.startswith("password_link")]
    assert [one.action for one in rows] == ["password_link.make", "password_link.text"]
    assert not [one for one in rows if link[-12:] in f"{one.about}{one.actor}"]
    assert code_shown(NURSE) not in str(rows)


def test_in_a_browser_without_a_mouse(address, browser_page, texted):
    browser_page.goto(f"{address}/login?lang=en")
    press(browser_page, "Forgot the password?")
    write(browser_page, "Email", NURSE)
    press(browser_page, "Send the link")
    [row] = texted()
    browser_page.goto(address + path_of(row.data["url"]))
    write(browser_page, "New password", NEW)
    write(browser_page, "New password, once more", NEW)
    press(browser_page, "Keep the new password")
    browser_page.get_by_text("The password is set").wait_for()
    write(browser_page, "Email", NURSE)
    write(browser_page, "Password", NEW)
    press(browser_page, "Sign in")
    write(browser_page, "6-digit code", code_shown(NURSE))
    press(browser_page, "Sign in")
    browser_page.wait_for_url(f"{address}/")
