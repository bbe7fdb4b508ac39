"""The SF-36 questionnaire."""

from collections.abc import Mapping
from typing import Any

from app.services.questionnaires import record_questionnaire
from bot.acts.symptoms import provenance_of
from bot.chats import Talk
from bot.flow import Answers, Flow, Unclear, ask_again, open_step
from bot.flows.sf36 import REVIEW, SF36, items_of, number_in
from bot.home import at_home
from bot.replies import Opens, Reply
from bot.wording import wording_answered


def _sf36(talk: Talk, answers: Answers) -> Reply:
    assert talk.patient is not None
    record_questionnaire(
        talk.work, talk.patient, items_of(answers), wording=wording_answered(answers),
        provenance=provenance_of(talk),
    )  # fmt: skip
    return at_home(talk, "sf36.done")


def _open(talk: Talk) -> Opens:
    """From the start, or with a word where it was left off."""
    return Opens("sf36", note={"key": "sf36.resumed"} if "sf36" in talk.chat.paused else None)


def _look_over(_talk: Talk, _flow: Flow, answers: Answers) -> None:
    """To change an answer is to type its number. Raises Unclear."""
    if answers.get(REVIEW) == "change":
        raise Unclear("sf36.type_number", of=len(SF36.steps) - 1)


def _numbered(_talk: Talk, text: str, answers: Answers) -> Mapping[str, Any] | None:
    """A typed number asks that question again. Raises Unclear for one that is yet to come."""
    number = number_in(text)
    if number is None:
        return None
    code, step = f"sf36.{number}", open_step(SF36, answers)
    if step is not None and step.code == code:
        return answers
    if code not in answers:
        raise Unclear("sf36.later")
    return ask_again(SF36, answers, code)


GO = {"sf36": _open}
COMMANDS = {"sf36": _open}
ENDINGS = {"sf36": _sf36}
CHECKS = {"sf36": _look_over}
TYPED = {"sf36": _numbered}
