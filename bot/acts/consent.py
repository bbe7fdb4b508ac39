"""A newer consent of the clinic comes before anything else; a red flag does not wait for it."""

from app.clinical.triage import read_whole
from app.services.consent import consent_is_due, note_consent, note_refusal
from app.services.free_text import hear_words
from app.services.stopping import start_reminders
from bot.acts.half_told import heed_tap
from bot.acts.link import is_code, is_urgent
from bot.acts.media import hear_other
from bot.acts.words import is_answer, parted
from bot.chats import Said, Talk
from bot.flow import Answers, open_step
from bot.flows import FLOW_OF_STEP, FLOWS
from bot.flows.link import CARER
from bot.flows.rights import CONSENT
from bot.flows.slot import SLOT
from bot.home import at_home
from bot.replies import Reply, button, led_by
from models import Chat

_RIGHTS = ("stop", "mydata", "forget", "rights", "language", "help")  # need no consent
_MEANWHILE = ("language", "forget", "link", "relink")  # flows that may be gone on with
_DECLINED = {"consent": "decline"}


def consent_first(talk: Talk, said: Said) -> Reply | None:
    """The consent anew where it is due; None where what was said may be answered.

    What the chat was about is left as it stands, and is gone on with after agreeing.
    """
    if talk.patient is None or not consent_is_due(talk.work, talk.chat):
        return None
    if said.tap is not None:
        return _tapped(talk, said.tap)
    if said.media is not None:
        return _sent(talk, said)
    text = (said.text or "").strip()
    if text.startswith("/"):
        return _commanded(talk, text)
    if talk.chat.flow in ("link", "relink"):
        return None
    return _written(talk, text) if text else _asked(talk, "consent.again")


def _tapped(talk: Talk, tap: str) -> Reply | None:
    step, _, option = tap.rpartition(":")
    if step in ("consent", "consent.carer"):
        return _answered(talk, option)
    flow = FLOW_OF_STEP.get(step)
    inside = step == "nav" or (flow is not None and flow.name == talk.chat.flow)
    if (talk.chat.flow in _MEANWHILE and inside) or (step == "go" and option in _RIGHTS):
        return None
    if talk.chat.flow == "symptoms" and inside:
        return _in_report(talk, step, option)
    if tap == "go:start":
        _start_after(talk.chat)
    return _asked(talk, "consent.again")


def _in_report(talk: Talk, step: str, option: str) -> Reply | None:
    """A report that is open is finished under the consent that was given.

    After a refusal nothing of it is kept, but a red flag is heard.
    """
    if not has_declined(talk):
        return None
    urgent = heed_tap(talk, step, option)
    return _only("symptoms.emergency" if urgent else "consent.without")


def _commanded(talk: Talk, text: str) -> Reply | None:
    name, rest = parted(text)
    if name in _RIGHTS or (name == "start" and is_code(rest) and not is_urgent(talk, rest)):
        return None
    if name == "start":
        _start_after(talk.chat)
    return _written(talk, rest) if rest else _asked(talk, "consent.again")


def _answered(talk: Talk, option: str) -> Reply | None:
    assert talk.patient is not None
    if option == "decline":
        note_refusal(talk.work, talk.chat)
        _keep(talk.chat, _DECLINED)
        return _only("consent.declined")
    if option != "agree":
        return _asked(talk, "consent.again")
    note_consent(talk.work, talk.chat)
    if CONSENT.name in talk.chat.paused:  # it was declined before, or /start asked for it
        _keep(talk.chat, None)
        start_reminders(talk.work, talk.patient, talk.chat)
    return None


def _ended(talk: Talk, answers: Answers) -> Reply:
    """The same, where it was opened as any other flow."""
    step = open_step(CONSENT, {CARER: talk.chat.proxy})
    return _answered(talk, answers[step.code] if step else "") or at_home(talk, "home.text")


def _written(talk: Talk, text: str) -> Reply:
    """Words go to the nurse under the consent that was given; after a refusal only a red flag."""
    assert talk.patient is not None
    urgent = bool(read_whole(text).red_flags)
    if has_declined(talk) and not urgent:
        return _only("consent.without")
    if not urgent and _is_answer(talk, text):
        return _asked(talk, "consent.again")
    hear_words(talk.work, talk.patient, text)
    if has_declined(talk):
        return _only("symptoms.emergency")
    return _asked(talk, "symptoms.emergency" if urgent else "free_text.passed_on")


def _sent(talk: Talk, said: Said) -> Reply:
    """A photo, a voice note: kept like words, and after a refusal not, which is said."""
    if has_declined(talk):
        return _written(talk, (said.text or "").strip())
    heard = hear_other(talk, said)
    return led_by(heard, _asked(talk, "consent.again"))


def has_declined(talk: Talk) -> bool:
    """Whether the newer consent was refused, and nothing may be kept but a red flag."""
    refused = talk.chat.paused.get(CONSENT.name) == _DECLINED
    return refused and consent_is_due(talk.work, talk.chat)


def _is_answer(talk: Talk, text: str) -> bool:
    """Whether it is meant for the open question, which is asked again after agreeing."""
    flow = FLOWS.get(talk.chat.flow or "")
    return flow is not None and flow is not SLOT and is_answer(talk, flow, text)


def _asked(talk: Talk, key: str) -> Reply:
    step = open_step(CONSENT, {CARER: talk.chat.proxy})
    assert step is not None
    choices = [[button(one.label, f"{step.code}:{one.code}")] for one in step.choices]
    lines = [{"key": "consent.why"}, {"key": step.text}]
    return Reply(key, {"lines": lines if key != "consent.again" else lines[1:], "buttons": choices})


def _only(key: str) -> Reply:
    return Reply(key, {"buttons": [[button("consent.see", "consent:see")]]})


def _start_after(chat: Chat) -> None:
    """Reminders are wanted again; they start when it is agreed."""
    _keep(chat, chat.paused.get(CONSENT.name, {}))


def _keep(chat: Chat, told: dict[str, str] | None) -> None:
    """Beside what is paused: that the consent was declined, or is asked for by /start."""
    rest = {name: kept for name, kept in chat.paused.items() if name != CONSENT.name}
    chat.paused = rest if told is None else {**rest, CONSENT.name: told}


ENDINGS = {"consent": _ended}
