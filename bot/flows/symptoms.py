"""The symptom report: which families, which symptoms of each, then each one's questions."""

from collections.abc import Callable
from functools import partial

from app.clinical.symptoms import RED_FLAGS, TERMS_ASKED, Question, applies
from bot.flow import Answers, Choice, Flow, Step

FAMILIES = ("edema", "skin", "gi", "other")
WHICH = "symptoms.families"
TOLERABLE = "symptoms.tolerable"
_NONE = Choice("none", "symptoms.none")


def _something(answers: Answers) -> bool:
    return bool(answers.get(WHICH))


def _has_family(family: str, answers: Answers) -> bool:
    return family in answers.get(WHICH, ())


def _asks(question: Question, family: str, answers: Answers) -> bool:
    chosen = answers.get(f"symptoms.{family}", ())
    return question.term in chosen and applies(question, answers)


def _question(question: Question, asked_if: Callable[[Answers], bool]) -> Step:
    choices = tuple(
        Choice(option.code, f"o.{question.code}.{option.code}") for option in question.options
    )
    return Step(question.code, f"q.{question.code}", choices, asked_if)


def _family(family: str) -> Step:
    terms = [term for term in TERMS_ASKED.values() if term.family == family]
    choices = tuple(Choice(term.code, f"term.{term.code}") for term in terms)
    return Step(
        f"symptoms.{family}", "symptoms.which_of", (*choices, _NONE),
        partial(_has_family, family), many=True, params={"family_key": f"family.{family}"},
    )  # fmt: skip


def _questions() -> list[Step]:
    return [
        _question(question, partial(_asks, question, term.family))
        for term in TERMS_ASKED.values()
        for question in term.questions
    ]


_ALL = tuple(Choice(family, f"family.{family}") for family in FAMILIES)
_CAN_GO_ON = tuple(
    Choice(code, f"symptoms.tolerable.{code}") for code in ("yes", "hard", "no")
)

SYMPTOMS = Flow("symptoms", (
    Step(WHICH, WHICH, (*_ALL, _NONE), many=True),
    *(_family(family) for family in FAMILIES),
    *_questions(),
    _question(RED_FLAGS.questions[0], _something),
    Step(TOLERABLE, TOLERABLE, _CAN_GO_ON, _something),
))  # fmt: skip


def clinical_answers(answers: Answers) -> dict[str, str]:
    """Only the answers to the clinical questions: option code by question code."""
    asked = {q.code for term in (RED_FLAGS, *TERMS_ASKED.values()) for q in term.questions}
    return {code: answer for code, answer in answers.items() if code in asked}
