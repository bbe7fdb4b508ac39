"""What an unfinished report says so far. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.clinical.symptoms.catalogue import TERMS_ASKED
from app.clinical.symptoms.model import AskedTerm


def ticked_as(term: AskedTerm) -> str:
    """Where the options stand that were ticked on the one screen of a term's further questions."""
    return f"{term.code}.also"


def told_so_far(answers: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The options told of each term that was begun, as QUESTION.OPTION.

    Of a further question the first option, which says that there is nothing, is left out.
    """
    begun = [term for term in TERMS_ASKED.values() if term.questions[0].code in answers]
    return {term.code: tuple(_told(term, answers)) for term in begun}


def _told(term: AskedTerm, answers: Mapping[str, Any]) -> Iterator[str]:
    first, *further = term.questions
    yield f"{first.code}.{answers[first.code]}"
    ticked = answers.get(ticked_as(term), ())
    for question in further:
        for option in question.options[1:]:
            if answers.get(question.code) == option.code or option.code in ticked:
                yield f"{question.code}.{option.code}"
