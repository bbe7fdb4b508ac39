"""A chat and what is kept of it: the update's number, who speaks, and the reply's row."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import BigInteger, Boolean, and_, bindparam, insert, text
from sqlmodel import col, select

from app.clock import real_now
from app.services.emergency import own_words
from app.services.reaching import chat_found
from app.services.replies import REPLY
from app.texts import Reader, language_of
from app.texts.render import Rendered, render
from app.work import Work
from bot.replies import Reply
from models import (
    Channel,
    Chat,
    Clinic,
    Message,
    MessageState,
    Patient,
    TelegramUpdate,
)
from models.clinic import UNLINKED
from models.columns import new_id

REPLY_LEASE = timedelta(seconds=30)  # longer than a bot needs to send one
START_WITHIN_S = 10.0  # with two calls of 8 s each: less than REPLY_LEASE
_IMPATIENCE = timedelta(minutes=1)  # [own] in which the same tap is the same wish


@dataclass(frozen=True, slots=True)
class Media:
    """What is no text: its kind as Telegram names it, and the file where there is one."""

    kind: str
    file_id: str | None = None
    size_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """An update of Telegram, as far as the conversation needs it."""

    update_id: int
    chat_id: int
    text: str | None = None
    tap: str | None = None
    language: str | None = None
    media: Media | None = None
    told: str | None = None  # the tap's or message's own number, whatever the update's is
    pressed: str | None = None  # the button, and the bubble as it looked when it was tapped


@dataclass(slots=True)
class Talk:
    """Who is speaking, in which transaction."""

    work: Work
    chat: Chat
    patient: Patient | None
    clinic: Clinic | None = None  # kept in mind: whoever asks for it asks the database no more


@dataclass(frozen=True, slots=True)
class Heard:
    """A reply in words. Its row is leased to the caller, who is about to send it.

    One that `waits` for earlier replies of its chat is the worker's to send; so is one whose
    place in the chat's rate, after `pace_s`, comes later than START_WITHIN_S.
    """

    clinic_id: str
    message_id: str
    chat_id: int
    words: Rendered
    waits: bool = False
    pace_s: float = 0.0


_NOTE = text(
    "INSERT INTO telegram_update (id, chat_id, at, told, failures, set_aside)"
    " VALUES (:id, :chat_id, :at, :told, 0, :no) ON CONFLICT DO NOTHING"
).bindparams(
    bindparam("id", type_=BigInteger),
    bindparam("chat_id", type_=BigInteger),
    bindparam("at", type_=TelegramUpdate.__table__.c.at.type),
    bindparam("no", False, type_=Boolean),
)


def is_new(work: Work, said: Said) -> bool:
    """Note the update's number and what it tells; False when either is noted already."""
    noted = {
        "id": said.update_id, "chat_id": said.chat_id, "at": work.now, "told": said.told,
    }  # fmt: skip
    return bool(work.session.connection().execute(_NOTE, noted).rowcount)


_CHAT = (
    select(Chat, Patient, Clinic)
    .outerjoin(
        Patient,
        and_(col(Patient.clinic_id) == Chat.clinic_id, col(Patient.id) == Chat.patient_id),
    )
    .outerjoin(Clinic, col(Clinic.id) == col(Chat.clinic_id))
    .where(col(Chat.id) == bindparam("chat_id"))
    .with_for_update(of=Chat)
)


def talk_with(work: Work, said: Said) -> Talk:
    found = work.session.execute(_CHAT, {"chat_id": said.chat_id}).first()
    if found is None:
        chat = Chat(id=said.chat_id, language=language_of(said.language))
        work.session.add(chat)
        return Talk(work, chat, None)
    chat, patient, clinic = found
    chat_found(work, chat)
    return Talk(work, chat, patient, clinic)


def pressed_twice(talk: Talk, said: Said) -> bool:
    """A second tap on a button before its bubble changed, and before anything else was said."""
    chat = talk.chat
    if said.pressed is None or said.pressed != chat.last_tap or chat.seen_at is None:
        return False
    return talk.work.now - chat.seen_at <= _IMPATIENCE


def reader_of(work: Work, chat: Chat, patient: Patient | None) -> Reader:
    """The chat's language, the patient's zone or else the clinic's, and the clinic's own words."""

    def clinic() -> Clinic:
        return work.session.get_one(Clinic, chat.clinic_id or UNLINKED)

    zone = patient.time_zone if patient is not None else clinic().time_zone
    return Reader(chat.language, zone, own_words(clinic, chat.language))


_REPLY = insert(Message.__table__)  # every answer makes one: it goes in without an object


def leased_reply(
    work: Work, chat: Chat, patient: Patient | None, update_id: int, reply: Reply
) -> Heard:
    """Put a reply into words and keep it, leased; a worker sends it if the caller dies."""
    clinic_id, message_id = chat.clinic_id or UNLINKED, new_id(work.now)
    words = render(reply.key, reply.data, reader_of(work, chat, patient))
    row = {
        "clinic_id": clinic_id, "id": message_id, "dedupe": f"{REPLY}{update_id}",
        "channel": Channel.TELEGRAM, "chat_id": chat.id, "patient_id": chat.patient_id,
        "key": reply.key, "data": dict(reply.data), "state": MessageState.SENDING,
        "due_at": work.now, "made_at": work.now, "attempts": 1,
        "leased_until": real_now() + REPLY_LEASE, "sent_to": str(chat.id), "sent_body": words.text,
    }  # fmt: skip
    work.session.connection().execute(_REPLY, row)
    return Heard(clinic_id, message_id, chat.id, words)
