"""Linking a phone: one-time code, year of birth, consent; and linking it to another record."""

import re
import unicodedata
from collections.abc import Callable

from bot.flow import Answers, Choice, Flow, Step, Unclear, always

CARER = "link.carer"  # beside the answers: whether the code is for a carer
_LONG = 8  # letters and digits of a code


def read_code(text: str) -> str:
    """A code however it is typed. Raises Unclear."""
    plain = re.sub(r"[^A-Z0-9]", "", unicodedata.normalize("NFKC", text).upper())
    if len(plain) != _LONG:
        raise Unclear("unclear.code")
    return plain


def _year(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix("年")
    if not re.fullmatch(r"(19|20)\d\d", plain):
        raise Unclear("unclear.year")
    return plain


AGREE_OR_NOT = (Choice("agree", "link.consent.agree"), Choice("decline", "link.consent.decline"))


def is_carer(answers: Answers) -> bool:
    return bool(answers.get(CARER))


def _year_and_consent(prefix: str, wanted: Callable[[Answers], bool]) -> tuple[Step, ...]:
    """In words for the patient, or for a carer."""

    def own(answers: Answers) -> bool:
        return wanted(answers) and not is_carer(answers)

    def carer(answers: Answers) -> bool:
        return wanted(answers) and is_carer(answers)

    return (
        Step(f"{prefix}.year", "link.year", asked_if=own, read=_year),
        Step(f"{prefix}.year_carer", "link.year_carer", asked_if=carer, read=_year),
        Step(f"{prefix}.consent", "link.consent", AGREE_OR_NOT, own),
        Step(f"{prefix}.consent_carer", "link.consent_carer", AGREE_OR_NOT, carer),
    )


def _wants_new(answers: Answers) -> bool:
    return answers.get("relink") == "new"


_WHICH = (Choice("keep", "relink.keep"), Choice("new", "relink.new"))

LINK = Flow("link", (
    Step("link.code", "link.code", read=read_code),
    *_year_and_consent("link", always),
))  # fmt: skip
RELINK = Flow("relink", (
    Step("relink", "relink.ask", _WHICH),
    *_year_and_consent("relink", _wants_new),
))  # fmt: skip


def year_told(flow: Flow, answers: Answers) -> str | None:
    return answers.get(f"{flow.name}.year") or answers.get(f"{flow.name}.year_carer")


def consent_told(flow: Flow, answers: Answers) -> str | None:
    """agree, decline, or None while it is not asked yet."""
    return answers.get(f"{flow.name}.consent") or answers.get(f"{flow.name}.consent_carer")
