"""How the patient feels: all as usual in one tap, or the report of what bothers them."""

from typing import Any

from app.services.advice import advice_lines
from app.services.audit import actor_of
from app.services.corrections import TooLateToCorrect, correct_report
from app.services.half_reports import half_report_told
from app.services.media import attach
from app.services.opening import help_at
from app.services.reports import Reported, report_symptoms
from bot.acts.correct import CORRECT
from bot.chats import Talk
from bot.flow import Answers
from bot.flows.symptoms import CORRECTS, PHOTOS, clinical_answers, is_intolerable, terms_of
from bot.home import at_home
from bot.replies import Opens, Reply
from models import Provenance

_SEEN = ("edema", "skin")  # families that a photo can show
_Lines = list[dict[str, Any]]


def _well(talk: Talk) -> Reply:
    """All as usual: one tap."""
    return _reported(talk, {})


def _reported(talk: Talk, answers: Answers) -> Reply:
    try:
        told = _correct(talk, answers) if CORRECTS in answers else _tell(talk, answers)
    except TooLateToCorrect:
        return _answer(talk, answers, _tell(talk, answers), "correct.too_late_noted")
    return _answer(talk, answers, told, "correct.done" if CORRECTS in answers else None)


def _tell(talk: Talk, answers: Answers) -> Reported:
    assert talk.patient is not None
    half_report_told(talk.work, talk.patient, {term.code for term in terms_of(answers)})
    return report_symptoms(
        talk.work, talk.patient, answers=clinical_answers(answers),
        intolerable=is_intolerable(answers), provenance=provenance_of(talk),
    )  # fmt: skip


def _correct(talk: Talk, answers: Answers) -> Reported:
    """Raises TooLateToCorrect."""
    assert talk.patient is not None
    return correct_report(
        talk.work, talk.patient, answers[CORRECTS], answers=clinical_answers(answers),
        intolerable=is_intolerable(answers), provenance=provenance_of(talk),
        by=actor_of(talk.chat),
    )  # fmt: skip


def provenance_of(talk: Talk) -> Provenance:
    """Whose word it is: the patient's own, or a carer's."""
    return Provenance.PROXY if talk.chat.proxy else Provenance.PATIENT_AT_THE_MOMENT


def _answer(talk: Talk, answers: Answers, told: Reported, before: str | None) -> Reply:
    """What was noted and what follows, with a way to correct it."""
    attach(talk.work, told.report, answers.get(PHOTOS, ()))
    key, values = _said_of(talk, told)
    said = {"key": key, "params": values}
    lines = [*_lines(told), *_more(talk, answers, told)]
    if before is not None and not told.alert:  # what is urgent is said first
        return at_home(talk, before, first=CORRECT, lines=[said, *lines])
    changed = [{"key": before}] if before else []
    return at_home(talk, key, first=CORRECT, lines=[*lines, *changed], **values)


def _said_of(talk: Talk, told: Reported) -> tuple[str, dict[str, Any]]:
    if told.report.red_flags:
        return "symptoms.emergency", {}
    if told.alert:
        help_is, values = help_at(talk.work, told.report.clinic_id)
        return f"symptoms.alerted.{help_is}", values
    return "symptoms.noted" if _lines(told) else "symptoms.all_well", {}


def _lines(told: Reported) -> _Lines:
    named = [f"term.{grade.term}" for grade in told.grades if grade.grade]
    return [{"key": "symptoms.line", "params": {"term_key": key}} for key in named]


def _more(talk: Talk, answers: Answers, told: Reported) -> _Lines:
    """Advice where nobody has to be called, and that a photo helps where one can be seen."""
    clinic_id, language = told.report.clinic_id, talk.chat.language
    advice = advice_lines(talk.work, clinic_id, language, told.grades) if not told.alert else []
    seen = any(told.report.families.get(family) for family in _SEEN)
    return [*advice, *([{"key": "photo.invite"}] if seen and PHOTOS not in answers else [])]


GO = {"well": _well, "symptoms": lambda talk: Opens("symptoms")}
COMMANDS = {"symptoms": lambda talk: Opens("symptoms"), "well": _well}
ENDINGS = {"symptoms": _reported}
