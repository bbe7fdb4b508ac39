"""What stands beside a command or a file: words that are heard like any others."""

import re

from app.clinical.triage import read_whole
from bot.acts.consent import has_declined
from bot.acts.link import is_code, is_urgent
from bot.acts.words import hear_text
from bot.chats import Talk
from bot.replies import Reply

_OF_A_LINK = re.compile("[A-Za-z0-9_-]+")  # what Telegram lets stand in a link to the bot


def meant_as_code(talk: Talk, rest: str) -> bool:
    """Whether what stands after /start is a code; a red flag wins over one that is not known."""
    if not rest or is_urgent(talk, rest):
        return False
    return talk.patient is None or is_code(rest) or bool(_OF_A_LINK.fullmatch(rest))


def heard_after(talk: Talk, words: str) -> Reply | None:
    """What is said of the words after a command; None where there are none to hear."""
    urgent = bool(read_whole(words).red_flags)
    if talk.patient is None:
        return Reply("link.emergency") if urgent else None
    if not words or (has_declined(talk) and not urgent):
        return None
    said = hear_text(talk, words)
    if "buttons" not in said.data:
        return said
    return Reply("free_text.question" if "question" in said.key else "free_text.passed_on")
