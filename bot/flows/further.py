"""What is asked of a symptom after its first question: alone, or ticked on one screen.

One further question is asked in its own words. Where there are more, their options stand on one
screen; a question of which nothing is ticked is answered by the option that adds no grade.
"""

from collections.abc import Callable
from functools import partial

from app.clinical.symptoms import AskedTerm, Option, Question, applies, next_question, ticked_as
from bot.flow import Answers, Choice, Step, always

Condition = Callable[[Answers], bool]


def further_steps(term: AskedTerm, is_chosen: Condition) -> tuple[Step, ...]:
    """The further questions of a symptom, each alone, and the screen that joins them."""
    alone = tuple(
        question_step(question, partial(_is_alone, term, question, is_chosen))
        for question in term.questions[1:]
    )
    return (*alone, _joined_step(term, is_chosen)) if len(alone) > 1 else alone


def _joined_step(term: AskedTerm, is_chosen: Condition) -> Step:
    choices = [
        _option(question, option, partial(_fits, term, question))
        for question in term.questions[1:]
        for option in question.options
        if option != _nothing(question)
    ]
    return Step(
        ticked_as(term), "symptoms.further", (*choices, Choice("none", "symptoms.none_of_these")),
        partial(_are_joined, term, is_chosen), many=True, params={"term_key": f"term.{term.code}"},
    )  # fmt: skip


def question_step(question: Question, asked_if: Condition) -> Step:
    """A question of the clinical core in its own words."""
    choices = tuple(_option(question, option) for option in question.options)
    return Step(question.code, f"q.{question.code}", choices, asked_if)


def _option(question: Question, option: Option, offered_if: Condition = always) -> Choice:
    label = f"o.{question.code}.{option.code}"
    return Choice(option.code, label, offered_if=offered_if)


def answers_of(term: AskedTerm, answers: Answers) -> dict[str, str]:
    """The answers to the questions of a symptom, as the clinical core takes them."""
    ticked = answers.get(ticked_as(term))
    told: dict[str, str] = {}
    for question in term.questions:
        if applies(question, told):
            told |= _answer(question, answers, ticked)
    return told


def _answer(question: Question, answers: Answers, ticked: list[str] | None) -> dict[str, str]:
    """Its own answer, else the worst of what is ticked of it."""
    if question.code in answers:
        return {question.code: answers[question.code]}
    if ticked is None:
        return {}
    mine = [option for option in question.options if option.code in ticked]
    return {question.code: max(mine, key=_weight, default=_nothing(question)).code}


def _weight(option: Option) -> tuple[int, bool]:
    return option.grade, option.red_flag is not None


def _nothing(question: Question) -> Option:
    """The option that adds neither a grade nor a flag: each question begins with it."""
    return question.options[0]


def _fits(term: AskedTerm, question: Question, answers: Answers) -> bool:
    """Whether the answer to the first question of a symptom leaves a further one open."""
    if question.code in answers:
        return False
    first = term.questions[0].code
    return all(answers.get(code) in fit for code, fit in question.asked_if if code == first)


def _is_joined(term: AskedTerm, answers: Answers) -> bool:
    begun = term.questions[0].code in answers
    return begun and sum(_fits(term, one, answers) for one in term.questions[1:]) > 1


def _are_joined(term: AskedTerm, is_chosen: Condition, answers: Answers) -> bool:
    """Asked until each question has its answer: a report begun before has some alone."""
    if not is_chosen(answers) or not _is_joined(term, answers):
        return False
    return next_question(term.code, answers_of(term, answers)) is not None


def _is_alone(term: AskedTerm, question: Question, is_chosen: Condition, answers: Answers) -> bool:
    told = answers_of(term, answers)
    return is_chosen(answers) and applies(question, told) and not _is_joined(term, answers)


def told_options(term: AskedTerm, answers: Answers) -> tuple[Option, ...]:
    """Every option told of a symptom so far: its own answers, and all that is ticked as done."""
    ticked = answers.get(ticked_as(term), ())
    return tuple(
        option
        for question in term.questions
        for option in question.options
        if answers.get(question.code) == option.code
        or (option.code in ticked and question is not term.questions[0])
    )
