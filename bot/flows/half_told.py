"""What an open symptom report says already. Pure."""

from collections.abc import Iterator

from app.clinical.symptoms import ASKED, RED_FLAGS, TERMS_ASKED, AskedTerm, Option
from bot.flow import Answers, drafted_as
from bot.flows.further import told_options
from bot.flows.symptoms import CORRECTS, LAST, LAST_AGAIN, SYMPTOMS, terms_of

URGENT_GRADE = 4  # life-threatening by CTCAE: not left until the report is complete


def urgent_in(answers: Answers) -> dict[tuple[str, str], Option]:
    """The options told that cannot wait, by their symptom and code."""
    terms = (RED_FLAGS, *TERMS_ASKED.values())
    return {(term.code, one.code): one for term in terms for one in _urgent(term, answers)}


def _urgent(term: AskedTerm, answers: Answers) -> Iterator[Option]:
    told = told_options(term, answers)
    return (one for one in told if one.red_flag or one.grade >= URGENT_GRADE)


def grades_in(answers: Answers) -> dict[str, int]:
    """The highest grade told so far of each family; 0 has no place in it."""
    worst: dict[str, int] = {}
    for term in TERMS_ASKED.values():
        told = max((one.grade for one in told_options(term, answers)), default=0)
        worst[term.family] = max(worst.get(term.family, 0), told)
    return worst


def as_ticked(answers: Answers) -> Answers:
    """The answers as if every screen with ticks had been left by "done"."""
    many = (step.code for step in SYMPTOMS.steps if step.many)
    drafts = {code: answers[drafted_as(code)] for code in many if drafted_as(code) in answers}
    return {**answers, **drafts}


def terms_told(answers: Answers) -> list[str]:
    """The symptoms answered so far; none in the correction of a report, which stands."""
    return [] if CORRECTS in answers else [term.code for term in terms_of(answers)]


def flag_of(step: str, option: str) -> str | None:
    """The red flag of a button of the report, also of one on a screen with ticks."""
    term = RED_FLAGS if step in (LAST, LAST_AGAIN) else ASKED.get(step.partition(".")[0])
    options = (one for question in (term.questions if term else ()) for one in question.options
               if step in (question.code, LAST, LAST_AGAIN) or step.endswith(".also"))  # fmt: skip
    return next((one.red_flag for one in options if one.code == option), None)
