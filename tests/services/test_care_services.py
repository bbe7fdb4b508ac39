"""A nurse's answer, "your nurse has seen this", opening hours and accepted advice."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlmodel import select

from app.clinical.alerts import alert_causes, laboratory_causes
from app.clinical.grading import grade_lab
from app.clinical.grading.term import Grade
from app.services.advice import (
    AdviceChanged,
    NoSuchAdvice,
    accept,
    advice_lines,
    all_advice,
    sha256_of,
    withdraw,
)
from app.services.alerts import acknowledge, close, raise_alerts
from app.services.free_text import hear_words
from app.services.inbox import AnswerTooLong, NoSuchItem, NotAnswerable, answer, put_in_inbox
from app.services.opening import help_at, is_staffed, next_opening
from app.services.staff_replies import answer_reply
from app.texts import Reader
from app.texts.render import render
from models import Alert, Audit, Chat, ChatState, InboxItem, InboxKind, Message, SpecialDay

CHAT = 77


@pytest.fixture
def chat(begin, patient) -> Chat:
    with begin() as work:
        chat = Chat(
            id=CHAT, clinic_id=patient.clinic_id, patient_id=patient.id, state=ChatState.ACTIVE,
            language=patient.language,
        )  # fmt: skip
        work.session.add(chat)
    return chat


@pytest.fixture
def question(begin, patient, chat) -> InboxItem:
    with begin() as work:
        return hear_words(work, patient, "可以喝茶吗？", chat_id=CHAT).item


def messages(begin, key: str) -> list[Message]:
    with begin() as work:
        return list(work.session.exec(select(Message).where(Message.key == key)))


def asked_for(begin, item) -> InboxItem:
    with begin() as work:
        return work.session.get_one(InboxItem, (item.clinic_id, item.id))


def say(begin, item, words: str) -> None:
    with begin() as work:
        answer(work, item.clinic_id, item.id, "staff:1", words)


@pytest.mark.parametrize("state", [ChatState.ACTIVE, ChatState.STOPPED])
def test_the_answer_goes_to_the_chat_that_asked_also_where_reminders_are_stopped(
    begin, question, state
):
    with begin() as work:
        work.session.get_one(Chat, CHAT).state = state
    say(begin, question, " <b>可以</b>，{少量}。 ")
    [told] = messages(begin, "nurse.answer")
    assert told.chat_id == CHAT and str(told.about).startswith("inbox:")
    words = render(told.key, told.data, Reader("zh-CN", "Asia/Shanghai")).text
    assert words.endswith("<b>可以</b>，{少量}。")
    done = asked_for(begin, question)
    assert (done.handled_by, done.answer) == ("staff:1", "<b>可以</b>，{少量}。")
    with begin() as work:
        actions = {one.action for one in work.session.exec(select(Audit))}
    assert {"inbox.answer", "inbox.handle"} <= actions


def test_a_question_is_answered_once(begin, question):
    say(begin, question, "可以。")
    with pytest.raises(NotAnswerable):
        say(begin, question, "不可以。")
    assert len(messages(begin, "nurse.answer")) == 1


@pytest.mark.parametrize("words", ["", "  ", "x" * 3001, "😀" * 1501])
def test_an_answer_that_telegram_cannot_take_is_refused(begin, question, words):
    with pytest.raises(AnswerTooLong):
        say(begin, question, words)


@pytest.mark.parametrize("change", [
    {"state": ChatState.BLOCKED}, {"patient_id": "another"}, {"clinic_id": None},
])
def test_a_chat_that_is_gone_is_not_answered_in(begin, question, change):
    with begin() as work:
        chat = work.session.get_one(Chat, CHAT)
        for name, value in change.items():
            setattr(chat, name, value)
    with pytest.raises(NotAnswerable):
        say(begin, question, "可以。")


def test_what_no_chat_said_is_not_answered(begin, patient):
    with begin() as work:
        item = put_in_inbox(work, patient.clinic_id, InboxKind.UNREACHABLE, "x", patient.id)
    with pytest.raises(NotAnswerable):
        say(begin, item, "可以。")
    with pytest.raises(NoSuchItem), begin() as work:
        answer(work, "elsewhere", item.id, "staff:1", "可以。")


def raised(begin, patient, flags=("chest_pain",)) -> Alert:
    with begin() as work:
        causes = alert_causes({}, None, False, flags)
        return raise_alerts(work, patient, causes, report_id=None, grade=0)


def test_when_an_alert_is_acknowledged_the_patient_hears_it_once(begin, patient, chat):
    alert = raised(begin, patient)
    with begin() as work:
        acknowledge(work, alert.clinic_id, alert.id, "staff:1")
        close(work, alert.clinic_id, alert.id, "staff:1", "call", None)
    [told] = messages(begin, "alert.seen")
    assert "护士已经看到" in render(told.key, told.data, Reader("zh-CN", "UTC")).text


def test_two_families_of_one_report_are_seen_in_one_message(begin, patient, chat):
    raised(begin, patient, ("chest_pain", "gi_bleeding"))
    with begin() as work:
        for alert in work.session.exec(select(Alert)).all():
            acknowledge(work, alert.clinic_id, alert.id, "staff:1")
    assert len(messages(begin, "alert.seen")) == 1


def test_an_alert_that_is_raised_again_is_seen_again(begin, patient, chat, clock):
    for flags in (("chest_pain",), ("fever",)):
        alert = raised(begin, patient, flags)
        with begin() as work:
            acknowledge(work, alert.clinic_id, alert.id, "staff:1")
        clock.now += timedelta(hours=1)
    assert len(messages(begin, "alert.seen")) == 2


def test_a_laboratory_alert_says_nothing_to_the_patient(begin, patient, chat):
    grade = grade_lab("neutrophils", 0.7, "10^9/L")
    with begin() as work:
        causes = laboratory_causes(grade)
        alert = raise_alerts(work, patient, causes, report_id=None, grade=3)
        acknowledge(work, alert.clinic_id, alert.id, "staff:1")
    assert messages(begin, "alert.seen") == []


def test_an_unknown_phone_acknowledges_nothing(begin, patient, chat):
    alert = raised(begin, patient)
    with begin() as work:
        assert answer_reply(work, "+1", alert.code) == "sms.reply.unknown_number"
    assert messages(begin, "alert.seen") == []


@pytest.mark.parametrize(("hour", "minute", "staffed"), [
    (0, 0, True), (8, 59, True), (9, 0, False), (23, 59, False),
])
def test_a_clinic_is_staffed_from_8_to_17_on_its_own_clock(begin, clinic, hour, minute, staffed):
    at = datetime(2026, 11, 24, hour, minute, tzinfo=UTC)  # Shanghai is 8 hours ahead
    with begin() as work:
        assert is_staffed(work, clinic, at) is staffed


def test_on_friday_night_the_next_opening_is_monday(begin, clinic):
    with begin() as work:
        opening = next_opening(work, clinic, datetime(2026, 11, 27, 12, tzinfo=UTC))
    assert opening.opens_at == datetime(2026, 11, 30, 0, tzinfo=UTC)
    assert opening.closes_at == datetime(2026, 11, 30, 9, tzinfo=UTC)


def test_a_clinic_that_ends_at_midnight_is_staffed_until_then(begin, clinic):
    clinic.staffed_until = time(0)
    with begin() as work:
        assert is_staffed(work, clinic, datetime(2026, 11, 24, 15, 59, tzinfo=UTC))


def test_on_a_holiday_nobody_answers_and_on_a_make_up_sunday_somebody_does(begin, clinic):
    with begin() as work:
        work.session.add_all([
            SpecialDay(clinic_id=clinic.id, on=date(2026, 11, 24), counts_as=6),
            SpecialDay(clinic_id=clinic.id, on=date(2026, 11, 29), counts_as=0),
        ])  # fmt: skip
    with begin() as work:
        assert not is_staffed(work, clinic, datetime(2026, 11, 24, 2, tzinfo=UTC))
        assert is_staffed(work, clinic, datetime(2026, 11, 29, 2, tzinfo=UTC))


def test_a_clinic_with_no_hours_promises_none(begin, clinic):
    with begin() as work:
        work.session.merge(clinic).staffed_weekdays = []
        assert help_at(work, clinic.id) == ("open", {})


NAUSEA = Grade("nausea", 1, None, "gi")


def test_advice_is_accepted_for_one_language_and_withdrawn(begin, clinic):
    key = "advice.with_meal"
    with begin() as work:
        accept(work, clinic.id, key, "en", sha256_of(key, "en"), "staff:2")
        first = {language: advice_lines(work, clinic.id, language, [NAUSEA])[0]["key"]
                 for language in ("en", "zh-CN")}  # fmt: skip
        assert first == {"en": "advice.line", "zh-CN": "advice.unreviewed"}
        withdraw(work, clinic.id, key, "en", "staff:2")
        assert advice_lines(work, clinic.id, "en", [NAUSEA])[0]["key"] == "advice.unreviewed"
    with begin() as work:
        actions = [one.action for one in work.session.exec(select(Audit))]
    assert actions == ["advice.accept", "advice.withdraw"]


def test_a_text_that_changed_since_it_was_accepted_needs_a_new_look(begin, clinic):
    key = "advice.drink"
    with begin() as work:
        accept(work, clinic.id, key, "en", sha256_of(key, "en"), "staff:2")
        listed = {one.key: texts for one, texts in all_advice(work, clinic.id)}[key]
        accepted = next(one.accepted for one in listed if one.language == "en")
        accepted.text_sha256 = "of another text"
    with begin() as work:
        listed = {one.key: texts for one, texts in all_advice(work, clinic.id)}[key]
        assert [one.accepted for one in listed] == [None, None]
    with pytest.raises(AdviceChanged), begin() as work:
        accept(work, clinic.id, key, "en", "of another text", "staff:2")


@pytest.mark.parametrize(("key", "language"), [("advice.line", "en"), ("advice.drink", "fr")])
def test_only_advice_can_be_accepted(begin, clinic, key, language):
    with pytest.raises(NoSuchAdvice), begin() as work:
        accept(work, clinic.id, key, language, "x", "staff:2")
