"""What a patient says, what the bot answers, and what is on record then."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from app.services.visits import plan_visit
from models import (
    Alert,
    Chat,
    ChatState,
    Dose,
    InboxItem,
    Message,
    Patient,
    Questionnaire,
    SymptomReport,
    Visit,
)

CHAT = 77
SYMPTOMS = ("go:symptoms", "symptoms.which:edema", "symptoms.edema.one:periorbital_edema",
            "periorbital_edema.swelling:soft")  # fmt: skip
VISION = (*SYMPTOMS, "periorbital_edema.also:affected", "periorbital_edema.also:done")


def every(begin, table):
    with begin() as work:
        return list(work.session.exec(select(table)))


def chat(begin) -> Chat:
    with begin() as work:
        return work.session.get(Chat, CHAT)


def labels(said) -> list[str]:
    return [button.label for row in said.buttons for button in row]


def test_a_phone_is_linked_with_code_year_and_consent(phone, code, begin, patient):
    assert "出生年份" in phone.says(f"/start {code.lower()}").text
    assert "同意" in phone.says("1966").text
    assert "已经和医院连上了" in phone.taps("link.consent:agree").text
    linked = chat(begin)
    assert (linked.state, linked.patient_id, linked.consent_version) == ("active", patient.id, "1")


def test_a_card_in_chinese_is_answered_in_chinese_on_an_english_phone(phone, code):
    phone.language = "en"
    assert "year" not in phone.says(f"/start {code}").text


def test_three_wrong_years_end_the_code(phone, code, begin):
    phone.says(f"/start {code}")
    for _ in range(2):
        assert "不一致" in phone.says("1960").text
    assert "新的绑定码" in phone.says("1960").text
    assert "失效" in phone.says(code).text
    assert chat(begin).patient_id is None


def test_a_code_links_one_phone_only(phone, code, begin):
    phone.says(f"/start {code}")
    phone.says("1966")
    phone.taps("link.consent:agree")
    other = replace(phone, chat_id=78)
    assert "失效" in other.says(f"/start {code}").text
    with begin() as work:
        assert work.session.get(Chat, 78).patient_id is None


def test_who_does_not_agree_is_not_linked_and_may_come_back(phone, code, begin):
    phone.says(f"/start {code}")
    phone.says("1966")
    assert "没有保存" in phone.taps("link.consent:decline").text
    assert chat(begin).patient_id is None
    assert "出生年份" in phone.says(f"/start {code}").text


def test_swelling_that_affects_sight_alerts_a_nurse_with_the_report(linked, begin):
    said = linked.taps(*VISION, "symptoms.last:ok")
    assert "120" in said.text and "眼睛周围肿" in said.text
    [report], [alert] = every(begin, SymptomReport), every(begin, Alert)
    assert report.families["edema"] == 3
    assert (alert.report_id, alert.family, alert.grade) == (report.id, "edema", 3)


def test_nothing_to_tell_is_one_tap(linked, begin):
    assert "一切如常" in linked.taps("go:symptoms", "symptoms.which:none").text
    [report] = every(begin, SymptomReport)
    assert (report.families["edema"], every(begin, Alert)) == (0, [])


def test_what_cannot_be_gone_on_with_alerts_whatever_the_grade(linked, begin):
    linked.taps(*SYMPTOMS, "periorbital_edema.also:none", "symptoms.last:cannot", "red_flags.now:none")
    assert every(begin, Alert)[0].causes == ["intolerable"]


def test_the_same_update_again_changes_nothing(linked, begin):
    linked.taps(*VISION)
    linked.taps("symptoms.last:ok", update_id=5)
    assert linked.taps("symptoms.last:ok", update_id=5) is None
    assert len(every(begin, SymptomReport)) == 1


def test_a_button_of_an_answered_question_changes_nothing_and_shows_the_open_one(linked, begin):
    asked = linked.taps(*SYMPTOMS)
    assert linked.taps("periorbital_edema.swelling:firm") == asked
    assert chat(begin).answers["periorbital_edema.swelling"] == "soft"


def test_a_button_after_the_end_shows_home(linked, begin):
    linked.taps(*VISION, "symptoms.last:ok")
    assert "您想做什么" in linked.taps("symptoms.last:cannot").text
    assert len(every(begin, SymptomReport)) == 1


def test_back_asks_the_last_question_again(linked):
    linked.taps(*SYMPTOMS)
    assert "肿吗" in linked.taps("nav:back").text


def test_a_double_tap_on_taken_now_is_one_dose(linked, begin):
    linked.taps("dose:taken_now")
    assert "没有重复记录" in linked.taps("dose:taken_now").text
    assert len(every(begin, Dose)) == 1


@pytest.mark.parametrize("told", [("dose.hour:8", "dose.minute:10"), ("8点10分",)])
def test_a_dose_taken_earlier_is_told_by_two_taps_or_typed(linked, begin, told):
    linked.taps("dose:earlier")
    for one in told:
        said = linked.taps(one) if ":" in one else linked.says(one)
    assert "08:10" in said.text
    assert every(begin, Dose)[0].taken_at == datetime(2026, 11, 24, 0, 10, tzinfo=UTC)


def test_a_dose_of_yesterday_is_told(linked, begin):
    linked.taps("dose:earlier", "dose.hour:yesterday", "dose.yesterday:8", "dose.minute:0")
    [dose] = every(begin, Dose)
    assert dose.taken_at == datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
    assert dose.provenance == "patient_later"


def test_a_time_that_has_not_come_is_not_recorded(linked, begin):
    assert "还没到" in linked.taps("dose:earlier", "dose.hour:11").text
    assert every(begin, Dose) == []


@pytest.mark.parametrize("status", ["missed", "vomited"])
def test_a_dose_that_was_not_kept_is_recorded_as_that(linked, begin, status):
    linked.taps(f"dose:{status}")
    assert every(begin, Dose)[0].status == status


def test_not_yet_records_nothing_and_keeps_the_button(linked, begin):
    assert labels(linked.taps("dose:not_yet")) == ["刚刚吃了"]
    assert every(begin, Dose) == []


def test_the_dose_before_a_draw_tells_the_window(linked, begin, patient, clock):
    with begin() as work:
        mine = work.session.get_one(Patient, (patient.clinic_id, patient.id))
        plan_visit(work, mine, datetime(2026, 11, 25, 0, 0, tzinfo=UTC))
    clock.now = datetime(2026, 11, 24, 0, 10, tzinfo=UTC)
    assert "06:10 到 10:10" in linked.taps("dose:taken_now").text


def test_the_draw_told_by_the_patient_ends_the_visit(linked, begin, patient, clock):
    with begin() as work:
        mine = work.session.get_one(Patient, (patient.clinic_id, patient.id))
        plan_visit(work, mine, clock.now + timedelta(hours=1))
    clock.now += timedelta(hours=1, minutes=5)
    linked.taps("draw:now")
    [visit] = every(begin, Visit)
    assert (visit.status, visit.drawn_at) == ("attended", clock.now)
    assert "visit.take_now" in [row.key for row in every(begin, Message)]


def test_sf36_is_paused_resumed_at_its_item_and_completed_with_a_skip(linked, begin):
    linked.taps("go:sf36", "sf36.1:3", "sf36.2:3")
    assert "接着填健康问卷" in labels(linked.taps("nav:pause"))
    assert linked.taps("go:sf36").text.split("\n\n")[-2].startswith("第 3 题，共 36 题")
    linked.taps("sf36.3:skip", *(f"sf36.{n}:1" for n in range(4, 37)), "sf36.review:send")
    [form] = every(begin, Questionnaire)
    assert form.items[:4] == [3, 3, None, 1] and len(form.items) == 36


def test_a_dose_told_in_the_middle_of_the_questionnaire_keeps_its_answers(linked, begin):
    linked.taps("go:sf36", "sf36.1:3", "dose:taken_now")
    assert "第 2 题" in linked.taps("go:sf36").text


def test_free_text_reaches_the_nurse(linked, begin):
    assert "护士" in linked.says("可以喝茶吗？").text
    assert every(begin, InboxItem)[0].text == "可以喝茶吗？"


def test_cancel_leaves_and_help_helps(linked, begin):
    linked.taps("go:symptoms")
    linked.says("/cancel")
    assert chat(begin).flow is None
    assert "120" in linked.says("/help").text


def test_the_language_changes_at_once(linked):
    linked.says("/language")
    assert "Tell how I feel" in labels(linked.taps("language:en"))


def test_stop_stops_reminders_and_start_resumes_them(linked, begin):
    linked.says("/stop")
    assert chat(begin).state == ChatState.STOPPED
    linked.says("/start")
    assert chat(begin).state == ChatState.ACTIVE


def test_stop_in_the_middle_of_the_questionnaire_stores_no_questionnaire(linked, begin):
    linked.taps("go:sf36", "sf36.1:3")
    linked.says("/stop")
    assert every(begin, Questionnaire) == []


def test_what_is_written_in_the_middle_of_a_question_reaches_the_nurse_too(linked, begin):
    asked = linked.taps("go:symptoms")
    said = linked.says("可以喝茶吗？")
    assert "已转给护士" in said.text and said.text.endswith(asked.text)
    assert labels(said) == labels(asked)
    assert [one.text for one in every(begin, InboxItem)] == ["可以喝茶吗？"]


@pytest.mark.parametrize("before", [(), ("go:symptoms",), ("go:sf36", "sf36.1:3")])
def test_a_red_flag_in_the_patients_own_words_says_what_to_do_and_calls_the_nurse(linked, begin, before):
    if before:
        linked.taps(*before)
    assert "120" in linked.says("吐血了，还站不稳").text
    [alert] = every(begin, Alert)
    assert (alert.family, alert.causes) == ("gi", ["red_flag:gi_bleeding"])
    assert "吐血了，还站不稳" in [one.text for one in every(begin, InboxItem)]


@pytest.mark.parametrize("said", ["没有吐血", "吐血了怎么办？我没有，先问问", "谢谢"])
def test_what_is_denied_or_only_asked_calls_nobody(linked, begin, said):
    assert "已转给护士" in linked.says(said).text
    assert every(begin, Alert) == []


def test_cancel_in_the_questionnaire_keeps_its_answers(linked):
    linked.taps("go:sf36", "sf36.1:3", "sf36.2:3")
    assert "保存" in linked.says("/cancel").text
    assert "第 3 题" in linked.taps("go:sf36").text


def test_trouble_that_was_none_after_all_is_all_as_usual(linked):
    said = linked.taps("go:symptoms", "symptoms.which:skin", "symptoms.skin.one:pruritus",
                       "pruritus.itch:none", "symptoms.last:ok")  # fmt: skip
    assert "一切如常" in said.text
