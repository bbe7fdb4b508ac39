"""From an alert's page the patient is phoned and written to; what came of both stands in its story."""

import pytest
from sqlmodel import select

from app.clinical.alerts import Cause
from app.services.alerts import acknowledge, raise_alerts
from app.services.writing import write
from app.texts import Reader
from app.texts.render import render
from models import Alert, Audit, Chat, ChatState, Message, MessageState, Patient, PhoneCall
from tests.pages.by_browser import sign_in

NURSE, ADMIN = "nurse@example.com", "admin@example.com"


@pytest.fixture
def alert(demo_begin, patient_ids) -> Alert:
    with demo_begin() as work:
        patient = work.session.get_one(Patient, ("demo", patient_ids["P-0001"]))
        patient.phone = "+8613800001111"
        return raise_alerts(work, patient, [Cause("grade_3", "skin", "3")], report_id=None, grade=3)


@pytest.fixture
def sends(csrf_of):
    def sends(browser, path, **form):
        token = csrf_of(browser.get("/me?lang=en").text)
        return browser.post(path, data={"csrf_token": token, **form}, follow_redirects=True)

    return sends


def words_sent(begin):
    with begin() as work:
        query = select(Message).where(Message.key == "nurse.words")
        return work.session.exec(query).all()


def test_a_call_about_an_alert_is_in_its_story_with_its_outcome(signed_in, alert, demo_begin, sends):
    browser = signed_in(NURSE)
    assert 'href="tel:+8613800001111"' in browser.get(f"/alerts/{alert.id}").text
    page = sends(browser, f"/alerts/{alert.id}/called", outcome="reached", note="no fever").text
    assert "李静 phoned the patient: reached" in page and "no fever" in page
    with demo_begin() as work:
        assert work.session.exec(select(PhoneCall)).one().alert_id == alert.id


@pytest.mark.main_task("messages_page")
def test_a_message_goes_as_it_was_typed_and_its_state_is_on_the_page(
    signed_in, alert, demo_begin, sends
):
    browser, path = signed_in(NURSE), f"/alerts/{alert.id}"
    page = sends(browser, f"{path}/write", words="请拍一张照片 {x} <b>", once="a1").text
    sends(browser, f"{path}/write", words="请拍一张照片 {x} <b>", once="a1")
    (row,) = words_sent(demo_begin)
    assert "message from the clinic" in page and "waiting to be sent" in page
    said = render(row.key, row.data, Reader("zh-CN", "Asia/Shanghai")).text
    assert said == "医院给您留言：\n\n请拍一张照片 {x} <b>"
    with demo_begin() as work:
        acknowledge(work, "demo", alert.id, "staff:1")
        actions = list(work.session.exec(select(Audit.action)))
    assert actions.count("patient.write") == 1
    assert words_sent(demo_begin)[0].state == MessageState.QUEUED


def test_ready_phrases_are_in_the_language_of_the_patient(signed_in, alert, patient_ids, sends):
    browser = signed_in(NURSE)
    assert "方便时请给我们打电话。" in browser.get(f"/alerts/{alert.id}?lang=en").text
    assert "Please call us when you can." in browser.get(f"/patients/{patient_ids['P-0003']}").text


def test_a_phrase_alone_goes_where_no_script_runs(signed_in, alert, demo_begin, sends):
    sends(signed_in(NURSE), f"/alerts/{alert.id}/write", phrase="方便时请给我们打电话。", words=" ")
    assert words_sent(demo_begin)[0].data == {"words": "方便时请给我们打电话。"}


@pytest.mark.parametrize(("state", "status", "said"), [
    (ChatState.BLOCKED, 409, "has blocked the chat"), (ChatState.STOPPED, 409, "has stopped messages"),
    (None, 409, "No phone is linked"),
])  # fmt: skip
def test_what_cannot_go_is_refused_with_why_and_the_words_stay(
    signed_in, alert, demo_begin, sends, state, status, said
):
    with demo_begin() as work:
        chat = work.session.exec(select(Chat).where(Chat.patient_id == alert.patient_id)).one()
        chat.state, chat.patient_id = state or ChatState.NEW, chat.patient_id if state else None
    browser = signed_in(NURSE)
    answer = sends(browser, f"/alerts/{alert.id}/write", words="how <are> you")
    assert (answer.status_code, words_sent(demo_begin)) == (status, [])
    assert said in answer.text and "how &lt;are&gt; you" in answer.text
    assert "Call instead" in browser.get(f"/alerts/{alert.id}").text


@pytest.mark.parametrize("words", ["", "  ", "x" * 3001])
def test_words_of_no_or_too_great_length_are_refused(signed_in, alert, demo_begin, sends, words):
    answer = sends(signed_in(NURSE), f"/alerts/{alert.id}/write", words=words)
    assert (answer.status_code, words_sent(demo_begin)) == (422, [])
    assert "1 to 3000 letters" in answer.text


def test_from_the_patients_page_a_message_goes_to_carers_too(
    signed_in, alert, demo_begin, patient_ids, sends
):
    with demo_begin() as work:
        work.session.add(Chat(id=77, clinic_id="demo", patient_id=alert.patient_id, proxy=True,
                              state=ChatState.ACTIVE))  # fmt: skip
    browser, path = signed_in(NURSE), f"/patients/{patient_ids['P-0001']}"
    assert "家属" in browser.get(f"{path}?lang=zh-CN").text
    assert "message from the clinic" in sends(browser, f"{path}/write", words="hello").text
    assert {row.chat_id for row in words_sent(demo_begin)} == {77, 900001}


def test_an_admin_writes_and_calls_nobody(signed_in, alert, sends):
    browser = signed_in(ADMIN)
    assert "/write" not in browser.get(f"/alerts/{alert.id}").text
    for what in ("write", "called"):
        assert sends(browser, f"/alerts/{alert.id}/{what}", words="x", outcome="reached").status_code == 403


def test_one_who_stops_meanwhile_gets_no_message(demo_begin, alert):
    with demo_begin() as work:
        assert write(work, "demo", alert.patient_id, "staff:1", "hello") == 1
    assert words_sent(demo_begin)[0].about == f"words:{alert.patient_id}"


def test_a_phrase_comes_into_the_field_to_be_changed(
    address, browser_page, alert, demo_begin
):
    sign_in(browser_page, address)
    browser_page.goto(f"{address}/alerts/{alert.id}?lang=en")
    browser_page.get_by_text("Write a message").click()
    browser_page.select_option("#phrase", index=2)
    browser_page.locator("#words").press("End")
    browser_page.keyboard.type("谢谢")
    browser_page.get_by_role("button", name="Send").click()
    browser_page.get_by_text("The message is on its way.").wait_for()
    assert words_sent(demo_begin)[0].data["words"] == "方便时请给我们打电话。谢谢"
