"""Consent anew, reminders stopped and started, all that is stored, and asking to be forgotten."""

import json
from datetime import timedelta

import pytest
from sqlmodel import select

from app.delivery import Post, deliver_due
from app.senders import Sent
from app.services.consent import set_consent_version
from app.services.messages import tell
from app.services.visits import plan_visit
from app.settings import load_settings
from models import (
    Alert,
    Audit,
    Chat,
    ChatState,
    Clinic,
    InboxItem,
    Message,
    Patient,
    SymptomReport,
)

CHAT = 77


@pytest.fixture
def newer(begin, linked):
    """The clinic asks for consent to version 2."""
    with begin() as work:
        set_consent_version(work, "wuhan", "2")
    return linked


@pytest.fixture
def deliver(begin):
    def deliver():
        got = []

        def say(many):
            got.extend(words for _, words in many)
            return [Sent("1") for _ in many]

        post = Post(say, lambda *_: Sent("SM"), lambda *_: Sent("SM"))
        while deliver_due(begin, post, load_settings({"SANDBOX": "1"})):
            pass
        return got

    return deliver


def chat(begin) -> Chat:
    with begin() as work:
        return work.session.get(Chat, CHAT)


def every(begin, table):
    with begin() as work:
        return list(work.session.exec(select(table)))


def labels(said):
    return [button.label for row in said.buttons for button in row]


def audited(begin, action):
    return [(row.actor, row.about) for row in every(begin, Audit) if row.action == action]


def test_a_newer_consent_comes_first_and_then_the_chat_goes_on_where_it_stood(linked, begin):
    linked.taps("go:sf36", "sf36.1:3")
    with begin() as work:
        set_consent_version(work, "wuhan", "2")
    said = linked.taps("sf36.2:3")
    assert "更新了您同意过的说明" in said.text and labels(said) == ["我同意", "我不同意"]
    assert linked.taps("consent:agree").text.startswith("第 2 题，共 36 题")
    assert (chat(begin).consent_version, audited(begin, "consent")) == ("2", [("patient", "2")])
    assert "第 3 题，共 36 题" in linked.taps("sf36.2:3").text


@pytest.mark.parametrize("said", ["go:well", "dose:taken_now", "nav:back"])
def test_before_it_no_tap_stores_anything(newer, begin, said):
    assert labels(newer.taps(said)) == ["我同意", "我不同意"]
    assert every(begin, SymptomReport) == []


def test_a_red_flag_does_not_wait_for_consent(newer, begin):
    said = newer.says("吐血了，还站不稳")
    assert "120" in said.text and labels(said) == ["我同意", "我不同意"]
    assert [alert.causes for alert in every(begin, Alert)] == [["red_flag:gi_bleeding"]]


def test_other_words_reach_the_nurse_under_the_consent_that_was_given(newer, begin):
    assert "已转给护士" in newer.says("可以喝茶吗？").text
    assert [item.text for item in every(begin, InboxItem)] == ["可以喝茶吗？"]


def test_who_declines_gets_no_reminders_and_loses_nothing(newer, begin, patient, clock):
    with begin() as work:
        plan_visit(work, work.session.merge(patient), clock.now + timedelta(days=4))
    assert "不会再给您发提醒" in newer.taps("consent:decline").text
    assert (chat(begin).state, chat(begin).patient_id) == (ChatState.STOPPED, patient.id)
    assert {row.state for row in every(begin, Message) if row.key.startswith("visit.")} == {"cancelled"}
    assert audited(begin, "consent.decline") == [("patient", "2")]


def test_after_a_refusal_words_are_not_kept_but_a_red_flag_is_heard(newer, begin):
    newer.taps("consent:decline")
    assert "没有保存" in newer.says("可以喝茶吗？").text
    assert every(begin, InboxItem) == []
    assert "120" in newer.says("吐血了").text
    assert len(every(begin, Alert)) == 1


def test_start_asks_again_after_a_refusal_and_agreeing_starts_the_reminders(newer, begin, patient, clock):
    with begin() as work:
        plan_visit(work, work.session.merge(patient), clock.now + timedelta(days=4))
    newer.taps("consent:decline")
    assert labels(newer.says("/start")) == ["我同意", "我不同意"]
    newer.taps("consent:agree")
    assert chat(begin).state == ChatState.ACTIVE
    assert {row.state for row in every(begin, Message) if row.key.startswith("visit.")} == {"queued"}


def test_agreeing_alone_turns_no_reminders_on_for_who_stopped_them(linked, begin):
    linked.says("/stop")
    with begin() as work:
        set_consent_version(work, "wuhan", "2")
    linked.says("你好")
    linked.taps("consent:agree")
    assert chat(begin).state == ChatState.STOPPED


@pytest.mark.parametrize(("said", "answered"), [
    ("/stop", "不会再给您发提醒"), ("/mydata", "两个文件"), ("/forget", "删除"), ("/help", "120"),
])
def test_rights_need_no_consent(newer, said, answered):
    assert answered in newer.says(said).text


def test_forgetting_is_asked_for_without_a_new_consent(newer, begin):
    newer.says("/forget")
    newer.taps("forget:go_on", "forget.sure:yes")
    assert [item.kind for item in every(begin, InboxItem)] == ["forget"]


def test_stop_cancels_reminders_and_says_what_remains_open(linked, begin, patient, clock):
    linked.taps("go:sf36", "sf36.1:3")
    linked.says("吐血了")
    with begin() as work:
        plan_visit(work, work.session.merge(patient), clock.now + timedelta(days=4))
    said = linked.says("/stop").text
    assert all(word in said for word in ("10:00", "护士还在处理", "还没填完", "/start"))
    waiting = [row for row in every(begin, Message) if row.key.startswith("visit.")]
    assert {(row.state, row.reason) for row in waiting} == {("cancelled", "the patient stopped reminders")}


def test_after_stop_the_nurses_answer_still_comes_and_a_reminder_does_not(linked, begin, patient, deliver):
    linked.says("/stop")
    with begin() as work:
        mine = work.session.merge(patient)
        tell(work, mine, "a", "nav.paused", about="inbox:1")
        tell(work, mine, "b", "visit.take_now", about="visit:1")
    assert [words.text for words in deliver()] == ["已暂停。您的回答都保存好了，想什么时候接着填都可以。"]


def test_start_plans_the_reminders_again(linked, begin, patient, clock):
    with begin() as work:
        plan_visit(work, work.session.merge(patient), clock.now + timedelta(days=4))
    linked.says("/stop")
    assert "重新打开" in linked.says("/start").text
    assert {row.state for row in every(begin, Message) if row.key.startswith("visit.")} == {"queued"}


def test_my_data_is_a_page_of_at_most_four_choices_under_settings(linked):
    assert "我的资料" in labels(linked.taps("go:settings"))
    said = linked.taps("go:rights")
    assert labels(said) == ["看我的全部资料", "停止提醒", "删除我的资料", "‹ 回首页"]
    linked.says("/stop")
    assert "重新打开提醒" in labels(linked.taps("go:rights"))


def files(words):
    return {one.attachment.name: one.attachment.content.decode() for one in words if one.attachment}


def test_my_data_comes_as_two_files_with_all_that_was_told(linked, begin, deliver, patient):
    linked.taps("dose:taken_now", "go:symptoms", "symptoms.which:edema",
                "symptoms.edema.one:periorbital_edema",
                "periorbital_edema.swelling:soft", "periorbital_edema.also:none", "symptoms.last:ok")  # fmt: skip
    linked.says("<b>可以喝茶吗？</b>")
    deliver()
    assert "身体情况 1 次" in linked.says("/mydata").text
    made = files(deliver())
    assert set(made) == {"my-data.html", "my-data.json"}
    told = json.loads(made["my-data.json"])
    assert [len(told[name]) for name in ("doses", "reports", "written", "regimens")] == [1, 1, 1, 1]
    assert told["reports"][0]["grades"][0]["term"] == "periorbital_edema"
    assert told["patient"]["code"] == "P-0001"
    page = made["my-data.html"]
    assert "&lt;b&gt;可以喝茶吗？" in page and "<b>" not in page
    assert "眼睛周围肿" in page and 'lang="zh-CN"' in page and "http" not in page
    assert audited(begin, "patient.export") == [("patient", None)]


def test_my_data_in_english(linked, begin, deliver):
    linked.taps("language:en", "go:language", "language:en")
    linked.says("/mydata")
    page = files(deliver())["my-data.html"]
    assert "What the clinic prescribed" in page and "mydata." not in page and "page." not in page


def test_asking_twice_for_my_data_sends_it_once(linked, deliver):
    linked.taps("go:mydata", "go:mydata")
    assert len(files(deliver())) == 2


def test_a_carer_gets_no_files_and_cannot_ask_to_forget(linked, begin, deliver):
    with begin() as work:
        work.session.get(Chat, CHAT).proxy = True
    assert "患者本人" in linked.says("/mydata").text
    assert "患者本人" in linked.says("/forget").text
    assert (deliver(), every(begin, InboxItem)) == ([], [])


def test_forgetting_is_explained_and_asked_twice(linked, begin, patient):
    assert "出生年份" in linked.says("/forget").text
    assert "确定吗" in linked.taps("forget:go_on").text
    assert every(begin, InboxItem) == []
    assert "最后一条消息" in linked.taps("forget.sure:yes").text
    [item] = every(begin, InboxItem)
    assert (item.kind, item.patient_id) == ("forget", patient.id)
    assert every(begin, Patient)[0].forget_asked_at is not None
    assert audited(begin, "forget.ask") == [("patient", None)]
    assert "已经提出过" in linked.says("/forget").text


@pytest.mark.parametrize("taps", [["forget:keep"], ["forget:go_on", "forget.sure:no"], ["nav:cancel"]])
def test_who_is_not_sure_asks_for_nothing(linked, begin, taps):
    linked.says("/forget")
    linked.taps(*taps)
    assert every(begin, InboxItem) == []
    assert every(begin, Patient)[0].forget_asked_at is None


def test_a_clinic_that_removes_the_record_says_so(linked, begin):
    with begin() as work:
        work.session.get_one(Clinic, "wuhan").on_forget = "remove_record"
    assert "空的编号" in linked.says("/forget").text
