"""What a patient says in their own words: never lost, and the right question is offered."""

import re
from collections.abc import Sequence
from functools import partial

from app.clinical.questions import is_question
from app.clinical.triage import read_whole
from app.services.free_text import hear_words
from bot.chats import Talk
from bot.flow import Flow, Step, can_read, open_step
from bot.flows.slot import SLOT
from bot.flows.symptoms import FAMILIES, WHICH
from bot.home import MOST, at_home
from bot.replies import Opens, Reply, Rows, button
from models import InboxKind

_NAME = re.compile("[a-z0-9_]+")


def hear_text(talk: Talk, text: str) -> Reply:
    """The words go to the nurse, who answers a question here; a red flag is answered at once."""
    assert talk.patient is not None
    heard = hear_words(talk.work, talk.patient, text, chat_id=talk.chat.id)
    if heard.flags:
        return Reply("symptoms.emergency")
    asked = heard.item.kind == InboxKind.QUESTION
    if not heard.families:
        return Reply("free_text.question" if asked else "free_text.passed_on")
    key = "free_text.question_offer" if asked else "free_text.offer"
    return Reply(key, {"buttons": _offers(heard.families)})


def is_answer(talk: Talk, flow: Flow, text: str) -> bool:
    """Whether the open question is one to type in, and the text is meant for it."""
    step = open_step(flow, talk.chat.answers)
    if step is None or step.read is None:
        return False
    if talk.patient is None:
        return True
    if flow is not SLOT and read_whole(text).red_flags:  # a wish in words is heard for itself
        return False
    return can_read(step, text) or not _says_something(step, text)


def _says_something(step: Step, text: str) -> bool:
    """Whether a text that is no answer is words for a person, and not a slip in a number."""
    if not step.words and not any(letter.isdigit() for letter in text):
        return True
    return is_question(text) or read_whole(text).understood


def parted(text: str) -> tuple[str, str]:
    """The name of a command and the words after it; what has not the form of a name is words."""
    name, rest = [*text[1:].split(maxsplit=1), "", ""][:2]
    plain = name.partition("@")[0].lower()
    if not _NAME.fullmatch(plain) or read_whole(plain).red_flags:
        return "", text[1:].strip()
    return plain, rest.strip()


def _offers(families: Sequence[str]) -> Rows:
    """The questions that fit what was written, and the way past them."""
    offered = [
        {**button("offer.family", f"go:about_{one}"), "params": {"family_key": f"family.{one}"}}
        for one in families[: MOST - 1]
    ]
    return [*([one] for one in offered), [button("offer.remark", "go:remark")]]


def _about(family: str, _talk: Talk) -> Opens:
    return Opens("symptoms", {WHICH: family})


GO = {
    "remark": lambda talk: at_home(talk, "offer.remark_noted"),
    **{f"about_{family}": partial(_about, family) for family in FAMILIES},
}
