"""One thing said, one reply. The caller opens the Work."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from app.services.free_text import hear_words
from app.services.linking import NoSuchInvitation, invited_language, year_fits
from app.services.visits import next_visit
from app.work import Work
from bot.chats import Heard, Said, Talk, is_new, leased_reply, talk_with
from bot.endings import end, window_data
from bot.flow import Answers, Flow, Unclear, advance, back, open_step, position
from bot.flows import FLOW_OF_STEP, FLOWS
from bot.replies import Reply, at_home
from bot.wording import asked
from models import ChatState, Language


def hear(work: Work, said: Said) -> Heard | None:
    """Answer one update; None when this update was handled before."""
    if not is_new(work, said):
        return None
    talk = talk_with(work, said)
    talk.chat.seen_at = work.now
    reply = _reply_to(talk, said)
    return leased_reply(work, talk.chat, talk.patient, said.update_id, reply)


def _reply_to(talk: Talk, said: Said) -> Reply:
    if said.tap is not None:
        return _tapped(talk, said.tap)
    text = (said.text or "").strip()
    if text.startswith("/"):
        return _command(talk, text)
    if talk.patient is None and talk.chat.flow != "link" and talk.chat.flow != "language":
        return _start(talk, "link", {})
    flow = FLOWS.get(talk.chat.flow or "")
    if flow is not None and _is_typed(flow, talk.chat.answers):
        return _answer(talk, flow, text)
    return _free_text(talk, text)


def _is_typed(flow: Flow, answers: Answers) -> bool:
    step = open_step(flow, answers)
    return step is not None and step.read is not None


def _free_text(talk: Talk, text: str) -> Reply:
    """Nothing said is lost: what answers no question goes to the nurse, a red flag at once."""
    if talk.patient is None:
        return _standing(talk)
    flags = hear_words(talk.work, talk.patient, text)
    key = "symptoms.emergency" if flags else "free_text.passed_on"
    flow = FLOWS.get(talk.chat.flow or "")
    if flow is not None:
        return asked(talk, flow, talk.chat.answers, {"key": key})
    return at_home(key, talk.chat.paused)


def _tapped(talk: Talk, data: str) -> Reply:
    step_code, _, option = data.rpartition(":")
    if step_code == "nav":
        return _NAVIGATION[option](talk) if option in _NAVIGATION else _standing(talk)
    if step_code == "go":
        return _go(talk, option)
    flow = FLOW_OF_STEP.get(step_code)
    if flow is None:
        return _standing(talk)
    if talk.chat.flow == flow.name:
        return _tapped_in(talk, flow, step_code, option)
    if flow.steps[0].code == step_code and flow.name in ("dose", "draw") and talk.patient:
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
        _check(talk, flow, answers)
    except Unclear as unclear:
        note = {"key": unclear.key, "params": unclear.params}
        return asked(talk, flow, talk.chat.answers, note)
    except NoSuchInvitation:
        talk.chat.answers = {}
        return asked(talk, flow, {}, {"key": "link.no_such_code"})
    return _carry_on(talk, flow, answers)


def _check(talk: Talk, flow: Flow, answers: Answers) -> None:
    """What only the clinic's record can tell of an answer to linking."""
    if flow.name != "link":
        return
    code, year = answers["link.code"], answers.get("link.year")
    if year is None:
        talk.chat.language = Language(invited_language(talk.work, code))
    elif "link.consent" not in answers and not year_fits(talk.work, code, int(year)):
        raise Unclear("link.wrong_year")


def _carry_on(talk: Talk, flow: Flow, answers: Mapping[str, Any]) -> Reply:
    """Ask the next question, or end the flow with what it is for."""
    if open_step(flow, answers) is not None:
        talk.chat.flow, talk.chat.answers = flow.name, dict(answers)
        return asked(talk, flow, answers)
    talk.chat.flow, talk.chat.answers = None, {}
    return end(talk.work, talk.chat, talk.patient, flow.name, answers)


def _start(talk: Talk, name: str, answers: Mapping[str, Any]) -> Reply:
    _park(talk)
    flow = FLOWS[name]
    kept = talk.chat.paused.get(name, {})
    talk.chat.paused = {key: kept for key, kept in talk.chat.paused.items() if key != name}
    return _carry_on(talk, flow, {**kept, **answers})


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
        return asked(talk, flow, talk.chat.answers)
    if talk.patient is None:
        return _start(talk, "link", {})
    return at_home("home.text", talk.chat.paused)


def _go(talk: Talk, name: str) -> Reply:
    if talk.patient is None:
        return _standing(talk)
    if name == "visit":
        return _visit(talk)
    return _start(talk, name, {}) if name in FLOWS else _standing(talk)


def _back(talk: Talk) -> Reply:
    flow = FLOWS.get(talk.chat.flow or "")
    if flow is not None:
        talk.chat.answers = back(flow, talk.chat.answers)
    return _standing(talk)


def _pause(talk: Talk) -> Reply:
    if not talk.chat.flow:
        return _standing(talk)
    _park(talk)
    return at_home("nav.paused", talk.chat.paused)


def _cancel(talk: Talk) -> Reply:
    talk.chat.flow, talk.chat.answers = None, {}
    if talk.patient is None:
        return Reply("link.cancelled")
    return at_home("nav.cancelled", talk.chat.paused)


def _visit(talk: Talk) -> Reply:
    """The next visit: when to take the dose, and when the blood counts."""
    assert talk.patient is not None
    visit = next_visit(talk.work, talk.patient)
    if visit is None:
        return at_home("visit.none", talk.chat.paused)
    ideal = visit.draw_at - timedelta(hours=24)
    data = {"draw_at": visit.draw_at.isoformat(), "dose_at": ideal.isoformat()}
    return at_home("visit.next", talk.chat.paused, **data, **window_data(ideal))


def _command(talk: Talk, text: str) -> Reply:
    name, _, rest = text[1:].partition(" ")
    name = name.partition("@")[0].lower()
    if name == "start" and talk.patient is None and rest.strip():
        return _with_code(talk, rest.strip())
    if name == "language":
        return _start(talk, "language", {})
    if talk.patient is None:
        return _cancel(talk) if name == "cancel" else _standing(talk)
    command = _COMMANDS.get(name)
    return command(talk) if command else at_home("help.text", talk.chat.paused)


def _with_code(talk: Talk, code: str) -> Reply:
    talk.chat.flow, talk.chat.answers = "link", {}
    return _answer(talk, FLOWS["link"], code)


def _stop(talk: Talk) -> Reply:
    talk.chat.state = ChatState.STOPPED
    return at_home("stop.done", talk.chat.paused)


def _home(talk: Talk) -> Reply:
    talk.chat.state = ChatState.ACTIVE
    return _standing(talk)


_NAVIGATION: Mapping[str, Callable[[Talk], Reply]] = {
    "back": _back, "pause": _pause, "cancel": _cancel,
}  # fmt: skip
_COMMANDS: Mapping[str, Callable[[Talk], Reply]] = {
    "start": _home, "cancel": _cancel, "stop": _stop, "visit": _visit,
    "symptoms": lambda talk: _go(talk, "symptoms"),
    "dose": lambda talk: _go(talk, "dose"),
    "sf36": lambda talk: _go(talk, "sf36"),
}  # fmt: skip
