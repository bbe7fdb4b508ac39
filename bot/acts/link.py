"""Linking a phone to a patient, and the language it is spoken to in."""

from app.services.linking import NoSuchInvitation, invited_language, link, year_fits
from bot.chats import Talk
from bot.flow import Answers, Flow, Unclear
from bot.home import at_home
from bot.replies import Opens, Reply
from models import Language


def _fits(talk: Talk, _flow: Flow, answers: Answers) -> None:
    """What only the clinic's record can tell of an answer to linking. Raises Unclear."""
    code, year = answers["link.code"], answers.get("link.year")
    try:
        if year is None:
            talk.chat.language = Language(invited_language(talk.work, code))
        elif "link.consent" not in answers and not year_fits(talk.work, code, int(year)):
            raise Unclear("link.wrong_year")
    except NoSuchInvitation:
        talk.chat.answers = {}
        raise Unclear("link.no_such_code") from None


def _linked(talk: Talk, answers: Answers) -> Reply:
    if answers["link.consent"] == "decline":
        return Reply("link.declined")
    talk.patient = link(talk.work, talk.chat, answers["link.code"])
    return at_home(talk, "link.done")


def _spoken(talk: Talk, answers: Answers) -> Reply:
    talk.chat.language = answers["language"]
    return at_home(talk, "language.done")


GO = {"language": lambda talk: Opens("language")}
COMMANDS = {"language": lambda talk: Opens("language")}
ENDINGS = {"link": _linked, "language": _spoken}
CHECKS = {"link": _fits}
