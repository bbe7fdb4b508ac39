"""The short symptom report says all that the clinical core can be told, and no more."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from sqlmodel import select

from app.clinical.symptoms import FLAGS, RED_FLAGS, TERMS_ASKED, grade_term, next_question
from app.texts import catalogue
from bot.flow import Answers, advance, back, open_step
from bot.flows.symptoms import SYMPTOMS, clinical_answers, is_intolerable
from models import Alert, Chat, SymptomReport

TERMS = list(TERMS_ASKED.values())
FIRST_TWO = ("symptoms.which:edema", "symptoms.edema.one:periorbital_edema")


def told(*replies: str, answers: Answers | None = None) -> dict:
    """The answers after these replies, each to the question that is open then."""
    answers = dict(answers or {})
    for reply in replies:
        answers = advance(SYMPTOMS, answers, reply)
    return answers


def chosen(term) -> dict:
    return told(term.family, term.code)


def ways(term, answers: dict[str, str]) -> Iterator[dict[str, str]]:
    """Every way through the questions of the clinical core."""
    question = next_question(term.code, answers)
    if question is None:
        yield answers
        return
    for option in question.options:
        yield from ways(term, {**answers, question.code: option.code})


def said_as(term, way: dict[str, str]) -> dict:
    """The same, said by taps: question by question, or ticked where they stand on one screen."""
    answers = chosen(term)
    while (step := open_step(SYMPTOMS, answers)).code.startswith(f"{term.code}."):
        if not step.many:
            answers = told(way[step.code], answers=answers)
            continue
        nothing = {q.code: q.options[0].code for q in term.questions}
        ticks = [one for code, one in way.items() if code != term.questions[0].code and one != nothing[code]]
        answers = told(*(ticks + ["done"] if ticks else ["none"]), answers=answers)
    return answers


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.code)
def test_each_way_through_the_clinical_questions_can_be_tapped(term):
    for way in ways(term, {}):
        assert clinical_answers(said_as(term, way)) == way


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.code)
def test_whatever_is_ticked_is_graded_by_the_worst_of_it(term):
    for option in term.questions[0].options:
        begun = told(option.code, answers=chosen(term))
        step = open_step(SYMPTOMS, begun)
        if not step.many:
            continue
        codes = [choice.code for choice in step.offered(begun) if choice.code != "none"]
        for ticks in (pair for n in (1, 2, 3) for pair in combinations(codes, n)):
            graded = grade_term(term.code, clinical_answers(told(*ticks, "done", answers=begun)))
            alone = [grade_term(term.code, clinical_answers(told(one, "done", answers=begun))).grade for one in ticks]
            assert graded.grade == max(alone)


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.code)
def test_one_mild_symptom_is_at_most_six_taps_from_home(term):
    answers, taps = told(term.questions[0].options[1].code, answers=chosen(term)), 4
    while (step := open_step(SYMPTOMS, answers)) is not None:
        mildest = "ok" if step.code == "symptoms.last" else "none" if step.many else step.choices[0].code
        answers, taps = told(mildest, answers=answers), taps + 1
    assert taps <= 6


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.code)
def test_ticks_of_a_symptom_cannot_be_mistaken_for_each_other(term):
    codes = [o.code for q in term.questions[1:] for o in q.options[1:]]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_what_is_ticked_says_what_it_is_without_its_question(language):
    texts, plain = catalogue(language), {"Yes", "No", "是", "有", "会", "疼"}
    for step in SYMPTOMS.steps:
        labels = [texts[choice.label] for choice in step.choices] if step.many else []
        assert plain.isdisjoint(labels) and len(labels) == len(set(labels))


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.code)
def test_each_question_begins_with_the_answer_that_adds_nothing(term):
    for question in term.questions:
        assert (question.options[0].grade, question.options[0].red_flag) == (0, None)


@pytest.mark.parametrize("flag", FLAGS)
def test_a_warning_sign_ends_the_report_at_once(flag):
    answers = told("gi", "nausea", "as_usual", "no", flag)
    assert open_step(SYMPTOMS, answers) is None
    assert clinical_answers(answers)["red_flags.now"] == flag
    assert not is_intolerable(answers)


@pytest.mark.parametrize("flag", [option.code for option in RED_FLAGS.questions[0].options])
def test_who_cannot_go_on_is_asked_for_warning_signs_once_more(flag):
    answers = told("gi", "nausea", "as_usual", "no", "cannot", flag)
    assert open_step(SYMPTOMS, answers) is None
    assert clinical_answers(answers)["red_flags.now"] == flag
    assert is_intolerable(answers)


def test_several_families_and_symptoms_are_ticked():
    answers = told("several", "edema", "gi", "done", "edema_face", "edema_limbs", "done", "nausea",
                   "done", "mild", "no", "slight", "no", "none", "ok")  # fmt: skip
    assert open_step(SYMPTOMS, answers) is None
    assert {code.split(".")[0] for code in clinical_answers(answers)} == {
        "red_flags", "edema_face", "edema_limbs", "nausea"}


def test_a_family_can_hold_more_than_one_symptom():
    answers = told("edema", "several", "edema_face", "edema_limbs", "done", "mild", "no", "slight", "no", "ok")
    assert open_step(SYMPTOMS, answers) is None
    assert clinical_answers(answers)["edema_limbs.swelling"] == "slight"


def test_something_else_is_asked_for_once_and_then_the_last_screen_again():
    begun = told("edema", "edema_face", "mild", "no", "more", "edema", "skin", "done", "edema_limbs", "done")
    answers = told("dry_skin", "done", "slight", "no", "under_10", "none", answers=begun)
    assert "more" not in {choice.code for choice in open_step(SYMPTOMS, answers).choices}
    assert {code.split(".")[0] for code in clinical_answers(told("ok", answers=answers))} == {
        "red_flags", "edema_face", "edema_limbs", "dry_skin"}


def test_back_takes_away_what_was_answered_last_also_after_something_else():
    answers = told("edema", "edema_face", "mild", "no", "more", "skin", "done")
    for expected in ("symptoms.more", "symptoms.last", "edema_face.limits"):
        answers = back(SYMPTOMS, answers)
        assert open_step(SYMPTOMS, answers).code == expected


def test_none_of_the_symptoms_of_a_family_still_asks_for_warning_signs():
    assert open_step(SYMPTOMS, told("skin", "none")).code == "symptoms.last"


EARLIER = {"symptoms.families*": ["edema"], "symptoms.families": ["edema"]}
WITH_TERM = {**EARLIER, "symptoms.edema*": ["periorbital_edema"], "symptoms.edema": ["periorbital_edema"]}
SOFT = {**WITH_TERM, "periorbital_edema.swelling": "soft"}
ALONE = {**SOFT, "periorbital_edema.vision": "no"}
ASKED = {**ALONE, "periorbital_edema.treatment": "drops", "red_flags.now": "fever"}


@pytest.mark.parametrize(("left", "taps"), [
    (EARLIER, ("symptoms.edema:periorbital_edema", "symptoms.edema:done", "periorbital_edema.swelling:soft", "periorbital_edema.also:none", "symptoms.last:ok")),
    (WITH_TERM, ("periorbital_edema.swelling:soft", "periorbital_edema.also:drops", "periorbital_edema.also:done", "symptoms.last:ok")),
    (SOFT, ("periorbital_edema.also:none", "symptoms.last:ok")),
    (ALONE, ("periorbital_edema.treatment:none", "symptoms.last:ok")),
    (ASKED, ("symptoms.last:ok",)),
])  # fmt: skip
def test_a_report_left_open_by_an_earlier_release_is_still_completed(linked, begin, left, taps):
    with begin() as work:
        chat = work.session.exec(select(Chat)).one()
        chat.flow, chat.answers = "symptoms", dict(left)
    linked.says("/start")
    linked.taps(*taps)
    with begin() as work:
        report = work.session.exec(select(SymptomReport)).one()
        assert report.answers["periorbital_edema.swelling"] == "soft"
        flags = [one.causes for one in work.session.exec(select(Alert))]
    assert flags == ([["red_flag:fever"]] if left is ASKED else [])


def test_a_button_of_an_earlier_release_shows_the_open_question(linked):
    asked = linked.taps("go:symptoms", *FIRST_TWO)
    for old in ("symptoms.tolerable:yes", "red_flags.now:none", "symptoms.families:done"):
        assert linked.taps(old) == asked
