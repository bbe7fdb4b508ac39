"""The SF-36 as the patient meets it: in our own words, or in the clinic's licensed ones."""

import json

import pytest
from sqlmodel import select

from app.services.wording import drop_wording, load_wording, read_wording, template
from models import Chat, Message, Questionnaire


@pytest.fixture
def licensed(begin, clinic):
    told = json.loads(template("zh-CN")) | {"source": "Holder, licence 7", "intro": "正式说明 {1}"}
    told["items"]["1"] = "正式第一题 {x}"
    told["options"]["health"] = [f"正式选项{n}" for n in range(1, 6)]
    with begin() as work:
        load_wording(work, clinic.id, read_wording(json.dumps(told)))


def labels(said) -> list[str]:
    return [button.label for row in said.buttons for button in row]


def answered(phone, begin) -> str:
    phone.taps("go:sf36", *(f"sf36.{n}:1" for n in range(1, 37)), "sf36.review:send")
    with begin() as work:
        return work.session.exec(select(Questionnaire.wording)).one()


def test_our_own_words_are_said_to_be_ours_once_at_the_start(linked):
    first = linked.taps("go:sf36")
    assert "不是经过验证的SF-36官方文本" in first.text and "1 of 36" not in first.text
    assert "官方文本" not in linked.taps("sf36.1:1").text
    assert "官方文本" in linked.taps("nav:back").text


def test_what_is_answered_in_our_own_words_is_kept_as_such(linked, begin):
    assert answered(linked, begin) == "own-unvalidated"


def test_the_clinics_licensed_words_are_asked_and_kept(linked, licensed, begin):
    first = linked.taps("go:sf36")
    assert "正式说明 {1}" in first.text and "正式第一题 {x}" in first.text
    assert "官方文本" not in first.text
    assert labels(first)[:5] == [f"正式选项{n}" for n in range(1, 6)]
    assert answered(linked, begin) == "Holder, licence 7"


def test_words_that_change_midway_are_said_once_and_kept_both(linked, licensed, begin, clinic):
    linked.taps("go:sf36", *(f"sf36.{n}:1" for n in range(1, 20)))
    with begin() as work:
        assert drop_wording(work, clinic.id, "zh-CN")
    assert "官方文本" in linked.taps("sf36.20:1").text
    assert "官方文本" not in linked.taps("sf36.21:1").text
    linked.taps(*(f"sf36.{n}:1" for n in range(22, 37)), "sf36.review:send")
    with begin() as work:
        kept = work.session.exec(select(Questionnaire.wording)).one()
    assert kept == "Holder, licence 7 + own-unvalidated"


def test_a_questionnaire_left_open_by_an_earlier_release_is_still_completed(linked, begin):
    linked.taps("go:sf36", *(f"sf36.{n}:1" for n in range(1, 36)))
    with begin() as work:
        chat = work.session.exec(select(Chat)).one()
        chat.answers = {code: one for code, one in chat.answers.items() if code != "sf36*"}
    linked.taps("sf36.36:1", "sf36.review:send")
    with begin() as work:
        assert work.session.exec(select(Questionnaire.wording)).one() == "own-unvalidated"


def test_a_questionnaire_without_an_answer_is_not_half_done(linked):
    linked.taps("go:sf36")
    assert "SF-36" not in linked.taps("nav:pause").text


def test_a_patient_who_reads_another_language_meets_our_own_words(linked, licensed):
    linked.says("/language")
    linked.taps("language:en")
    assert "not the official, validated SF-36 wording" in linked.taps("go:sf36").text


def test_a_reply_that_a_worker_sends_again_has_the_same_words(linked, licensed, begin):
    from app.texts import Reader
    from app.texts.render import render

    first = linked.taps("go:sf36")
    with begin() as work:
        row = work.session.exec(select(Message).order_by(Message.id.desc())).first()
        assert render(row.key, row.data, Reader("zh-CN", "Asia/Shanghai")) == first
