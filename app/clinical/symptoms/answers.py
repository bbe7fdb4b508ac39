"""Which question comes next, and which answers a patient has given."""

from collections.abc import Iterator, Mapping

from app.clinical.errors import MissingAnswer, QuestionDoesNotApply, UnknownOption, UnknownQuestion
from app.clinical.symptoms.catalogue import asked_term
from app.clinical.symptoms.model import AskedTerm, Option, Question


def applies(question: Question, answers: Mapping[str, str]) -> bool:
    """Whether the earlier answers (option code by question code) call for the question."""
    return all(answers.get(earlier) in options for earlier, options in question.asked_if)


def next_question(term: str, answers: Mapping[str, str]) -> Question | None:
    """The first question of the term that applies and has no answer; None when it is complete.

    Answers about other terms are passed over. Raises UnknownTerm.
    """
    for question in asked_term(term).questions:
        if question.code not in answers and applies(question, answers):
            return question
    return None


def chosen(term: AskedTerm, answers: Mapping[str, str]) -> tuple[Option, ...]:
    """The options chosen, in the order of the questions.

    Raises MissingAnswer, QuestionDoesNotApply, UnknownOption and UnknownQuestion, each with the
    question's code as its field.
    """
    known = {question.code for question in term.questions}
    for code in answers:
        if code not in known:
            raise UnknownQuestion(code, f"{code} is no question of {term.code}; leave it out.")
    return tuple(_options(term, answers))


def _options(term: AskedTerm, answers: Mapping[str, str]) -> Iterator[Option]:
    """The option chosen for each question that applies; refuse any other answer."""
    for question in term.questions:
        answered = question.code in answers
        if not applies(question, answers):
            if answered:
                raise QuestionDoesNotApply(question.code)
        elif answered:
            yield _option(question, answers[question.code])
        else:
            raise MissingAnswer(question.code)


def _option(question: Question, code: str) -> Option:
    """The option with this code. Raises UnknownOption, listing the codes there are."""
    for option in question.options:
        if option.code == code:
            return option
    known = ", ".join(option.code for option in question.options)
    raise UnknownOption(question.code, f"The answer is not an option; use one of: {known}.")
