"""What a clinic has read and accepted of the self-care advice; a changed text needs a new look."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlmodel import select

from app.clinical.advice import ADVICE, Advice, advice_for
from app.clinical.grading.term import Grade
from app.services.audit import audit
from app.services.errors import Conflict, NotFound
from app.texts import catalogue
from app.work import Work
from models import AcceptedAdvice, Language


class NoSuchAdvice(NotFound):
    """There is no such advice."""


class AdviceChanged(Conflict):
    """The text is another one by now; read it again."""


@dataclass(frozen=True, slots=True)
class AdviceText:
    """A text in one language, and who accepted it for the clinic if anybody did."""

    advice: Advice
    language: str
    text: str
    sha256: str
    accepted: AcceptedAdvice | None


def advice_lines(
    work: Work, clinic_id: str, language: str, grades: Iterable[Grade]
) -> list[dict[str, Any]]:
    """The advice of a report as lines of a reply; what no one has accepted says so."""
    return [
        {"key": "advice.line" if _is_accepted(work, clinic_id, one.key, language)
         else "advice.unreviewed", "params": {"advice_key": one.key}}
        for one in advice_for(grades)
    ]  # fmt: skip


def _is_accepted(work: Work, clinic_id: str, key: str, language: str) -> bool:
    row = work.session.get(AcceptedAdvice, (clinic_id, key, language))
    return row is not None and row.text_sha256 == sha256_of(key, language)


def sha256_of(key: str, language: str) -> str:
    return hashlib.sha256(catalogue(language)[key].encode()).hexdigest()


def all_advice(work: Work, clinic_id: str) -> list[tuple[Advice, list[AdviceText]]]:
    """Every text in both languages, as the clinic has it."""
    query = select(AcceptedAdvice).where(AcceptedAdvice.clinic_id == clinic_id)
    rows = {(row.key, row.language): row for row in work.session.exec(query)}
    return [
        (one, [_text(one, str(language), rows.get((one.key, language))) for language in Language])
        for one in ADVICE
    ]


def _text(one: Advice, language: str, row: AcceptedAdvice | None) -> AdviceText:
    sha256 = sha256_of(one.key, language)
    accepted = row if row is not None and row.text_sha256 == sha256 else None
    return AdviceText(one, language, catalogue(language)[one.key], sha256, accepted)


def accept(work: Work, clinic_id: str, key: str, language: str, seen_sha256: str, by: str) -> None:
    """The clinic stands behind the text that was read. Raises NoSuchAdvice, AdviceChanged."""
    _check(key, language)
    if seen_sha256 != sha256_of(key, language):
        raise AdviceChanged(field="sha256")
    work.session.merge(AcceptedAdvice(
        clinic_id=clinic_id, key=key, language=language, text_sha256=seen_sha256,
        accepted_by=by, accepted_at=work.now,
    ))  # fmt: skip
    audit(work, clinic_id, by, "advice.accept", None, f"{key}:{language}")


def withdraw(work: Work, clinic_id: str, key: str, language: str, by: str) -> None:
    """The text is marked as not reviewed again. Raises NoSuchAdvice."""
    _check(key, language)
    row = work.session.get(AcceptedAdvice, (clinic_id, key, language))
    if row is not None:
        work.session.delete(row)
        work.session.flush()
        audit(work, clinic_id, by, "advice.withdraw", None, f"{key}:{language}")


def _check(key: str, language: str) -> None:
    if key not in {one.key for one in ADVICE} or language not in list(Language):
        raise NoSuchAdvice(field="key")
