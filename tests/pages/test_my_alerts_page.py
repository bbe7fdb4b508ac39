"""The page on which somebody of the staff sees and tests how alerts reach them."""

import re

import pytest
from sqlmodel import select

from app.services.staff_chat import connect_chat, staff_of_chat
from models import Message, Staff

NURSE = "nurse@example.com"


@pytest.fixture
def browser(signed_in):
    return signed_in(NURSE)


@pytest.fixture
def post(browser, csrf_of):
    def send(path, **form):
        token = csrf_of(browser.get("/me").text)
        return browser.post(path, data={**form, "csrf_token": token}, follow_redirects=True)

    return send


def me(begin):
    with begin() as work:
        return work.session.exec(select(Staff).where(Staff.email == NURSE)).one()


def change(begin, **values):
    with begin() as work:
        nurse = work.session.exec(select(Staff).where(Staff.email == NURSE)).one()
        for name, value in values.items():
            setattr(nurse, name, value)


def sent_tests(begin):
    with begin() as work:
        nurse = work.session.exec(select(Staff).where(Staff.email == NURSE)).one()
        return work.session.exec(select(Message).where(Message.about == f"test:{nurse.id}")).all()


def test_it_says_who_i_am_and_when_i_am_on_call(browser, demo_begin):
    page = browser.get("/me?lang=en").text
    nurse = me(demo_begin)
    assert nurse.name in page and nurse.phone in page
    assert "On call next" in page and "called as number 1" in page


@pytest.mark.parametrize(("language", "named"), [("en", "My account"), ("zh-CN", "我的账号")])
def test_password_and_authenticator_are_found_under_my_account(browser, language, named):
    bar = browser.get(f"/?lang={language}").text.partition("</header>")[0]
    assert f'<a href="/me">{named}</a>' in bar
    page = browser.get(f"/me?lang={language}").text
    assert f"<h1>{named}</h1>" in page and 'href="/change"' in page and 'href="/tf-setup"' in page


def test_on_a_phone_neither_a_code_nor_a_link_of_the_bar_is_broken(desk, demo_begin, patient_ids):
    change(demo_begin, name="Maximiliana Konstantinopolskaya-Wolfeschlegelstein")
    page = desk("nurse", f"/patients/{patient_ids['P-0003']}")
    page.set_viewport_size({"width": 390, "height": 900})
    for one in (page.locator("h1"), page.locator(".who > a"), page.locator(".who .plain")):
        lines = "one => { const all = document.createRange(); all.selectNodeContents(one); return all.getClientRects().length; }"
        assert one.evaluate(lines) == 1
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_it_warns_who_cannot_be_reached(browser, demo_begin, clock):
    change(demo_begin, texts_stopped_at=clock.now)
    assert "You stopped our texts" in browser.get("/me?lang=en").text
    change(demo_begin, phone=None)
    page = browser.get("/me?lang=en").text
    assert "neither texts nor calls" in page and "There is no way to reach you" in page


@pytest.mark.parametrize("way", ["sms", "voice"])
def test_a_test_goes_out_and_its_fate_is_shown(post, browser, demo_begin, way):
    assert "测试已发出" in post("/me/tests", channel=way).text
    [row] = sent_tests(demo_begin)
    assert (row.channel, row.key) == (way, f"{way}.test")
    with demo_begin() as work:
        kept = work.session.get_one(Message, (row.clinic_id, row.id))
        kept.state, kept.reason = "failed", "Twilio 400, code 21211"
    page = browser.get("/me").text
    assert "失败" in page and "code 21211" in page
    assert "请稍后再试" in post("/me/tests", channel=way).text


def test_there_is_no_test_by_a_way_that_is_not_there(post, demo_begin):
    assert "没有可用的联系方式" in post("/me/tests", channel="telegram").text
    assert post("/me/tests", channel="pigeon").status_code == 200
    assert sent_tests(demo_begin) == []


def test_telegram_is_connected_by_a_code_shown_once_and_disconnected(post, browser, demo_begin):
    page = post("/me").text
    assert "<svg" in page
    code = re.search(r"\?start=([A-Z0-9]{12})", page)[1]
    assert code not in browser.get("/me").text
    with demo_begin() as work:
        assert connect_chat(work, 5, code)
    assert "发到我的 Telegram" in browser.get("/me").text
    assert "测试已发出" in post("/me/tests", channel="telegram").text
    assert "已解除" in post("/me/telegram/end").text
    with demo_begin() as work:
        assert staff_of_chat(work, 5) is None


def test_nobody_sees_it_without_signing_in(app):
    assert app.test_client().get("/me").status_code == 302
