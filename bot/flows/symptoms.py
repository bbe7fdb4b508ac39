"""The symptom report: a tap for the family, the symptom, each question and the last screen.

Who has more than one ticks them instead (ADR 0019).
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from app.clinical.symptoms import RED_FLAGS, TERMS_ASKED, AskedTerm, next_question
from bot.flow import Answers, Choice, Flow, Step, drafted_as
from bot.flows.further import answers_of, further_steps, question_step

FAMILIES = ("edema", "skin", "gi", "other")
WHICH = "symptoms.which"  # the one family, or "several"
SEVERAL = "symptoms.families"  # those ticked
MORE = "symptoms.more"  # those ticked after "something else too" on the last screen
LAST, LAST_AGAIN = "symptoms.last", "symptoms.last.again"
CORRECTS = "corrects*"  # beside the answers: the report that they correct
PHOTOS = "photos*"  # beside the answers: the photos kept for the report
_TOLERABLE = "symptoms.tolerable"  # asked by itself in reports begun before

_FLAGS = RED_FLAGS.questions[0]
_NONE = Choice("none", "symptoms.none")
_NONE_OF_THESE = Choice("none", "symptoms.none_of_these")
_ALL = tuple(Choice(family, f"family.{family}") for family in FAMILIES)


def _one_of(family: str) -> str:
    return f"symptoms.{family}.one"


def _some_of(family: str) -> str:
    return f"symptoms.{family}"


def _families(answers: Answers) -> set[str]:
    return {answers.get(WHICH), *answers.get(SEVERAL, ()), *answers.get(MORE, ())} & set(FAMILIES)


def _has_one(family: str, answers: Answers) -> bool:
    """The family is the only one so far; it may turn out to be more than one symptom of it."""
    return answers.get(WHICH) == family


def _has_some(family: str, answers: Answers) -> bool:
    ticked = (*answers.get(SEVERAL, ()), *answers.get(MORE, ()))
    return family in ticked or answers.get(_one_of(family)) == "several"


def _is_chosen(term: AskedTerm, answers: Answers) -> bool:
    one, some = answers.get(_one_of(term.family)), answers.get(_some_of(term.family), ())
    return (one == term.code or term.code in some) and term.family in _families(answers)


def _family(family: str) -> tuple[Step, Step]:
    terms = [term for term in TERMS_ASKED.values() if term.family == family]
    choices = tuple(Choice(term.code, f"term.{term.code}") for term in terms)
    params = {"family_key": f"family.{family}"}
    several = Choice("several", "symptoms.several")
    return (
        Step(_one_of(family), "symptoms.one_of", (*choices, several, _NONE_OF_THESE),
             partial(_has_one, family), params=params),
        Step(_some_of(family), "symptoms.which_of", (*choices, _NONE_OF_THESE),
             partial(_has_some, family), many=True, params=params),
    )  # fmt: skip


def _questions() -> Iterator[Step]:
    for term in TERMS_ASKED.values():
        chosen = partial(_is_chosen, term)
        yield question_step(term.questions[0], chosen)
        yield from further_steps(term, chosen)


def _is_first(answers: Answers) -> bool:
    return SEVERAL not in answers


def _is_several(answers: Answers) -> bool:
    return answers.get(WHICH) == "several"


def _is_more(answers: Answers) -> bool:
    return answers.get(LAST) == "more"


def _something(answers: Answers) -> bool:
    return bool(_families(answers))


def _cannot(answers: Answers) -> bool:
    return _last(answers) == "cannot"


def _last(answers: Answers) -> str | None:
    return answers.get(LAST_AGAIN, answers.get(LAST))


_SHOWN_LAST = (
    *(Choice(option.code, f"o.{_FLAGS.code}.{option.code}") for option in _FLAGS.options[1:]),
    Choice("cannot", "symptoms.last.cannot"),
)
_SOMETHING_ELSE = Choice("more", "symptoms.last.more")
_CAN_GO_ON = Choice("ok", "symptoms.last.ok")  # under all that must be read before it

SYMPTOMS = Flow("symptoms", (
    Step(WHICH, WHICH, (*_ALL, Choice("several", "symptoms.several"), _NONE), _is_first),
    Step(SEVERAL, SEVERAL, (*_ALL, _NONE), _is_several, many=True),
    Step(MORE, MORE, (*_ALL, Choice("none", "symptoms.no_more")), _is_more, many=True),
    *(step for family in FAMILIES for step in _family(family)),
    *_questions(),
    Step(LAST, LAST, (*_SHOWN_LAST, _SOMETHING_ELSE, _CAN_GO_ON), _something, paired=True),
    Step(LAST_AGAIN, LAST, (*_SHOWN_LAST, _CAN_GO_ON), _is_more, paired=True),
    question_step(_FLAGS, _cannot),
))  # fmt: skip


def clinical_answers(answers: Answers) -> dict[str, str]:
    """Only the answers to the clinical questions that apply: option code by question code."""
    told: dict[str, str] = {}
    for term in TERMS_ASKED.values():
        mine = answers_of(term, answers) if _is_chosen(term, answers) else {}
        if mine and next_question(term.code, mine) is None:
            told |= mine
    asked = _something(answers) and (_last(answers) or _FLAGS.code in answers)
    return {_FLAGS.code: _flag(answers), **told} if asked else told


def _flag(answers: Answers) -> str:
    """The flag told on the last screen, or on one of its own."""
    known = {option.code for option in _FLAGS.options}
    own = answers.get(_FLAGS.code, "none")
    return own if own != "none" or _last(answers) not in known else str(_last(answers))


def is_intolerable(answers: Answers) -> bool:
    """Whether the patient says that they cannot go on like this, where anything bothers them."""
    return _something(answers) and (_cannot(answers) or answers.get(_TOLERABLE) == "no")


def filled_in(told: Mapping[str, str], intolerable: bool) -> dict[str, Any]:
    """The flow's answers that an earlier report had, from its clinical ones."""
    terms = terms_of(told)
    families = [family for family in FAMILIES if any(t.family == family for t in terms)]
    chosen = {_some_of(one): [t.code for t in terms if t.family == one] for one in families}
    flag = told.get(_FLAGS.code, "none")
    last = "cannot" if intolerable else "ok" if flag == "none" else flag
    told = told if intolerable else without(told, RED_FLAGS.code)  # the last screen holds it
    return {WHICH: "several", SEVERAL: families, **chosen, **told, LAST: last}


def terms_of(told: Mapping[str, str]) -> list[AskedTerm]:
    """The symptoms that a report's clinical answers are about, in the order of asking."""
    codes = {question.partition(".")[0] for question in told}
    return [term for code, term in TERMS_ASKED.items() if code in codes]


def without(answers: Answers, term: str) -> dict[str, Any]:
    """The answers with those about a symptom taken out, so that it is asked again."""
    return {code: one for code, one in answers.items() if code.partition(".")[0] != term}


def without_last(answers: Answers) -> dict[str, Any]:
    """The answers with the last screen open again: warning signs, and whether one can go on."""
    told = without(answers, RED_FLAGS.code)
    return {code: one for code, one in told.items() if code not in (LAST, LAST_AGAIN)}


def choosing_again(answers: Answers) -> dict[str, Any]:
    """The answers with every choice of symptoms open again, as it was ticked."""
    which = (SEVERAL, *(_some_of(family) for family in FAMILIES))
    ticked = {drafted_as(code): answers[code] for code in which if code in answers}
    return {**{code: one for code, one in answers.items() if code not in which}, **ticked}
