"""One thing said, one reply. The caller opens the Work."""

from collections.abc import Callable, Mapping
from typing import Any

from app.services.stopping import start_reminders
from app.work import Work
from bot.acts import CHECKS, COMMANDS, ENDINGS, GO, TYPED
from bot.acts.beside import heard_after, meant_as_code
from bot.acts.consent import consent_first
from bot.acts.half_told import heed
from bot.acts.link import another, is_code, is_urgent, opening
from bot.acts.media import hear_other
from bot.acts.more import unknown
from bot.acts.staff import staff_first
from bot.acts.words import hear_text, is_answer, parted
from bot.aside import aside, unclear_above
from bot.chats import Heard, Said, Talk, is_new, leased_reply, pressed_twice, talk_with
from bot.flow import (
    Answers,
    Flow,
    Unclear,
    advance,
    back,
    known,
    open_step,
)
from bot.flows import FLOW_OF_STEP, FLOWS
from bot.home import at_home, home
from bot.parking import park
from bot.release import fit_to_release
from bot.replies import Opens, Reply, led_by
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
    fit_to_release(talk, said)
    reply = staff_first(talk, said) or (_standing(talk) if again else _reply_to(talk, said))
    talk.chat.seen_at, talk.chat.last_tap = work.now, said.pressed
    return leased_reply(work, talk.chat, talk.patient, said.update_id, reply)


def _reply_to(talk: Talk, said: Said) -> Reply:
    return consent_first(talk, said) or _answer_to(talk, said)


def _answer_to(talk: Talk, said: Said) -> Reply:
    if said.tap is not None:
        return _tapped(talk, said.tap)
    text = (said.text or "").strip()
    if text.startswith("/") and said.media is None:
        return _command(talk, text)
    answer = _typed(talk, text) if said.media is None and talk.patient else None
    if answer is not None:
        return answer
    if talk.patient is None:
        return _stranger(talk, text, said.media is None)
    return aside(talk, hear_other(talk, said) if said.media else hear_text(talk, text))


def _stranger(talk: Talk, text: str, is_text: bool) -> Reply:
    """Somebody without a record: a red flag is answered before anything else."""
    urgent = Reply("link.emergency") if is_urgent(talk, text) else None
    if talk.chat.flow not in _WITHOUT_PATIENT:
        is_first_code = is_code(text) and not urgent
        reply = _with_code(talk, text) if is_first_code else _open(talk, opening(talk))
    elif urgent:
        return aside(talk, urgent)
    else:
        reply = (_typed(talk, text) if is_text else None) or _standing(talk)
    return led_by(urgent, reply) if urgent else reply


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
        return unclear_above(talk, flow, unclear)
    return None if answers is None else _carry_on(talk, flow, answers)


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
        park(talk)
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
        return unclear_above(talk, flow, unclear)
    if isinstance(found, Reply):
        talk.chat.flow, talk.chat.answers = None, {}
        return found
    note = heed(talk, flow, talk.chat.answers, answers)
    return _carry_on(talk, flow, {**answers, **(found or {})}, note)


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
    park(talk)
    name = opens.flow
    kept = known(FLOWS[name], talk.chat.paused.get(name, {}))
    talk.chat.paused = {key: kept for key, kept in talk.chat.paused.items() if key != name}
    return _carry_on(talk, FLOWS[name], {**kept, **opens.answers}, opens.note)


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
    park(talk)
    return _said(talk, GO[name](talk))


def _back(talk: Talk) -> Reply:
    flow = FLOWS.get(talk.chat.flow or "")
    if flow is not None:
        talk.chat.answers = back(flow, talk.chat.answers)
    return _standing(talk)


def _pause(talk: Talk) -> Reply:
    if not talk.chat.flow:
        return _standing(talk)
    park(talk)
    return at_home(talk, "nav.paused")


def _cancel(talk: Talk) -> Reply:
    """Leave what is open; a questionnaire is kept, to be gone on with."""
    before = talk.chat.paused
    park(talk)
    if talk.patient is None:
        return Reply("link.cancelled")
    return at_home(talk, "nav.cancelled" if talk.chat.paused == before else "nav.paused")


def _command(talk: Talk, text: str) -> Reply:
    """What a command is for; words after it are heard, and what is said of them leads."""
    name, rest = parted(text)
    if name == "start" and meant_as_code(talk, rest):
        return _with_code(talk, rest)
    heard = heard_after(talk, rest)
    reply = _obeyed(talk, name)
    return led_by(heard, reply) if heard else reply


def _obeyed(talk: Talk, name: str) -> Reply:
    if name == "cancel":
        return _cancel(talk)
    if name == "language":
        return _open(talk, Opens("language"))
    if talk.patient is None:
        return _standing(talk)
    if name == "start":
        return _home(talk)
    park(talk)
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
