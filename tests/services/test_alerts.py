"""Alerts: raised once, raised again when worse, answered by a person."""

import threading

import pytest
from sqlmodel import select

from app.clinical.alerts import Cause
from app.services.alerts import (
    acknowledge,
    close,
    find_alert,
    open_alerts,
    raise_alerts,
)
from app.services.errors import Conflict, NoSuchAlert
from app.services.escalation import call_next
from app.services.free_text import hear_words
from app.services.staff_replies import answer_reply
from app.texts import Reader, catalogue, say
from models import Alert, Disposition, InboxItem, Message, Rota, Staff
from models.columns import new_id

NURSE, DEPUTY = "+8613800000001", "+8613800000002"
RASH = Cause("grade_3", "skin", "3")
SWELLING = Cause("grade_3", "edema", "3")
FLAG = Cause("red_flag", "skin", "blisters")


def add_staff(begin, name, phone, position=0, weekday=1):
    with begin() as work:
        staff = Staff(clinic_id="wuhan", name=name, email=f"{name}@x", password="x",
                      fs_uniquifier=name, phone=phone)  # fmt: skip
        work.session.add(staff)
        work.session.flush()
        work.session.add(Rota(clinic_id="wuhan", id=new_id(work.now), staff_id=staff.id,
                              weekday=weekday, position=position))  # fmt: skip
    return staff


@pytest.fixture
def nurse(begin, patient):
    return add_staff(begin, "nurse", NURSE)


def raised(begin, patient, *causes, grade=3):
    with begin() as work:
        return raise_alerts(work, patient, causes, report_id=None, grade=grade)


def reply(begin, body, phone=NURSE):
    with begin() as work:
        return answer_reply(work, phone, body)


def rows(begin, table):
    with begin() as work:
        return list(work.session.exec(select(table)))


def test_an_alert_texts_the_nurse_on_call_at_once(begin, patient, nurse):
    alert = raised(begin, patient, RASH)
    sms = rows(begin, Message)
    assert [(one.channel, one.staff_id, one.due_at) for one in sms] == [
        ("sms", nurse.id, alert.raised_at)
    ]
    assert sms[0].data == {"code": alert.code, "patient": "P-0001"}


def test_there_is_one_open_alert_for_each_family(begin, patient, nurse):
    raised(begin, patient, RASH, SWELLING, FLAG)
    assert sorted(one.family for one in rows(begin, Alert)) == ["edema", "skin"]


def test_the_same_again_is_counted_and_texts_nobody(begin, patient, nurse):
    raised(begin, patient, RASH)
    again = raised(begin, patient, RASH)
    assert again.times_raised == 2
    assert len(rows(begin, Message)) == 1


def test_worse_than_before_is_texted_again_even_when_acknowledged(begin, patient, nurse):
    first = raised(begin, patient, RASH)
    with begin() as work:
        acknowledge(work, "wuhan", first.id, "staff:1")
    worse = raised(begin, patient, Cause("grade_3", "skin", "4"), grade=4)
    assert (worse.id, worse.state, worse.acknowledged_by) == (first.id, "open", None)
    assert [one.state for one in rows(begin, Message)] == ["cancelled", "queued"]


def test_acknowledging_stops_what_is_not_yet_sent(begin, patient, nurse):
    alert = raised(begin, patient, RASH)
    with begin() as work:
        acknowledge(work, "wuhan", alert.id, "staff:1")
    assert [(one.state, one.reason) for one in rows(begin, Message)] == [
        ("cancelled", "acknowledged")
    ]


def test_a_closed_alert_keeps_what_was_done_and_the_next_report_is_a_new_one(
    begin, patient, nurse
):
    alert = raised(begin, patient, RASH)
    with begin() as work:
        closed = close(work, "wuhan", alert.id, "staff:1", Disposition.CALL, "phoned")
        assert (closed.disposition, closed.note, closed.acknowledged_by) == (
            "call", "phoned", "staff:1",
        )  # fmt: skip
    with begin() as work, pytest.raises(Conflict):
        acknowledge(work, "wuhan", alert.id, "staff:1")
    assert raised(begin, patient, RASH).id != alert.id
    with begin() as work:
        assert len(open_alerts(work, "wuhan")) == 1


def test_an_alert_of_another_clinic_is_not_found(begin, patient, nurse):
    alert = raised(begin, patient, RASH)
    with begin() as work, pytest.raises(NoSuchAlert):
        find_alert(work, "beijing", alert.id)


def _wide(code: str) -> str:
    return "".join(chr(ord(letter) + 0xFEE0) for letter in code)


@pytest.mark.parametrize(
    "written",
    [str, str.lower, lambda c: f" {c} \n", " ".join, _wide, lambda c: f"回复{c}确认",
     lambda c: f"ok {c}.", lambda c: f"{c[:2]} {c[2:]}"],
    ids=["plain", "lower", "spaces", "spelled", "full width", "in a sentence", "ok", "in two"],
)  # fmt: skip
def test_a_reply_with_the_code_acknowledges_however_it_is_written(begin, patient, nurse, written):
    alert = raised(begin, patient, RASH)
    assert reply(begin, written(alert.code)) == "sms.reply.acknowledged"
    assert rows(begin, Alert)[0].acknowledged_by == f"staff:{nurse.id}"


def test_of_several_open_alerts_the_one_named_is_acknowledged(begin, patient, nurse):
    raised(begin, patient, RASH)
    other = raised(begin, patient, SWELLING)
    assert reply(begin, other.code) == "sms.reply.acknowledged"
    states = {one.family: one.state for one in rows(begin, Alert)}
    assert states == {"edema": "acknowledged", "skin": "open"}


def test_both_codes_in_one_reply_acknowledge_both(begin, patient, nurse):
    codes = [raised(begin, patient, cause).code for cause in (RASH, SWELLING)]
    reply(begin, " ".join(codes))
    assert {one.state for one in rows(begin, Alert)} == {"acknowledged"}


@pytest.mark.parametrize("body", ["0000", "1", "", "ok", "是"])
def test_a_reply_without_a_known_code_acknowledges_nothing(begin, patient, nurse, body):
    raised(begin, patient, RASH)
    assert reply(begin, body) == "sms.reply.wrong_code"
    assert rows(begin, Alert)[0].state == "open"


def test_a_reply_to_what_is_acknowledged_or_closed_says_so(begin, patient, nurse):
    alert = raised(begin, patient, RASH)
    reply(begin, alert.code)
    assert reply(begin, alert.code) == "sms.reply.already"
    with begin() as work:
        close(work, "wuhan", alert.id, "staff:1", Disposition.ADVICE, None)
    assert reply(begin, alert.code) == "sms.reply.closed"


def test_a_number_that_nobody_has_acknowledges_nothing(begin, patient, nurse):
    alert = raised(begin, patient, RASH)
    assert reply(begin, alert.code, "+8613899999999") == "sms.reply.unknown_number"
    assert rows(begin, Alert)[0].state == "open"


def test_with_nobody_on_the_rota_the_inbox_says_so(begin, patient):
    alert = raised(begin, patient, RASH)
    [item] = rows(begin, InboxItem)
    assert (item.kind, item.patient_id) == ("unreachable", patient.id)
    assert alert.code in item.text


def test_when_everybody_was_texted_and_called_the_inbox_says_so(begin, patient, nurse):
    add_staff(begin, "deputy", DEPUTY, position=1)
    alert = raised(begin, patient, RASH)
    for _ in range(4):
        with begin() as work:
            call_next(work, find_alert(work, "wuhan", alert.id))
    told = [row.key for row in rows(begin, Message)]
    assert told == ["sms.alert"] * 2 + ["voice.alert"] * 2 + ["sms.operator.unanswered"]
    assert len(rows(begin, InboxItem)) == 1


def test_two_reports_at_once_raise_one_alert(begin, patient, nurse):
    together = threading.Barrier(4)
    failures = []

    def report():
        try:
            together.wait(5)
            raised(begin, patient, RASH)
        except Exception as error:  # noqa: BLE001
            failures.append(error)

    threads = [threading.Thread(target=report) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert [one.times_raised for one in rows(begin, Alert)] == [4]
    assert len(rows(begin, Message)) == 1


def alert_text(language: str) -> str:
    url = "https://clinic-0123456789.example.org:84"
    assert len(url) == 40
    data = {"patient": "P-0001", "code": "ABCD", "url": f"{url}/a/ABCD"}
    return say("sms.alert", Reader(language, "Asia/Shanghai"), data)


def test_a_chinese_alert_is_one_text_of_70_characters_at_most():
    assert len(alert_text("zh-CN")) <= 70


def test_an_english_alert_is_one_text_of_160_plain_characters_at_most():
    assert alert_text("en").isascii()
    assert len(alert_text("en")) <= 160


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_no_text_to_staff_names_a_drug_a_symptom_or_a_grade(language):
    texts = [text for key, text in catalogue(language).items() if key.startswith("sms.")]
    told = " ".join(texts).lower()
    for word in ("imatinib", "伊马替尼", "cancer", "grade", "级", "水肿", "皮疹", "出血",
                 "swelling", "rash", "bleeding", "{name}", "浓度", "肿瘤"):  # fmt: skip
        assert word not in told


def told(begin, patient, text):
    with begin() as work:
        return hear_words(work, work.session.merge(patient), text).flags


def test_a_red_flag_in_free_text_texts_the_nurse_once_and_another_flag_again(begin, patient, nurse):
    assert told(begin, patient, "大便是黑的") == ("gi_bleeding",)
    told(begin, patient, "大便还是黑的")
    with begin() as work:
        [alert] = open_alerts(work, "wuhan")
        assert (alert.times_raised, alert.causes) == (2, ["red_flag:gi_bleeding"])
        assert [one.key for one in work.session.exec(select(Message))] == ["sms.alert"]
    told(begin, patient, "肚子疼得打滚")
    with begin() as work:
        assert len(list(work.session.exec(select(Message)))) == 2


def test_free_text_without_a_red_flag_texts_nobody(begin, patient, nurse):
    assert told(begin, patient, "没有吐血，脚有点肿") == ()
    with begin() as work:
        assert open_alerts(work, "wuhan") == []
        assert [one.text for one in work.session.exec(select(InboxItem))] == ["没有吐血，脚有点肿"]
