"""The SF-36 questionnaire."""

from app.services.questionnaires import record_questionnaire
from bot.acts.symptoms import provenance_of
from bot.chats import Talk
from bot.flow import Answers
from bot.flows.sf36 import items_of
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


GO = {"sf36": lambda talk: Opens("sf36")}
COMMANDS = {"sf36": lambda talk: Opens("sf36")}
ENDINGS = {"sf36": _sf36}
