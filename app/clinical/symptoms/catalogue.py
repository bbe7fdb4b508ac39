"""All that a patient is asked, by its codes."""

from app.clinical.errors import UnknownQuestion, UnknownTerm
from app.clinical.symptoms import edema, gi, other, skin
from app.clinical.symptoms.model import AskedTerm, Question
from app.clinical.symptoms.red_flags import RED_FLAGS

TERMS_ASKED: dict[str, AskedTerm] = {
    term.code: term for family in (edema, skin, gi, other) for term in family.TERMS
}
# With the general question about red flags, which comes first and has no grade.
ASKED: dict[str, AskedTerm] = {RED_FLAGS.code: RED_FLAGS, **TERMS_ASKED}
QUESTIONS: dict[str, Question] = {
    question.code: question for term in ASKED.values() for question in term.questions
}


def asked_term(code: str) -> AskedTerm:
    """The term and its questions. Raises UnknownTerm."""
    if code not in ASKED:
        raise UnknownTerm("term")
    return ASKED[code]


def question(code: str) -> Question:
    """A question by its code. Raises UnknownQuestion, with the code as the field."""
    if code not in QUESTIONS:
        raise UnknownQuestion(code)
    return QUESTIONS[code]
