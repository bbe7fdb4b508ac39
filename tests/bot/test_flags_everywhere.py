"""No red flag goes unanswered, whatever the chat is in the middle of."""

from datetime import timedelta
from itertools import count

import pytest
from sqlmodel import select

from app.clinical.triage import read_whole
from app.services.consent import set_consent_version
from app.services.visits import plan_visit
from bot.chats import Media as Sent
from models import Alert, Chat, ChatState, InboxItem, Media, SymptomReport

BREATH = ("go:symptoms", "symptoms.which:edema", "symptoms.edema.one:pulmonary_edema")
LAST = ("go:symptoms", "symptoms.which:edema", "symptoms.edema.one:periorbital_edema",
        "periorbital_edema.swelling:soft", "periorbital_edema.also:none")  # fmt: skip
_FILES = count(1)


def every(begin, table):
    with begin() as work:
        return list(work.session.exec(select(table)))


def causes(begin) -> list[list[str]]:
    return [one.causes for one in every(begin, Alert)]


def told(begin) -> list[str]:
    return [one.text for one in every(begin, InboxItem) if one.kind != "unreachable"]


def chat(begin) -> Chat:
    with begin() as work:
        return work.session.get(Chat, 77)


def data(said) -> list[str]:
    return [button.data for row in said.buttons for button in row]


def sends(phone, kind: str, text: str | None = None):
    return phone._hear(None, media=Sent(kind, f"file-{next(_FILES)}", 1000), text=text)


def newer_consent(begin) -> None:
    with begin() as work:
        set_consent_version(work, "wuhan", "2")


@pytest.fixture
def two_draws(begin, patient, clock):
    with begin() as work:
        mine = work.session.merge(patient)
        return [plan_visit(work, mine, clock.now + timedelta(days=days)).id for days in (4, 9)]


@pytest.mark.parametrize("words", ["我吐血了", "今天吐血3次", "vomiting blood"])
def test_where_a_visit_is_chosen_words_are_heard_and_the_choice_stays_open(
    linked, begin, two_draws, words
):
    linked.taps("go:another")
    said = linked.says(words)
    assert "120" in said.text and f"slot.visit:{two_draws[0]}" in data(said)
    assert causes(begin) == [["red_flag:gi_bleeding"]]
    assert told(begin) == [words]


def test_words_about_a_visit_that_is_off_meanwhile_are_heard(linked, begin, two_draws):
    linked.taps("go:another", f"slot.visit:{two_draws[0]}")
    with begin() as work:
        held = work.session.get(Chat, 77)
        held.answers = {"slot.visit": "0" * 22}
    assert "120" in linked.says("我吐血了").text
    assert causes(begin) == [["red_flag:gi_bleeding"]]


def test_a_red_flag_across_the_end_of_a_part_is_read_once():
    long = "今天散步。" * 818 + "今天出门，昨天大便发黑。" + "今天散步。" * 900
    found = read_whole(long)
    assert found.red_flags == ("gi_bleeding",)
    assert all(long[one.start : one.end] == one.text for one in found.spans)
    assert len({(one.start, one.code) for one in found.spans}) == len(found.spans)


def test_who_is_not_linked_is_answered_whatever_the_length_of_what_is_written(phone):
    assert "120" in phone.says("今天散步。" * 900 + "昨天大便发黑。").text


def test_a_time_with_a_red_flag_in_it_is_no_answer_alone(linked, begin):
    linked.taps("go:another")
    linked.says("x")
    linked.taps("dose:earlier")
    assert "120" in linked.says("8点吐血了").text
    assert causes(begin) == [["red_flag:gi_bleeding"]]


@pytest.mark.parametrize("steps", [[], ["CODE"], ["CODE", "1966"], ["/language"]])
@pytest.mark.parametrize("words", ["吐血了", "fainting", "collapse", "/start 我吐血了", "/stop 我吐血"])
def test_who_is_not_linked_is_answered_at_every_step(phone, code, steps, words):
    for step in steps:
        phone.says(step.replace("CODE", code))
    asked = phone.taps("nav:nothing")
    said = phone.says(words)
    assert "120" in said.text and said.buttons == asked.buttons
    assert asked.text.split("\n")[-1] in said.text


@pytest.mark.parametrize("steps", [[], ["CODE"], ["CODE", "1966"]])
def test_a_caption_is_read_before_a_phone_is_linked(phone, code, steps):
    for step in steps:
        phone.says(step.replace("CODE", code))
    assert "120" in sends(phone, "photo", "我吐血了").text


def test_a_code_still_links_after_a_red_flag(phone, code):
    phone.says("我吐血了")
    assert "出生年份" in phone.says(code).text


@pytest.mark.parametrize("said", [
    "/symptoms 吐血", "/stop 我吐血", "/start 我吐血了", "/help 吐血了", "/dose\n吐血了", "/吐血了",
    "/stop我吐血", "/cancel 吐血", "/nothing 吐血", "/language 吐血",
])
@pytest.mark.parametrize("is_due", [False, True])
def test_words_after_a_command_are_heard(linked, begin, said, is_due):
    if is_due:
        newer_consent(begin)
    assert linked.says(said).text.startswith("请不要等")
    assert causes(begin) == [["red_flag:gi_bleeding"]]
    assert len(told(begin)) == 1


def test_a_command_with_words_still_does_what_it_is_for(linked, begin):
    assert "不会再给您发提醒" in linked.says("/stop 我吐血").text
    assert chat(begin).state == ChatState.STOPPED
    assert "symptoms.which:edema" in data(linked.says("/symptoms 有点累"))
    assert told(begin) == ["我吐血", "有点累"]


def test_after_a_refusal_words_after_a_command_are_not_kept(linked, begin):
    newer_consent(begin)
    linked.taps("consent:decline")
    linked.says("/help 你好")
    assert told(begin) == []
    assert "120" in linked.says("/help 吐血").text
    assert told(begin) == ["吐血"]


def test_a_complaint_at_a_typed_question_reaches_the_nurse_while_consent_is_due(linked, begin):
    linked.taps("dose:earlier")
    newer_consent(begin)
    said = linked.says("今天腹泻十次，起不来床")
    assert "consent:agree" in data(said) and told(begin) == ["今天腹泻十次，起不来床"]
    linked.says("8:10")
    assert len(told(begin)) == 1


@pytest.mark.parametrize("kind", ["photo", "voice"])
def test_a_photo_or_a_voice_note_is_kept_while_consent_is_due(linked, begin, kind):
    newer_consent(begin)
    said = sends(linked, kind, "吐血了" if kind == "photo" else None)
    assert "consent:agree" in data(said)
    assert [one.kind for one in every(begin, InboxItem)][:1] == [kind]
    assert ("120" in said.text and len(causes(begin)) == 1) or kind == "voice"


def test_after_a_refusal_a_photo_is_not_kept_and_that_is_said(linked, begin):
    newer_consent(begin)
    linked.taps("consent:decline")
    assert "没有保存" in sends(linked, "photo").text
    assert (told(begin), every(begin, Media)) == ([], [])


@pytest.mark.parametrize("leave", [["/dose"], ["/cancel"], []])
def test_a_red_flag_answered_half_way_is_answered_at_once(linked, begin, leave):
    said = linked.taps(*BREATH, "pulmonary_edema.breath:gasping")
    assert said.text.startswith("请不要等") and len(data(said)) > 2
    assert ["red_flag:dyspnoea" in one for one in causes(begin)] == [True]
    for words in leave:
        linked.says(words)
    assert told(begin) == ["患者填写身体情况，没有填完。已提到：气短、喘不上气（喘得说不成一句话）。"] * len(leave)


def test_the_report_repeats_the_alert_that_its_half_raised(linked, begin):
    linked.taps(*BREATH, "pulmonary_edema.breath:gasping", "pulmonary_edema.also:none", "symptoms.last:ok")
    [alert], [report] = every(begin, Alert), every(begin, SymptomReport)
    assert (alert.report_id, alert.step) == (report.id, 0)
    assert report.red_flags == ["dyspnoea"]


def test_ticks_are_heard_with_done_or_when_they_are_left(linked, begin):
    linked.taps(*LAST[:-1], "periorbital_edema.also:affected")
    assert causes(begin) == []
    linked.taps("periorbital_edema.also:done")
    assert causes(begin) == [["grade_3", "red_flag:vision"]]


def test_ticks_that_are_left_are_heard(linked, begin):
    linked.taps(*LAST[:-1], "periorbital_edema.also:affected")
    linked.says("/dose")
    assert causes(begin) == [["grade_3", "red_flag:vision"]]


def test_a_half_report_that_is_completed_leaves_nothing_to_read(linked, begin):
    linked.taps(*LAST[:-1])
    linked.says("/dose")
    assert len(told(begin)) == 1
    linked.taps("go:well")
    assert [one.handled_by for one in every(begin, InboxItem)] == [None]
    linked.taps(*LAST, "symptoms.last:ok")
    assert [one.handled_by for one in every(begin, InboxItem)] == ["system"]


def test_a_report_of_which_nothing_is_answered_leaves_no_line(linked, begin):
    linked.taps("go:symptoms", "symptoms.which:edema", "nav:pause")
    assert told(begin) == []


@pytest.mark.parametrize("last", ["syncope", "cannot"])
def test_the_last_screen_is_answered_while_a_newer_consent_is_due(linked, begin, last):
    linked.taps(*LAST)
    newer_consent(begin)
    linked.taps(f"symptoms.last:{last}", "red_flags.now:none")
    assert causes(begin) == [["intolerable"] if last == "cannot" else ["red_flag:syncope"]]
    assert "consent:agree" in data(linked.taps("go:dose"))


def test_after_a_refusal_a_tapped_red_flag_is_heard_and_no_more(linked, begin):
    linked.taps(*LAST)
    newer_consent(begin)
    linked.says("你好")
    linked.taps("consent:decline")
    assert "没有保存" in linked.taps("symptoms.last:ok").text
    assert "120" in linked.taps("symptoms.last:syncope").text
    assert (causes(begin), every(begin, SymptomReport)) == ([["red_flag:syncope"]], [])
