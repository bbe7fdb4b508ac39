"""Grade what a patient reports, suggested until a clinician confirms it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.clinical.errors import UnknownTerm
from app.clinical.grading.term import SYMPTOM_FAMILIES, Grade
from app.clinical.grading.terms import TERMS
from app.clinical.symptoms.answers import chosen
from app.clinical.symptoms.catalogue import ASKED, TERMS_ASKED, question
from app.clinical.symptoms.model import OWN, AskedTerm, Option


@dataclass(frozen=True, slots=True)
class ReportGrades:
    """The grades of one report: by term, the highest by family, and the red flags raised."""

    grades: tuple[Grade, ...]
    families: dict[str, int]
    red_flags: tuple[str, ...]


def grade_term(term: str, answers: Mapping[str, str]) -> Grade:
    """Grade one term from its answers (option code by question code).

    Raises UnknownTerm, and what `chosen` raises. Grade 0 has no criterion.
    """
    if term not in TERMS_ASKED:
        raise UnknownTerm("term")
    asked = TERMS_ASKED[term]
    return _highest(asked, answers, chosen(asked, answers))


def grade_report(answers: Mapping[str, str]) -> ReportGrades:
    """Grade every term that has an answer. Raises what `chosen` raises."""
    reported = _by_term(answers)
    options = {code: chosen(ASKED[code], own) for code, own in reported.items()}
    grades = tuple(
        _highest(TERMS_ASKED[code], reported[code], options[code])
        for code in TERMS_ASKED
        if code in reported
    )
    return ReportGrades(grades, worst_by_family(grades), _flags(options))


def worst_by_family(grades: Iterable[Grade]) -> dict[str, int]:
    """The highest grade of each family that a patient reports; 0 where nothing was reported."""
    worst = dict.fromkeys(SYMPTOM_FAMILIES, 0)
    for grade in grades:
        worst[grade.family] = max(worst[grade.family], grade.grade or 0)
    return worst


def _by_term(answers: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The answers of each term that has any. Raises UnknownQuestion."""
    reported: dict[str, dict[str, str]] = {}
    for code, option in answers.items():
        reported.setdefault(question(code).term, {})[code] = option
    return reported


def _highest(asked: AskedTerm, answers: Mapping[str, str], options: Iterable[Option]) -> Grade:
    """The highest grade met; of equal ones a printed criterion before one marked [own]."""
    met = [(option.grade, option.criterion) for option in options if option.criterion]
    met += [(c.grade, c.criterion) for c in asked.combined if c.answers <= answers.items()]
    grade, criterion = max(met, key=_printed_last, default=(0, None))
    term = TERMS[asked.code]
    return Grade(term.code, grade, criterion, term.family, term.meddra, name=term.name)


def _printed_last(met: tuple[int, str]) -> tuple[int, bool]:
    """Order by grade, and within it the printed criteria after the project's own."""
    return met[0], not met[1].startswith(OWN)


def _flags(options: Mapping[str, tuple[Option, ...]]) -> tuple[str, ...]:
    """The red flags raised, each once, in the order of the questions."""
    raised = [o.red_flag for code in ASKED for o in options.get(code, ()) if o.red_flag]
    return tuple(dict.fromkeys(raised))
