"""The questionnaire in the chat: parts with progress, pause, change, skip, look over, send."""

import pytest
from sqlmodel import select

from bot.flow import ask_again, back, open_step
from bot.flows.sf36 import SF36, number_in, part_of
from models import Chat, InboxItem, Prompt, Questionnaire

UNTIL_36 = tuple(f"sf36.{n}:1" for n in range(1, 37))


def labels(said) -> list[str]:
    return [button.label for row in said.buttons for button in row]


def forms(begin):
    with begin() as work:
        return list(work.session.exec(select(Questionnaire)))


def up_to(phone, n: int):
    return phone.taps("go:sf36", *UNTIL_36[:n])


@pytest.mark.parametrize(("told", "shown"), [
    (2, ["第 3 题，共 36 题", "●●○○○○", "第 2 部分，共 6 部分：日常活动"]),
    (32, ["第 33 题，共 36 题", "●●●●●●", "第 6 部分，共 6 部分"]),
])  # fmt: skip
def test_each_question_says_how_far_it_is(linked, told, shown):
    said = up_to(linked, told).text
    assert [one for one in shown if one not in said] == []


def test_a_part_begins_with_a_word_and_an_offer_to_take_a_break(linked):
    said = up_to(linked, 2)
    assert "第 1 部分填完了" in said.text and "先停一下" in labels(said)
    assert "部分填完了" not in linked.taps("sf36.3:1").text


@pytest.mark.parametrize(("position", "part"), [(1, 1), (2, 1), (3, 2), (12, 2), (13, 3), (36, 6)])
def test_the_parts_follow_the_form(position, part):
    assert part_of(position) == part


def test_weeks_later_it_goes_on_where_it_stopped_and_says_so(linked, clock):
    up_to(linked, 7)
    linked.taps("nav:pause")
    clock.now = clock.now.replace(month=12, day=30)
    said = linked.taps("go:sf36").text
    assert "欢迎回来" in said and "第 8 题，共 36 题" in said


@pytest.mark.parametrize("typed", ["4", "４", "第4题", "4.", "第 4 题"])
def test_a_typed_number_asks_that_question_again_with_its_answer(linked, typed):
    up_to(linked, 10)
    said = linked.says(typed).text
    assert "再看一次第 4 题。您上次答的是：影响很大" in said
    assert "第 4 题，共 36 题" in said


def test_the_other_answer_counts_and_the_questionnaire_goes_on_where_it_stood(linked, begin):
    up_to(linked, 10)
    linked.says("4")
    assert "第 11 题，共 36 题" in linked.taps("sf36.4:3").text
    linked.taps(*UNTIL_36[10:], "sf36.review:send")
    assert forms(begin)[0].items[:5] == [1, 1, 1, 3, 1]


def test_back_from_a_question_asked_again_keeps_its_answer(linked, begin):
    up_to(linked, 10)
    linked.says("4")
    assert "第 11 题，共 36 题" in linked.taps("nav:back").text
    linked.taps(*UNTIL_36[10:], "sf36.review:send")
    assert forms(begin)[0].items == [1] * 36


def test_a_second_number_leaves_the_first_answer_as_it_was(linked, begin):
    up_to(linked, 10)
    linked.says("4")
    assert "第 6 题，共 36 题" in linked.says("6").text
    linked.taps("sf36.6:2", *UNTIL_36[10:], "sf36.review:send")
    assert forms(begin)[0].items[3:7] == [1, 1, 2, 1]


def test_the_number_of_a_question_yet_to_come_changes_nothing(linked, begin):
    up_to(linked, 10)
    said = linked.says("20").text
    assert "还没有轮到" in said and "第 11 题，共 36 题" in said
    assert "第 11 题，共 36 题" in linked.says("11").text
    with begin() as work:
        assert work.session.exec(select(InboxItem)).all() == []


def test_words_in_the_middle_still_reach_the_nurse(linked, begin):
    up_to(linked, 3)
    assert "已转给护士" in linked.says("我今天有4个问题").text
    with begin() as work:
        assert len(work.session.exec(select(InboxItem)).all()) == 1


def test_nothing_is_sent_before_it_is_looked_over(linked, begin):
    said = up_to(linked, 36)
    assert "全部 36 题都填完了" in said.text and labels(said)[:2] == ["提交", "修改回答"]
    assert forms(begin) == []
    linked.taps("sf36.review:send")
    assert len(forms(begin)) == 1


def test_what_was_skipped_is_said_and_can_be_answered_at_the_end(linked, begin):
    linked.taps("go:sf36", *UNTIL_36[:4], "sf36.5:skip", *UNTIL_36[5:35])
    assert "您跳过了第 5, 36 题" in linked.taps("sf36.36:skip").text
    assert "您上次答的是：跳过" in linked.says("5").text
    assert "您跳过了第 36 题" in linked.taps("sf36.5:2").text
    linked.taps("sf36.review:send")
    assert (forms(begin)[0].items[4], forms(begin)[0].items[35]) == (2, None)


def test_change_an_answer_asks_for_its_number(linked, begin):
    up_to(linked, 36)
    assert "请输入题号" in linked.taps("sf36.review:change").text
    linked.says("36")
    assert "全部 36 题都填完了" in linked.taps("sf36.36:2").text
    linked.taps("sf36.review:send")
    assert forms(begin)[0].items[35] == 2


def test_back_from_the_end_asks_the_last_question(linked):
    up_to(linked, 36)
    assert "第 36 题，共 36 题" in linked.taps("nav:back").text


def test_a_double_tap_on_send_is_one_questionnaire(linked, begin):
    up_to(linked, 36)
    linked.taps("sf36.review:send", "sf36.review:send")
    assert len(forms(begin)) == 1


def test_what_an_earlier_release_left_half_done_is_completed(linked, begin):
    with begin() as work:
        chat = work.session.get_one(Chat, 77)
        chat.paused = {"sf36": {f"sf36.{n}": "1" for n in range(1, 36)}}
    assert "第 36 题，共 36 题" in linked.taps("go:sf36").text
    linked.taps("sf36.36:1", "sf36.review:send")
    assert forms(begin)[0].items == [1] * 36


def test_to_ask_again_and_go_back_is_to_change_nothing():
    answers = {f"sf36.{n}": "2" for n in range(1, 37)}
    for n in range(1, 37):
        asked = ask_again(SF36, answers, f"sf36.{n}")
        assert open_step(SF36, asked).code == f"sf36.{n}"
        assert back(SF36, asked) == answers


@pytest.mark.parametrize(("typed", "number"), [
    ("1", 1), ("36", 36), ("question 9", 9), ("No. 9", 9), ("0", None), ("37", None), ("5 6", None), ("", None),
])  # fmt: skip
def test_what_is_the_number_of_a_question(typed, number):
    assert number_in(typed) == number


def test_the_end_answers_what_was_asked(linked, begin, patient, clock):
    with begin() as work:
        work.session.add(Prompt(
            clinic_id="wuhan", id="p", patient_id=patient.id, kind="sf36", why="baseline",
            due_at=clock.now, closes_at=clock.now.replace(day=30), made_at=clock.now,
        ))  # fmt: skip
    up_to(linked, 36)
    linked.taps("sf36.review:send")
    with begin() as work:
        assert work.session.get_one(Prompt, ("wuhan", "p")).state == "answered"
