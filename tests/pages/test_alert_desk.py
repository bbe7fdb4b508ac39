"""An alert on the desk: its life and messages, what comes next, opened again; the list and rates."""

from datetime import timedelta

import pytest
from sqlmodel import select, update

from app.clinical.alerts import Cause
from app.pages.reasons import why
from app.services.alerts import acknowledge, raise_alerts
from app.services.escalation import call_failed, escalate_due
from models import Alert, AlertState, Audit, Channel, Message, MessageState, Patient, Staff
from tests.pages.by_browser import overflow, sign_in

NURSE, DOCTOR, ADMIN = "nurse@example.com", "doctor@example.com", "admin@example.com"
RASH = Cause("grade_3", "skin", "3")


@pytest.fixture
def alert(demo_begin, patient_ids) -> Alert:
    """Raised at ten in the clinic; the first nurse, 李静, is texted."""
    with demo_begin() as work:
        patient = work.session.get_one(Patient, ("demo", patient_ids["P-0001"]))
        return raise_alerts(work, patient, [RASH], report_id=None, grade=3)


def fail_text(begin, why="undelivered: provider's code 30003"):
    with begin() as work:
        row = work.session.exec(select(Message).where(Message.staff_id.is_not(None))).one()
        row.state, row.reason = MessageState.FAILED, why
        call_failed(work, row)


def posts(browser, csrf_of, path, where, **form):
    token = csrf_of(browser.get(path).text)
    return browser.post(f"{path}/{where}", data={"csrf_token": token, **form}, follow_redirects=True)


def state_of(begin, alert):
    with begin() as work:
        return work.session.get_one(Alert, ("demo", alert.id)).state


def test_the_page_says_who_was_called_what_became_of_it_and_who_is_next(
    signed_in, alert, demo_begin
):
    fail_text(demo_begin)
    page = signed_in(NURSE).get(f"/a/{alert.code}?lang=en").text
    assert "Not reached: 李静 by text: the phone is off or out of reach (30003)" in page
    assert "Called: 周敏 by text" in page and "waiting to be sent" in page
    assert "Next: 陈医生 by text, at 10:15" in page
    assert page.index("Not reached: 李静") < page.index("Called: 李静") < page.index("Raised")


def test_the_queue_says_who_is_next_and_what_came_back(signed_in, alert, demo_begin, clock):
    with demo_begin() as work:
        acknowledge(work, "demo", alert.id, "staff:2")
    assert "Comes back at 14:00, unless it is closed" in signed_in(NURSE).get("/?lang=en").text
    clock.now += timedelta(hours=4)
    with demo_begin() as work:
        escalate_due(work)
    page = signed_in(NURSE).get("/?lang=en").text
    assert "Next: 周敏 by text, at 14:15" in page
    assert "came back 1×" in page


def test_with_nobody_who_can_be_called_the_page_says_so(signed_in, demo_begin, alert):
    with demo_begin() as work:
        for staff in work.session.exec(select(Staff)):
            staff.phone = None
    page = signed_in(NURSE).get(f"/alerts/{alert.id}").text
    assert "没有可通知的人了" in page


def test_an_alert_is_taken_closed_and_opened_again(signed_in, alert, demo_begin, csrf_of):
    browser, path = signed_in(NURSE), f"/alerts/{alert.id}"
    posts(browser, csrf_of, path, "acknowledge")
    assert state_of(demo_begin, alert) == AlertState.ACKNOWLEDGED
    posts(browser, csrf_of, path, "close", disposition="call", note="电话里说好多了")
    page = posts(browser, csrf_of, path, "reopen", reason="又来电话了").text
    assert state_of(demo_begin, alert) == AlertState.OPEN
    assert "李静 重新打开" in page and "又来电话了" in page
    assert "李静 关闭：已电话联系" in page and "电话里说好多了" in page


def test_other_alone_does_not_close_and_the_form_says_why(signed_in, alert, demo_begin, csrf_of):
    page = posts(signed_in(NURSE), csrf_of, f"/alerts/{alert.id}", "close", disposition="other").text
    assert "请在备注中写明做了什么" in page and alert.code in page
    assert state_of(demo_begin, alert) == AlertState.OPEN


def test_an_admin_reads_an_alert_and_does_not_answer_it(signed_in, alert, demo_begin, csrf_of):
    browser, path = signed_in(ADMIN), f"/alerts/{alert.id}"
    token = csrf_of(browser.get(path).text)
    for act in ("acknowledge", "close", "reopen"):
        assert browser.post(f"{path}/{act}", data={"csrf_token": token}).status_code == 403
    assert state_of(demo_begin, alert) == AlertState.OPEN


def test_a_code_that_two_alerts_had_opens_the_one_that_is_not_closed(signed_in, alert, demo_begin):
    with demo_begin() as work:
        work.session.add(Alert(
            clinic_id="demo", id="older", patient_id=alert.patient_id, code=alert.code, family="gi",
            state=AlertState.CLOSED, raised_at=work.now + timedelta(hours=1), disposition="call",
            closed_at=work.now + timedelta(hours=1),
        ))  # fmt: skip
    browser = signed_in(NURSE)
    assert f"/alerts/{alert.id}/news" in browser.get(f"/a/{alert.code.lower()}").text
    assert "/alerts/older/news" in browser.get("/alerts/older").text
    assert browser.get("/a/NONE").status_code == 404


def test_a_closed_alert_is_found_in_the_list_of_closed_ones(signed_in, alert, csrf_of):
    browser, link = signed_in(NURSE), f'href="/alerts/{alert.id}"'
    assert link in browser.get("/alerts").text
    posts(browser, csrf_of, f"/alerts/{alert.id}", "close", disposition="medicine")
    assert link not in browser.get("/alerts").text
    assert link in browser.get("/alerts?state=closed").text


def test_the_list_says_how_alerts_are_answered(signed_in, alert, demo_begin, clock, csrf_of):
    clock.now += timedelta(minutes=12)
    browser = signed_in(NURSE)
    posts(browser, csrf_of, f"/alerts/{alert.id}", "close", disposition="medicine")
    page = browser.get("/alerts?state=closed&days=7&lang=en").text
    assert "<b>12 min</b>" in page and "<b>100 %</b>" in page and "Medicine given" in page
    assert "page." not in page


@pytest.mark.parametrize(("language", "of_nine"), [("en", "nine of ten"), ("zh-CN", "九成在")])
def test_where_no_alert_was_answered_no_time_of_nine_in_ten_is_told(signed_in, demo_begin, language, of_nine):
    with demo_begin() as work:
        work.session.execute(update(Alert).values(raised_at=work.now - timedelta(days=400)))
    page = signed_in(NURSE).get(f"/alerts?state=closed&days=7&lang={language}").text
    assert 'id="rates"' in page and of_nine not in page


def test_the_list_goes_on_page_by_page(signed_in, demo_begin, patient_ids):
    with demo_begin() as work:
        for number in range(51):
            at = work.now + timedelta(minutes=number)
            work.session.add(Alert(
                clinic_id="demo", id=f"n{number:02}", patient_id=patient_ids["P-0001"], code=f"N{number:02}",
                family="gi", state=AlertState.CLOSED, raised_at=at, closed_at=at, disposition="call",
            ))  # fmt: skip
    browser = signed_in(NURSE)
    first = browser.get("/alerts?state=closed").text
    following = first.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert "· N50" in first and "· N00" not in first
    assert "· N00" in browser.get(following).text


def test_messages_of_a_patient_are_shown_with_their_state_and_reason(
    signed_in, alert, demo_begin, patient_ids
):
    fail_text(demo_begin)
    path = f"/patients/{patient_ids['P-0001']}"
    browser = signed_in(NURSE)
    for page in (browser.get(f"{path}/messages?lang=en").text, browser.get(f"{path}?lang=en").text):
        assert "To: 李静" in page and "failed" in page
        assert "the phone is off or out of reach (30003)" in page
        assert "To: patient" in page and "blood draw" in page
    assert "未送达" in browser.get(f"{path}/messages?lang=zh-CN").text
    with demo_begin() as work:
        assert "messages.read" in set(work.session.exec(select(Audit.action)))


def test_replies_in_the_chat_can_be_left_out(signed_in, demo_begin, patient_ids):
    with demo_begin() as work:
        work.session.add(Message(
            clinic_id="demo", id="reply", dedupe="reply:1", key="home.text", channel=Channel.TELEGRAM,
            chat_id=900001, patient_id=patient_ids["P-0001"], due_at=work.now, made_at=work.now,
            state=MessageState.SENT, sent_at=work.now, sent_body="您好，这里是菜单",
        ))  # fmt: skip
    path = f"/patients/{patient_ids['P-0001']}/messages"
    browser = signed_in(NURSE)
    assert "您好，这里是菜单" in browser.get(path).text
    assert "您好，这里是菜单" not in browser.get(f"{path}?replies=0").text


@pytest.mark.parametrize("state", list(MessageState))
@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_every_state_of_a_message_has_its_word(signed_in, alert, demo_begin, state, language):
    with demo_begin() as work:
        work.session.exec(select(Message).where(Message.staff_id.is_not(None))).one().state = state
    page = signed_in(NURSE).get(f"/alerts/{alert.id}?lang={language}").text
    assert f"state-{state}" in page and "page.message" not in page


@pytest.mark.parametrize(("reason", "said"), [
    ("acknowledged", "somebody has taken it"),
    ("gave up after 72 attempts", "given up after 72 attempts"),
    ("429: wait 30 s", "Telegram wants a pause of 30 s"),
    ("Twilio 400, code 21211", "not a valid number (21211)"),
    ("undelivered: provider's code 39999", "provider's code 39999"),
    ("busy: provider's code not given", "the line was busy"),
    ("Twilio 400, code 21214", "the number cannot be reached (21214)"),
    ("something of a machine", "something of a machine"),
])  # fmt: skip
def test_reasons_are_said_in_plain_words_where_they_are_known(app, reason, said):
    with app.test_request_context("/?lang=en"):
        assert why(reason) == said


def test_a_text_whose_receipt_never_came_says_so(signed_in, alert, demo_begin):
    with demo_begin() as work:
        row = work.session.exec(select(Message).where(Message.staff_id.is_not(None))).one()
        row.state, row.reason = MessageState.SENT, "no receipt came within a day"
    assert "一天内没有回执" in signed_in(NURSE).get(f"/alerts/{alert.id}").text


def test_the_news_of_an_alert_change_when_something_happens_and_need_a_sign_in(
    app, signed_in, alert, demo_begin
):
    browser, path = signed_in(DOCTOR), f"/alerts/{alert.id}/news"
    before = browser.get(path).text
    assert browser.get(path).text == before
    with demo_begin() as work:
        acknowledge(work, "demo", alert.id, "staff:2")
    assert browser.get(path).text != before
    assert app.test_client().get(path).status_code == 302


def test_an_open_page_shows_news_by_itself_and_does_not_disturb_one_who_writes(
    address, browser_page, alert, demo_begin
):
    looks_again = "document.dispatchEvent(new Event('visibilitychange'))"
    sign_in(browser_page, address)
    browser_page.goto(f"{address}/alerts/{alert.id}?lang=en")
    with demo_begin() as work:
        acknowledge(work, "demo", alert.id, "staff:2")
    browser_page.evaluate(looks_again)
    browser_page.get_by_text("Taken by 周敏").wait_for()
    browser_page.get_by_placeholder("Note").fill("she is")
    with demo_begin() as work:
        patient = work.session.get_one(Patient, ("demo", alert.patient_id))
        raise_alerts(work, patient, [RASH], report_id=None, grade=4)
    browser_page.evaluate(looks_again)
    browser_page.get_by_text("There is news.").wait_for()
    assert browser_page.get_by_placeholder("Note").input_value() == "she is"


def test_no_page_of_alerts_is_wider_than_the_screen(
    address, browser_page, alert, demo_begin, patient_ids
):
    fail_text(demo_begin)
    sign_in(browser_page, address)
    faults: list[str] = []
    browser_page.on("console", lambda message: faults.append(message.text))
    paths = ["/", "/alerts", f"/alerts/{alert.id}", "/rota", f"/patients/{patient_ids['P-0001']}/messages"]
    wide = [
        (path, language, width)
        for language in ("zh-CN", "en") for width in (1280, 390) for path in paths
        if overflow(browser_page, f"{address}{path}?lang={language}", width) > 0
    ]  # fmt: skip
    assert (wide, faults) == ([], [])
