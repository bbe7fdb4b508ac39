"""One thing said, one reply. The caller opens the Work."""

from collections.abc import Callable, Mapping
from typing import Any

from app.services.stopping import start_reminders
from app.work import Work
from bot.acts import CHECKS, COMMANDS, ENDINGS, GO, TYPED
from bot.acts.consent import consent_first
from bot.acts.link import another, is_code, opening
from bot.acts.media import hear_other
from bot.acts.more import unknown
from bot.acts.words import hear_text, is_answer
from bot.chats import Heard, Said, Talk, is_new, leased_reply, pressed_twice, talk_with
from bot.flow import (
    Answers,
    Flow,
    Unclear,
    advance,
    back,
    known,
    open_step,
    position,
)
from bot.flows import FLOW_OF_STEP, FLOWS
from bot.home import at_home, home
from bot.release import fit_to_release
from bot.replies import Opens, Reply, without_buttons
from bot.wording import asked
from models import ChatState

_WITHOUT_PATIENT = ("link", "language")  # flows that anybody may be in
_AT_ONE_TAP = ("dose", "draw")  # flows whose first question stands under a reminder


def hear(work: Work, said: Said) -> Heard | None:
    """Answer one update; None when this update was handled before."""
    if not is_new(work, said):
        return None
    talk = talk_with(work, said)
    again = pressed_twice(talk, said)
    talk.chat.seen_at = work.now
    fit_to_release(talk, said)
    reply = _standing(talk) if again else _reply_to(talk, said)
    return leased_reply(work, talk.chat, talk.patient, said.update_id, reply)


def _reply_to(talk: Talk, said: Said) -> Reply:
    return consent_first(talk, said) or _answer_to(talk, said)


def _answer_to(talk: Talk, said: Said) -> Reply:
    if said.tap is not None:
        return _tapped(talk, said.tap)
    text = (said.text or "").strip()
    if text.startswith("/") and said.media is None:
        return _command(talk, text)
    if talk.patient is None and talk.chat.flow not in _WITHOUT_PATIENT:
        return _greet(talk, text)
    answer = _typed(talk, text) if said.media is None else None
    if answer is not None:
        return answer
    if talk.patient is None:
        return _standing(talk)
    return _aside(talk, hear_other(talk, said) if said.media else hear_text(talk, text))


def _greet(talk: Talk, text: str) -> Reply:
    """The first words of somebody without a record: a code, or anything else."""
    if is_code(text):
        return _with_code(talk, text)
    return _open(talk, opening(talk, text))


def _typed(talk: Talk, text: str) -> Reply | None:
    """What words answer in the open flow; None where they answer nothing."""
    flow = FLOWS.get(talk.chat.flow or "")
    if flow is None:
        return None
    if is_answer(talk, flow, text):
        return _answer(talk, flow, text)
    return _moved(talk, flow, text) if flow.name in TYPED else None


def _moved(talk: Talk, flow: Flow, text: str) -> Reply | None:
    try:
        answers = TYPED[flow.name](talk, text, talk.chat.answers)
    except Unclear as unclear:
        return _unclear(talk, flow, unclear)
    return None if answers is None else _carry_on(talk, flow, answers)


def _unclear(talk: Talk, flow: Flow, unclear: Unclear) -> Reply:
    return asked(talk, flow, talk.chat.answers, {"key": unclear.key, "params": unclear.params})


def _aside(talk: Talk, said: Reply) -> Reply:
    """A word on what answers no question; the open question stays open under it."""
    flow = FLOWS.get(talk.chat.flow or "")
    if flow is not None:
        lines, values = said.data.get("lines", ()), without_buttons(said.data)
        return asked(talk, flow, talk.chat.answers, {
            "key": said.key, "params": values, "lines": lines,
        })  # fmt: skip
    return said if "buttons" in said.data else at_home(talk, said.key, **said.data)


def _tapped(talk: Talk, data: str) -> Reply:
    step_code, _, option = data.rpartition(":")
    if step_code == "nav":
        return _NAVIGATION.get(option, _standing)(talk)
    if step_code == "go":
        return _go(talk, option)
    flow = FLOW_OF_STEP.get(step_code)
    if flow is None:
        return _standing(talk)
    if talk.chat.flow == flow.name:
        return _tapped_in(talk, flow, step_code, option)
    first = flow.steps[0]
    if flow.name in _AT_ONE_TAP and first.code == step_code and first.has(option) and talk.patient:
        _park(talk)
        return _carry_on(talk, flow, advance(flow, {}, option))
    return _standing(talk)


def _tapped_in(talk: Talk, flow: Flow, step_code: str, option: str) -> Reply:
    """A tap on the open question answers it; on any other it changes nothing."""
    step = open_step(flow, talk.chat.answers)
    if step is None or step.code != step_code:
        return _standing(talk)
    return _answer(talk, flow, option)


def _answer(talk: Talk, flow: Flow, reply: str) -> Reply:
    try:
        answers = advance(flow, talk.chat.answers, reply)
        found = CHECKS[flow.name](talk, flow, answers) if flow.name in CHECKS else None
    except Unclear as unclear:
        return _unclear(talk, flow, unclear)
    if isinstance(found, Reply):
        talk.chat.flow, talk.chat.answers = None, {}
        return found
    return _carry_on(talk, flow, {**answers, **(found or {})})


def _carry_on(
    talk: Talk, flow: Flow, answers: Answers, note: Mapping[str, Any] | None = None
) -> Reply:
    """Ask the next question, or end the flow with what it is for."""
    if open_step(flow, answers) is not None:
        talk.chat.flow, talk.chat.answers = flow.name, dict(answers)
        return asked(talk, flow, answers, note)
    talk.chat.flow, talk.chat.answers = None, {}
    return _said(talk, ENDINGS[flow.name](talk, answers))


def _said(talk: Talk, reply: Reply | Opens) -> Reply:
    return _open(talk, reply) if isinstance(reply, Opens) else reply


def _open(talk: Talk, opens: Opens) -> Reply:
    _park(talk)
    name = opens.flow
    kept = known(FLOWS[name], talk.chat.paused.get(name, {}))
    talk.chat.paused = {key: kept for key, kept in talk.chat.paused.items() if key != name}
    return _carry_on(talk, FLOWS[name], {**kept, **opens.answers}, opens.note)


def _park(talk: Talk) -> None:
    """Set aside what was half done, so that it can be gone on with later."""
    flow = FLOWS.get(talk.chat.flow or "")
    if flow is not None and flow.can_pause and position(flow, talk.chat.answers)[0] > 1:
        talk.chat.paused = {**talk.chat.paused, flow.name: dict(talk.chat.answers)}
    talk.chat.flow, talk.chat.answers = None, {}


def _standing(talk: Talk) -> Reply:
    """Where the chat stands: the open question, or home."""
    flow = FLOWS.get(talk.chat.flow or "")
    if flow is not None:
        return _carry_on(talk, flow, talk.chat.answers)
    if talk.patient is None:
        return _open(talk, opening(talk))
    return home(talk)


def _go(talk: Talk, name: str) -> Reply:
    if talk.patient is None or name not in GO:
        return _standing(talk)
    _park(talk)
    return _said(talk, GO[name](talk))


def _back(talk: Talk) -> Reply:
    flow = FLOWS.get(talk.chat.flow or "")
    if flow is not None:
        talk.chat.answers = back(flow, talk.chat.answers)
    return _standing(talk)


def _pause(talk: Talk) -> Reply:
    if not talk.chat.flow:
        return _standing(talk)
    _park(talk)
    return at_home(talk, "nav.paused")


def _cancel(talk: Talk) -> Reply:
    talk.chat.flow, talk.chat.answers = None, {}
    if talk.patient is None:
        return Reply("link.cancelled")
    return at_home(talk, "nav.cancelled")


def _command(talk: Talk, text: str) -> Reply:
    name, _, rest = text[1:].partition(" ")
    name = name.partition("@")[0].lower()
    if name == "start" and rest.strip():
        return _with_code(talk, rest.strip())
    if name == "cancel":
        return _cancel(talk)
    if name == "language":
        return _open(talk, Opens("language"))
    if talk.patient is None:
        return _standing(talk)
    if name == "start":
        return _home(talk)
    _park(talk)
    return _said(talk, COMMANDS.get(name, unknown)(talk))


def _with_code(talk: Talk, code: str) -> Reply:
    if talk.patient is not None:
        return _said(talk, another(talk, code))
    talk.chat.flow, talk.chat.answers = "link", {}
    return _answer(talk, FLOWS["link"], code)


def _home(talk: Talk) -> Reply:
    stopped = talk.chat.state == ChatState.STOPPED
    start_reminders(talk.work, talk.patient, talk.chat)
    if stopped and not talk.chat.flow:
        return at_home(talk, "start.done")
    return _standing(talk)


_NAVIGATION: Mapping[str, Callable[[Talk], Reply]] = {
    "back": _back, "pause": _pause, "cancel": _cancel,
}  # fmt: skip
