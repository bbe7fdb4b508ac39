"""One thing said, one reply. The caller opens the Work."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import BigInteger, Boolean, and_, bindparam, insert, text
from sqlmodel import col, select

from app.clock import real_now
from app.services.inbox import put_in_inbox
from app.services.linking import NoSuchInvitation, invited_language, year_fits
from app.services.visits import next_visit
from app.texts import Reader, language_of
from app.texts.render import Rendered, render
from app.work import Work
from bot.endings import end, window_data
from bot.flow import Answers, Flow, Unclear, advance, back, open_step
from bot.flows import FLOW_OF_STEP, FLOWS
from bot.replies import Reply, ask, at_home
from models import (
    Channel,
    Chat,
    ChatState,
    Clinic,
    InboxKind,
    Language,
    Message,
    MessageState,
    Patient,
    TelegramUpdate,
)
from models.clinic import UNLINKED
from models.columns import new_id

REPLY_LEASE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Said:
    """An update of Telegram, as far as the conversation needs it."""

    update_id: int
    chat_id: int
    text: str | None = None
    tap: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """Who is speaking, in which transaction."""

    work: Work
    chat: Chat
    patient: Patient | None


@dataclass(frozen=True, slots=True)
class Heard:
    """A reply in words. Its row is leased to the caller, who is about to send it."""

    clinic_id: str
    message_id: str
    chat_id: int
    words: Rendered


def hear(work: Work, said: Said) -> Heard | None:
    """Answer one update; None when this update was handled before."""
    if not _is_new(work, said):
        return None
    talk = _talk(work, said)
    talk.chat.seen_at = work.now
    reply = _reply_to(talk, said)
    return leased_reply(work, talk.chat, talk.patient, said.update_id, reply)


_NOTE = text(
    "INSERT INTO telegram_update (id, chat_id, at, failures, set_aside)"
    " SELECT :id, :chat_id, :at, 0, :no"
    " WHERE NOT EXISTS (SELECT 1 FROM telegram_update WHERE id = :id)"
).bindparams(
    bindparam("id", type_=BigInteger),
    bindparam("chat_id", type_=BigInteger),
    bindparam("at", type_=TelegramUpdate.__table__.c.at.type),
    bindparam("no", False, type_=Boolean),
)


def _is_new(work: Work, said: Said) -> bool:
    """Note the update's number; False when it is noted already."""
    noted = {"id": said.update_id, "chat_id": said.chat_id, "at": work.now}
    return bool(work.session.connection().execute(_NOTE, noted).rowcount)


_CHAT = (
    select(Chat, Patient)
    .outerjoin(
        Patient,
        and_(col(Patient.clinic_id) == Chat.clinic_id, col(Patient.id) == Chat.patient_id),
    )
    .where(col(Chat.id) == bindparam("chat_id"))
    .with_for_update(of=Chat)
)


def _talk(work: Work, said: Said) -> Talk:
    found = work.session.execute(_CHAT, {"chat_id": said.chat_id}).first()
    if found is None:
        chat = Chat(id=said.chat_id, language=language_of(said.language))
        work.session.add(chat)
        return Talk(work, chat, None)
    chat, patient = found
    if chat.state == ChatState.BLOCKED:
        chat.state = ChatState.ACTIVE
    return Talk(work, chat, patient)


def reader_of(work: Work, chat: Chat, patient: Patient | None) -> Reader:
    """The chat's language, and the patient's zone or else the clinic's."""
    if patient is not None:
        return Reader(chat.language, patient.time_zone)
    clinic = work.session.get_one(Clinic, chat.clinic_id or UNLINKED)
    return Reader(chat.language, clinic.time_zone)


_REPLY = insert(Message.__table__)  # every answer makes one: it goes in without an object


def leased_reply(
    work: Work, chat: Chat, patient: Patient | None, update_id: int, reply: Reply
) -> Heard:
    """Put a reply into words and keep it, leased; a worker sends it if the caller dies."""
    clinic_id, message_id = chat.clinic_id or UNLINKED, new_id(work.now)
    words = render(reply.key, reply.data, reader_of(work, chat, patient))
    row = {
        "clinic_id": clinic_id, "id": message_id, "dedupe": f"reply:{update_id}",
        "channel": Channel.TELEGRAM, "chat_id": chat.id, "patient_id": chat.patient_id,
        "key": reply.key, "data": dict(reply.data), "state": MessageState.SENDING,
        "due_at": work.now, "made_at": work.now, "attempts": 1,
        "leased_until": real_now() + REPLY_LEASE, "sent_to": str(chat.id), "sent_body": words.text,
    }  # fmt: skip
    work.session.connection().execute(_REPLY, row)
    return Heard(clinic_id, message_id, chat.id, words)


def _reply_to(talk: Talk, said: Said) -> Reply:
    if said.tap is not None:
        return _tapped(talk, said.tap)
    text = (said.text or "").strip()
    if text.startswith("/"):
        return _command(talk, text)
    if talk.patient is None and talk.chat.flow != "link" and talk.chat.flow != "language":
        return _start(talk, "link", {})
    if talk.chat.flow:
        return _answer(talk, FLOWS[talk.chat.flow], text)
    return _free_text(talk, text)


def _free_text(talk: Talk, text: str) -> Reply:
    """Nothing said is lost: what is no answer goes to the nurse's inbox."""
    assert talk.patient is not None
    put_in_inbox(talk.work, talk.patient.clinic_id, InboxKind.TEXT, text or "(no text)",
                 talk.patient.id)  # fmt: skip
    return at_home("free_text.passed_on", talk.chat.paused)


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
        return ask(flow, talk.chat.answers, note)
    except NoSuchInvitation:
        talk.chat.answers = {}
        return ask(flow, {}, {"key": "link.no_such_code"})
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
        return ask(flow, answers)
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
    if flow is not None and flow.can_pause and talk.chat.answers:
        talk.chat.paused = {**talk.chat.paused, flow.name: dict(talk.chat.answers)}
    talk.chat.flow, talk.chat.answers = None, {}


def _standing(talk: Talk) -> Reply:
    """Where the chat stands: the open question, or home."""
    flow = FLOWS.get(talk.chat.flow or "")
    if flow is not None:
        return ask(flow, talk.chat.answers)
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
