"""Free text: the right question is offered, a question goes to a nurse, and advice is marked."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from app.services.advice import accept, sha256_of
from models import Alert, Chat, InboxItem, SymptomReport

NAUSEA = ("go:symptoms", "symptoms.which:gi", "symptoms.gi.one:nausea",
          "nausea.eating:as_usual", "nausea.consequences:no")  # fmt: skip
SIGHT = ("go:symptoms", "symptoms.which:edema",
         "symptoms.edema.one:periorbital_edema",
         "periorbital_edema.swelling:soft", "periorbital_edema.also:none", "symptoms.last:cannot",
         "red_flags.now:none")  # fmt: skip
NOT_REVIEWED = "尚未审核"


def every(begin, table):
    with begin() as work:
        return list(work.session.exec(select(table)))


def data(said) -> list[str]:
    return [button.data for row in said.buttons for button in row]


def test_a_complaint_is_offered_its_questions_and_reaches_the_nurse(linked, begin):
    said = linked.says("这两天有点恶心")
    assert data(said) == ["go:about_gi", "go:remark"]
    assert [(one.kind, one.chat_id) for one in every(begin, InboxItem)] == [("text", 77)]
    assert "symptoms.gi.one:nausea" in data(linked.taps("go:about_gi"))


def test_only_a_remark_opens_nothing(linked, begin):
    linked.says("腿有点肿")
    assert "护士会看到" in linked.taps("go:remark").text
    assert every(begin, SymptomReport) == []


def test_the_report_that_was_offered_is_complete_in_the_usual_way(linked, begin):
    linked.says("这两天有点恶心")
    linked.taps("go:about_gi", *NAUSEA[2:], "symptoms.last:ok")
    assert every(begin, SymptomReport)[0].families["gi"] == 1


@pytest.mark.parametrize("asked", ["可以喝茶吗？", "能不能吃西柚", "Can I take ibuprofen with it"])
def test_a_question_goes_to_the_nurse_and_the_bot_says_no_more(linked, begin, asked):
    said = linked.says(asked)
    assert "回复会发到这里" in said.text
    [item] = every(begin, InboxItem)
    assert (item.kind, item.text, item.chat_id) == ("question", asked, 77)


def test_a_question_about_a_complaint_is_both(linked, begin):
    said = linked.says("恶心的时候可以吃姜吗？")
    assert "回复会发到这里" in said.text and "go:about_gi" in data(said)
    assert every(begin, InboxItem)[0].kind == "question"


def test_at_most_four_choices_are_offered(linked):
    said = linked.says("恶心，腿肿，皮疹，很累")
    assert len(data(said)) <= 4 and data(said)[-1] == "go:remark"


@pytest.mark.parametrize("words", ["我" * 5000 + "。", "😀🤢👍🏽" * 400, "مرحبا، أشعر بالتعب"])
def test_long_and_foreign_words_are_stored_whole(linked, begin, words):
    linked.says(words)
    [item] = every(begin, InboxItem)
    assert item.text == words


def test_a_red_flag_past_the_first_4096_letters_is_found(linked, begin):
    linked.says("今天散步。" * 900 + "昨天大便发黑。")
    assert every(begin, Alert)[0].causes == ["red_flag:gi_bleeding"]
    item = every(begin, InboxItem)[0]
    assert {item.text[one["start"] : one["end"]] for one in item.triage["spans"]} <= {
        one["text"] for one in item.triage["spans"]
    }


def test_advice_under_a_mild_report_is_two_lines_that_say_they_are_not_reviewed(linked):
    said = linked.taps(*NAUSEA, "symptoms.last:ok")
    assert said.text.count(NOT_REVIEWED) == 2 and "200 毫升" in said.text


def test_advice_that_the_clinic_accepted_loses_its_mark(linked, begin, clinic):
    with begin() as work:
        key = "advice.with_meal"
        accept(work, clinic.id, key, "zh-CN", sha256_of(key, "zh-CN"), "staff:1")
    said = linked.taps(*NAUSEA, "symptoms.last:ok")
    assert said.text.count(NOT_REVIEWED) == 1


def test_where_a_nurse_is_called_no_advice_is_given(linked):
    said = linked.taps(*SIGHT)
    assert NOT_REVIEWED not in said.text and "正在通知护士" in said.text


def test_in_staffed_hours_the_nurse_will_contact_the_patient(linked):
    assert "会尽快联系您" in linked.taps(*SIGHT).text  # Tuesday, 10:00 in Shanghai


@pytest.mark.parametrize(("at_night", "by_day", "said"), [
    ("+8613900000009", "+862700000000", "+8613900000009"), (None, "+862700000000", "+862700000000"),
    (None, None, "拨打 120"),
])
def test_at_night_the_reply_says_when_the_clinic_answers_and_whom_to_call(
    linked, begin, clinic, clock, at_night, by_day, said
):
    with begin() as work:
        here = work.session.merge(clinic)
        here.night_phone, here.phone = at_night, by_day
    clock.now = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)  # 22:00 in Shanghai
    told = linked.taps(*SIGHT).text
    assert "08:00 到 17:00" in told and said in told


def test_in_english_too(linked, begin):
    with begin() as work:
        work.session.get_one(Chat, 77).language = "en"
    assert "not yet checked" in linked.taps(*NAUSEA, "symptoms.last:ok").text
    assert "The answer will come here" in linked.says("Can I drink tea?").text


@pytest.mark.parametrize("said", ["吐血了", "从早上吐血2次"])
def test_a_red_flag_typed_where_a_time_is_asked_is_heard(linked, begin, said):
    asked = linked.taps("dose:earlier")
    told = linked.says(said)
    assert "120" in told.text and told.buttons == asked.buttons
    assert every(begin, Alert)[0].causes == ["red_flag:gi_bleeding"]


def test_a_slip_in_a_time_is_asked_again_and_reaches_nobody(linked, begin):
    linked.taps("dose:earlier")
    assert "没看懂时间" in linked.says("8:70").text
    assert every(begin, InboxItem) == []
