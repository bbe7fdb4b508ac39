"""The SF-36 in the clinic's licensed words where it has loaded them, else in our own."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from app.services.wording import INTRO, wording_of
from bot.chats import Talk
from bot.flow import Answers, Flow, asked_again, kept_aside, open_step, position
from bot.flows.sf36 import FIRSTS, REVIEW, SF36, option_key, skipped
from bot.offers import offered
from bot.replies import Reply, ask
from models.report import OWN_WORDING, SEVERAL

_ASKED_IN = "sf36*"  # beside the answers: the wordings that they were given in


def asked(
    talk: Talk, flow: Flow, answers: Answers, note: Mapping[str, Any] | None = None
) -> Reply:
    """The open question; the SF-36 says at the start, and where they change, whose words these are.

    The wordings that a questionnaire was asked in are kept beside its answers.
    """
    if flow is not SF36:
        return ask(flow, answers, note, offered(talk, flow, answers))
    licensed = wording_of(talk.work, talk.chat.clinic_id, talk.chat.language)
    begun = position(flow, answers)[0] > 1 or asked_again(flow, answers)
    before = answers.get(_ASKED_IN, ()) if begun else ()
    now = licensed.source if licensed else OWN_WORDING
    talk.chat.answers = {**answers, _ASKED_IN: sorted({*before, now})}
    notes = [note, _whose(now, before), _where(answers, note)]
    reply = ask(flow, answers, _together([one for one in notes if one]))
    return Reply(reply.key, _in_words(reply.data, licensed.words)) if licensed else reply


def _whose(now: str, before: Collection[str]) -> Mapping[str, Any] | None:
    """What is said above the question of the words it is asked in."""
    own = [{"key": "sf36.unvalidated"}] if now == OWN_WORDING else []
    if not before:
        return {"key": "sf36.begin", "params": {"intro_key": INTRO}, "lines": own}
    return own[0] if own and now not in before else None


def _where(answers: Answers, note: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """What is said of the place: asked once more, a part done, or what was skipped."""
    again, step = asked_again(SF36, answers), open_step(SF36, answers)
    assert step is not None
    if again is not None:
        n, told = step.params["n"], kept_aside(answers, again)
        return {"key": "sf36.again", "params": {"n": n, "option_key": option_key(n, told)}}
    if step.code == REVIEW:
        numbers = ", ".join(map(str, skipped(answers)))
        return {"key": "sf36.review.skipped", "params": {"numbers": numbers}} if numbers else None
    if note is None and step.params["n"] in FIRSTS[1:]:
        return {"key": "sf36.part_done", "params": {"part": step.params["part"] - 1}}
    return None


def _together(notes: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Several words before a question as one."""
    if not notes:
        return None
    first, *others = notes
    further = [line for one in others for line in (one, *one.get("lines", ()))]
    return {**first, "lines": [*first.get("lines", ()), *further]}


def wording_answered(answers: Answers) -> str:
    """The wording of a complete questionnaire, for its row; each of them where it changed.

    One that was open before wordings were kept beside the answers is kept as in our own words.
    """
    return SEVERAL.join(answers.get(_ASKED_IN, (OWN_WORDING,)))


def _in_words(value: Any, words: Mapping[str, str]) -> Any:
    """The data of a reply with each key that the clinic has words for replaced by them."""
    if isinstance(value, str):
        return {"words": words[value]} if value in words else value
    if isinstance(value, Mapping):
        return {name: _in_words(one, words) for name, one in value.items()}
    if isinstance(value, list):
        return [_in_words(one, words) for one in value]
    return value
