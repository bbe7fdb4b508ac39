"""How the patient feels: all as usual in one tap, or the report of what bothers them."""

from typing import Any

from app.services.reports import Reported, report_symptoms
from bot.chats import Talk
from bot.flow import Answers
from bot.flows.symptoms import clinical_answers, is_intolerable
from bot.home import at_home
from bot.replies import Opens, Reply
from models import Provenance


def _well(talk: Talk) -> Reply:
    """All as usual: one tap."""
    return _reported(talk, {})


def _reported(talk: Talk, answers: Answers) -> Reply:
    assert talk.patient is not None
    told = report_symptoms(
        talk.work, talk.patient, answers=clinical_answers(answers),
        intolerable=is_intolerable(answers), provenance=provenance_of(talk),
    )  # fmt: skip
    return at_home(talk, _said_of(told), lines=_lines(told))


def provenance_of(talk: Talk) -> Provenance:
    """Whose word it is: the patient's own, or a carer's."""
    return Provenance.PROXY if talk.chat.proxy else Provenance.PATIENT_AT_THE_MOMENT


def _said_of(told: Reported) -> str:
    if told.report.red_flags:
        return "symptoms.emergency"
    if told.alert:
        return "symptoms.alerted"
    return "symptoms.noted" if told.grades else "symptoms.all_well"


def _lines(told: Reported) -> list[dict[str, Any]]:
    named = [f"term.{grade.term}" for grade in told.grades if grade.grade]
    return [{"key": "symptoms.line", "params": {"term_key": key}} for key in named]


GO = {"well": _well, "symptoms": lambda talk: Opens("symptoms")}
COMMANDS = {"symptoms": lambda talk: Opens("symptoms"), "well": _well}
ENDINGS = {"symptoms": _reported}
