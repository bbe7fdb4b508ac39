"""The bot and the staff: a code connects, a tap takes an alert, and nothing else is done."""

from dataclasses import replace

import pytest

from app.clinical.alerts import Cause
from app.senders.rate import chat_rate
from app.services.alerts import close, raise_alerts
from app.services.staff_chat import offer_chat, staff_of_chat
from app.settings import load_settings
from bot.updates import answered, written_over
from models import Alert, Chat, Disposition, Staff

OTHER = 78
UNPACED = chat_rate(load_settings({"SANDBOX": "1", "CHAT_PER_SECOND": "0"}))


def staff_named(begin, name):
    with begin() as work:
        one = Staff(clinic_id="wuhan", name=name, email=f"{name}@x", password="x",
                    fs_uniquifier=name)  # fmt: skip
        work.session.add(one)
    return one


@pytest.fixture
def nurse(begin, clinic):
    return staff_named(begin, "张护士")


def code_for(begin, staff):
    with begin() as work:
        return offer_chat(work, work.session.get_one(Staff, staff.id), "bot").code


@pytest.fixture
def connected(begin, nurse, phone):
    phone.says(f"/start {code_for(begin, nurse)}")
    return phone


@pytest.fixture
def alert(begin, patient):
    with begin() as work:
        return raise_alerts(work, patient, [Cause("grade_3", "skin", "3")], report_id=None, grade=3)


def state_of(begin, alert):
    with begin() as work:
        found = work.session.get_one(Alert, ("wuhan", alert.id))
    return found.state, found.acknowledged_by


def test_a_link_with_the_code_connects_the_chat(begin, nurse, phone):
    phone.says("/start")  # she opened the bot before
    assert "已绑定到您" in phone.says(f"/start {code_for(begin, nurse)}").text
    with begin() as work:
        assert staff_of_chat(work, phone.chat_id).id == nurse.id


def test_a_code_that_was_used_says_how_to_get_a_new_one(begin, nurse, phone):
    code = code_for(begin, nurse)
    phone.says(f"/start {code}")
    assert "重新生成" in phone.says(f"/start {code}").text


def test_a_tap_takes_the_alert_and_a_second_one_says_so(begin, nurse, connected, alert):
    assert connected.taps(f"take:{alert.id}").text.startswith(f"提醒 {alert.code} 由您处理")
    assert state_of(begin, alert) == ("acknowledged", f"staff:{nurse.id}")
    assert "已由您处理" in connected.taps(f"take:{alert.id}").text


def test_who_comes_later_reads_who_has_it_and_who_closed_it(begin, nurse, connected, alert):
    deputy = staff_named(begin, "deputy")
    hers = replace(connected, chat_id=OTHER)
    hers.says(f"/start {code_for(begin, deputy)}")
    connected.taps(f"take:{alert.id}")
    assert hers.taps(f"take:{alert.id}").text == f"提醒 {alert.code} 已有人处理：张护士"
    with begin() as work:
        close(work, "wuhan", alert.id, f"staff:{nurse.id}", Disposition.ADVICE, None)
    assert hers.taps(f"take:{alert.id}").text == f"提醒 {alert.code} 已关闭，处理人：张护士"
    assert connected.taps("take:nothing").text == "这条提醒已不在了。"


def test_two_taps_in_a_moment_on_one_button_are_answered_alike(begin, connected, alert):
    bubble = {"message_id": 5, "chat": {"id": connected.chat_id, "type": "private"}, "text": "x"}
    tap = {"id": "1", "data": f"take:{alert.id}", "message": bubble, "from": {"id": 1}}
    first = answered(begin, {"update_id": 90001, "callback_query": tap}, False, UNPACED)
    second = answered(begin, {"update_id": 90002, "callback_query": {**tap, "id": "2"}}, False, UNPACED)
    assert "由您处理" in first.words.text and "已由您处理" in second.words.text
    assert written_over({"update_id": 1, "callback_query": tap}) is None  # its link stays at hand


def test_a_tap_of_somebody_who_left_or_never_worked_here_takes_nothing(
    begin, nurse, connected, alert
):
    stranger = replace(connected, chat_id=OTHER)
    assert "绑定码" in stranger.taps(f"take:{alert.id}").text
    with begin() as work:
        work.session.get_one(Staff, nurse.id).active = False
    connected.taps(f"take:{alert.id}")
    assert state_of(begin, alert) == ("open", None)


@pytest.mark.parametrize("words", ["你好", "/help", "/start", "/language", "thankyou", "/dose"])
def test_nothing_else_is_done_in_a_chat_of_the_staff(connected, words):
    assert connected.says(words).text == "这里只发提醒。其他操作请登录门诊网页。"


def test_an_old_button_does_nothing_there_either(connected):
    assert connected.taps("go:symptoms").text.startswith("这里只发提醒")


def test_what_sounds_like_an_emergency_is_answered_there_too(connected):
    assert "120" in connected.says("我胸口剧痛，喘不上气").text


def test_a_nurse_may_be_a_carer_as_well(begin, connected, code, alert, nurse):
    connected.says(code)
    connected.says("1966")
    assert connected.taps("link.consent:agree").buttons
    with begin() as work:
        assert work.session.get_one(Chat, connected.chat_id).patient_id is not None
        assert staff_of_chat(work, connected.chat_id).id == nurse.id
    connected.taps(f"take:{alert.id}")
    assert state_of(begin, alert)[0] == "acknowledged"
    assert "只发提醒" not in connected.says("/help").text


def test_a_patient_whose_nurse_she_is_connects_without_losing_the_link(begin, linked, nurse):
    assert "已绑定到您" in linked.says(f"/start {code_for(begin, nurse)}").text
    assert "只发提醒" not in linked.says("/help").text


def test_who_blocks_the_bot_is_disconnected(begin, connected):
    update = {
        "update_id": 70001,
        "my_chat_member": {
            "chat": {"id": connected.chat_id, "type": "private"},
            "new_chat_member": {"status": "kicked"},
        },
    }
    answered(begin, update, False, UNPACED)
    with begin() as work:
        assert staff_of_chat(work, connected.chat_id) is None
