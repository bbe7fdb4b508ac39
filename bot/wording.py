"""The SF-36 in the clinic's licensed words where it has loaded them, else in our own."""

from collections.abc import Mapping
from typing import Any

from app.services.wording import INTRO, wording_of
from app.work import Work
from bot.chats import Talk
from bot.flow import Answers, Flow
from bot.flows.sf36 import SF36
from bot.replies import Reply, ask
from models import Chat
from models.report import OWN_WORDING


def asked(
    talk: Talk, flow: Flow, answers: Answers, note: Mapping[str, Any] | None = None
) -> Reply:
    """The open question; the SF-36 opens by saying what it is and whose words these are."""
    if flow is not SF36:
        return ask(flow, answers, note)
    licensed = wording_of(talk.work, talk.chat.clinic_id, talk.chat.language)
    if note is None and not answers:
        own = [] if licensed else [{"key": "sf36.unvalidated"}]
        note = {"key": "sf36.begin", "params": {"intro_key": INTRO}, "lines": own}
    reply = ask(flow, answers, note)
    return Reply(reply.key, _in_words(reply.data, licensed.words)) if licensed else reply


def answered_in(work: Work, chat: Chat) -> str:
    """Which wording a questionnaire is answered in, for its row."""
    licensed = wording_of(work, chat.clinic_id, chat.language)
    return licensed.source if licensed else OWN_WORDING


def _in_words(value: Any, words: Mapping[str, str]) -> Any:
    """The data of a reply with each key that the clinic has words for replaced by them."""
    if isinstance(value, str):
        return {"words": words[value]} if value in words else value
    if isinstance(value, Mapping):
        return {name: _in_words(one, words) for name, one in value.items()}
    if isinstance(value, list):
        return [_in_words(one, words) for one in value]
    return value
