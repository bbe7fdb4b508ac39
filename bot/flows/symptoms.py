"""The symptom report: which families, which symptoms of each, then each one's questions."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from app.clinical.symptoms import RED_FLAGS, TERMS_ASKED, AskedTerm, Question, applies
from bot.flow import Answers, Choice, Flow, Step, drafted_as

FAMILIES = ("edema", "skin", "gi", "other")
WHICH = "symptoms.families"
TOLERABLE = "symptoms.tolerable"
CORRECTS = "corrects*"  # beside the answers: the report that they correct
PHOTOS = "photos*"  # beside the answers: the photos kept for the report
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
    """Only the answers to the clinical questions that apply: option code by question code."""
    asked = {q.code for term in (RED_FLAGS, *TERMS_ASKED.values()) for q in term.questions}
    return {
        step.code: answers[step.code]
        for step in SYMPTOMS.steps
        if step.code in asked and step.code in answers and step.asked_if(answers)
    }


def cannot_go_on(answers: Answers) -> bool:
    """What the patient says cannot be borne, where anything bothers them at all."""
    return _something(answers) and answers.get(TOLERABLE) == "no"


def filled_in(told: Mapping[str, str], intolerable: bool) -> dict[str, Any]:
    """The flow's answers that an earlier report had, from its clinical ones."""
    terms = terms_of(told)
    families = [family for family in FAMILIES if any(t.family == family for t in terms)]
    chosen = {f"symptoms.{one}": [t.code for t in terms if t.family == one] for one in families}
    tolerable = {TOLERABLE: "no" if intolerable else "yes"} if terms else {}
    return {WHICH: families, **chosen, **told, **tolerable}


def terms_of(told: Mapping[str, str]) -> list[AskedTerm]:
    """The symptoms that a report's clinical answers are about, in the order of asking."""
    codes = {question.partition(".")[0] for question in told}
    return [term for code, term in TERMS_ASKED.items() if code in codes]


def without(answers: Answers, term: str) -> dict[str, Any]:
    """The answers with those about a symptom taken out, so that it is asked again."""
    return {code: one for code, one in answers.items() if code.partition(".")[0] != term}


def choosing_again(answers: Answers) -> dict[str, Any]:
    """The answers with every choice of symptoms open again, as it was ticked."""
    which = (WHICH, *(f"symptoms.{family}" for family in FAMILIES))
    ticked = {drafted_as(code): answers[code] for code in which if code in answers}
    return {**{code: one for code, one in answers.items() if code not in which}, **ticked}
