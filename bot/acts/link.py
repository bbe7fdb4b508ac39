"""Linking a phone to a patient, and the language it is spoken to in."""

from app.clinical.triage import read_whole
from app.services.linking import (
    NoSuchInvitation,
    find_invitation,
    invited_language,
    is_of,
    is_open,
    link,
    year_fits,
)
from bot.chats import Talk
from bot.flow import Answers, Flow, Unclear
from bot.flows.link import CARER, LINK, RELINK, consent_told, read_code, year_told
from bot.home import at_home
from bot.replies import Opens, Reply
from models import Language


def opening(talk: Talk) -> Opens:
    """To whom no record belongs: the code is asked for, with a word that fits the moment."""
    was_linked = talk.chat.consented_at is not None
    return Opens("link", note={"key": "link.ended"} if was_linked else None)


def is_code(text: str) -> bool:
    """Whether it can be a code, by its form."""
    try:
        read_code(text)
    except Unclear:
        return False
    return True


def is_urgent(talk: Talk, text: str) -> bool:
    """Whether it holds a red flag, and is not a code that happens to read like one."""
    if not read_whole(text).red_flags:
        return False
    try:
        find_invitation(talk.work, read_code(text))
    except (Unclear, NoSuchInvitation):
        return True
    return False


def another(talk: Talk, told: str) -> Reply | Opens:
    """A code sent from a phone that is linked already; nothing changes without being asked."""
    assert talk.patient is not None
    try:
        code = read_code(told)
        if is_of(talk.work, code, talk.patient):
            return at_home(talk, "link.same")
        carer = find_invitation(talk.work, code).proxy
    except (Unclear, NoSuchInvitation):
        return at_home(talk, "relink.no_such_code")
    return Opens("relink", {"link.code": code, CARER: carer})


def _fits(talk: Talk, flow: Flow, answers: Answers) -> Answers | Reply:
    """What only the clinic's record can tell of an answer to linking. Raises Unclear."""
    try:
        return _read(talk, flow, answers)
    except NoSuchInvitation:
        return _start_over(talk, "link.no_such_code")


def _read(talk: Talk, flow: Flow, answers: Answers) -> Answers | Reply:
    code, year = answers["link.code"], year_told(flow, answers)
    invitation = find_invitation(talk.work, code)
    if talk.patient is None:
        talk.chat.language = Language(invited_language(talk.work, code))
    if year is None or year_fits(talk.work, code, int(year)):
        return {CARER: invitation.proxy}
    if not is_open(talk.work, invitation):
        return _start_over(talk, "link.tried_out")
    raise Unclear("link.wrong_year")


def _start_over(talk: Talk, key: str) -> Reply:
    """Another code is needed; a phone that is linked stays as it was."""
    if talk.patient is not None:
        return at_home(talk, f"re{key}")
    talk.chat.answers = {}
    raise Unclear(key)


def _linked(talk: Talk, answers: Answers) -> Reply:
    if consent_told(LINK, answers) == "decline":
        return Reply("link.declined")
    return _link(talk, answers)


def _relinked(talk: Talk, answers: Answers) -> Reply:
    if consent_told(RELINK, answers) != "agree":
        return at_home(talk, "relink.kept")
    return _link(talk, answers)


def _link(talk: Talk, answers: Answers) -> Reply:
    talk.patient = link(talk.work, talk.chat, answers["link.code"])
    return at_home(talk, "link.done_carer" if talk.chat.proxy else "link.done")


def _spoken(talk: Talk, answers: Answers) -> Reply:
    talk.chat.language = answers["language"]
    return at_home(talk, "language.done")


GO = {"language": lambda talk: Opens("language")}
COMMANDS = {"language": lambda talk: Opens("language")}
ENDINGS = {"link": _linked, "relink": _relinked, "language": _spoken}
CHECKS = {"link": _fits, "relink": _fits}
