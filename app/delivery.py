"""Claim, send, settle. Nothing is held open while a provider is asked."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import tuple_, update
from sqlmodel import and_, col, or_, select

from app.clock import real_now
from app.senders import Blocked, Fate, Refused, Sent, Unavailable, Unknown
from app.services.alerts import alert_sms_failed
from app.settings import Settings
from app.texts import Reader, language_of
from app.texts.render import Rendered, render
from app.work import Begin, Work
from models import (
    Channel,
    Chat,
    ChatState,
    Clinic,
    InboxItem,
    InboxKind,
    Message,
    MessageState,
    Patient,
    Staff,
)
from models.columns import new_id

LEASE = timedelta(seconds=60)
ATTEMPTS = 8
_BATCH = 50
_LONGEST_WAIT_S = 1800.0


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A claimed message with its words, ready for a sender."""

    clinic_id: str
    id: str
    channel: Channel
    to: str
    words: Rendered


@dataclass(frozen=True, slots=True)
class Post:
    """The ways out: many texts at once to Telegram, one SMS, and a look at Twilio's list."""

    telegram: Callable[[Sequence[tuple[int, Rendered]]], list[Fate]]
    sms: Callable[[str, str], Fate]
    look_up: Callable[[str, str, datetime], Fate]


def deliver_due(begin: Begin, post: Post, settings: Settings) -> int:
    """Deliver one batch of what is due; how many messages were settled."""
    reconcile(begin, post)
    with begin() as work:
        claimed = [claim for row in _claim(work) if (claim := _prepare(work, row, settings))]
    fates = _send(claimed, post)
    with begin() as work:
        for outgoing in claimed:
            settle(work, outgoing.clinic_id, outgoing.id, fates[outgoing.id])
    return len(claimed)


def _claim(work: Work) -> list[Message]:
    """Lease due rows, and those whose worker died, in one statement."""
    real = real_now()
    due = and_(col(Message.state) == MessageState.QUEUED, col(Message.due_at) <= work.now)
    lapsed = and_(
        col(Message.state) == MessageState.SENDING,
        col(Message.channel) == Channel.TELEGRAM,
        col(Message.leased_until) < real,
    )
    ids = select(Message.clinic_id, Message.id).where(or_(due, lapsed))
    ids = ids.order_by(col(Message.due_at)).limit(_BATCH).with_for_update(skip_locked=True)
    claim = (
        update(Message)
        .where(tuple_(col(Message.clinic_id), col(Message.id)).in_(ids))
        .values(state=MessageState.SENDING, leased_until=real + LEASE,
                attempts=col(Message.attempts) + 1)
        .returning(Message)
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    rows = list(work.session.scalars(claim))
    return sorted(rows, key=lambda row: (row.due_at, row.id))


def _prepare(work: Work, row: Message, settings: Settings) -> Outgoing | None:
    """Find address and words now; a message no longer wanted ends here, with why."""
    ending = _ending(work, row)
    if ending is not None:
        _end(work, row, *ending)
        return None
    to, reader = _addressee(work, row)
    extra = {"url": f"{settings.public_url}/a/{row.data['code']}"} if "code" in row.data else {}
    words = render(row.key, {**row.data, **extra}, reader)
    row.sent_to, row.sent_body = to, words.text
    return Outgoing(row.clinic_id, row.id, row.channel, to, words)


def _end(work: Work, row: Message, state: MessageState, why: str) -> None:
    row.state, row.reason = state, why
    if state == MessageState.FAILED:
        _refused(work, row, Refused(why))


def _ending(work: Work, row: Message) -> tuple[MessageState, str] | None:
    if row.attempts > ATTEMPTS:
        return MessageState.FAILED, f"gave up after {ATTEMPTS} attempts"
    if row.not_after and work.now > row.not_after:
        return MessageState.EXPIRED, "its time had passed"
    unwanted = _unwanted_in_chat(work, row) if row.channel == Channel.TELEGRAM else None
    if row.channel == Channel.SMS and not work.session.get_one(Staff, row.staff_id).phone:
        return MessageState.FAILED, "no phone number"
    return (MessageState.CANCELLED, unwanted) if unwanted else None


def _unwanted_in_chat(work: Work, row: Message) -> str | None:
    chat = work.session.get_one(Chat, row.chat_id)
    if chat.state == ChatState.BLOCKED:
        return "the chat is blocked"
    if row.about and chat.state == ChatState.STOPPED:
        return "the patient stopped reminders"
    patient = row.patient_id and work.session.get(Patient, (row.clinic_id, row.patient_id))
    return "the patient has died" if patient and patient.died_on else None


def _addressee(work: Work, row: Message) -> tuple[str, Reader]:
    clinic = work.session.get(Clinic, row.clinic_id)
    zone = clinic.time_zone if clinic else "UTC"
    if row.channel == Channel.SMS:
        staff = work.session.get_one(Staff, row.staff_id)
        return str(staff.phone), Reader(language_of(staff.language), zone)
    chat = work.session.get_one(Chat, row.chat_id)
    patient = row.patient_id and work.session.get(Patient, (row.clinic_id, row.patient_id))
    return str(chat.id), Reader(chat.language, patient.time_zone if patient else zone)


def _send(claimed: Sequence[Outgoing], post: Post) -> Mapping[str, Fate]:
    fates = {
        one.id: post.sms(one.to, one.words.text) for one in claimed if one.channel == Channel.SMS
    }
    chats = [one for one in claimed if one.channel == Channel.TELEGRAM]
    said = post.telegram([(int(one.to), one.words) for one in chats]) if chats else []
    return fates | {one.id: fate for one, fate in zip(chats, said, strict=True)}


def settle(work: Work, clinic_id: str, message_id: str, fate: Fate) -> None:
    """Write down what became of a message, unless a receipt already said more."""
    query = select(Message).where(Message.clinic_id == clinic_id, Message.id == message_id)
    row = work.session.exec(query.with_for_update()).one()
    if row.state in (MessageState.SENDING, MessageState.UNKNOWN):
        _SETTLE[type(fate)](work, row, fate)


def _sent(work: Work, row: Message, fate: Sent) -> None:
    row.state, row.provider_id, row.sent_at = MessageState.SENT, fate.provider_id, work.now


def _refused(work: Work, row: Message, fate: Refused | Blocked) -> None:
    row.state, row.reason = MessageState.FAILED, fate.why
    if row.channel == Channel.SMS and (row.about or "").startswith("alert:"):
        alert_sms_failed(work, str(row.about), row.clinic_id)


def _blocked(work: Work, row: Message, fate: Blocked) -> None:
    _refused(work, row, fate)
    if row.channel == Channel.TELEGRAM:
        work.session.get_one(Chat, row.chat_id).state = ChatState.BLOCKED
        work.session.add(InboxItem(
            clinic_id=row.clinic_id, id=new_id(work.now), patient_id=row.patient_id,
            kind=InboxKind.UNREACHABLE, text=fate.why, received_at=work.now,
        ))  # fmt: skip


def _postponed(work: Work, row: Message, fate: Unavailable) -> None:
    wait = fate.wait_s if fate.wait_s is not None else back_off_s(row.attempts)
    row.state, row.reason = MessageState.QUEUED, fate.why
    row.due_at = work.now + timedelta(seconds=wait)


def back_off_s(attempts: int) -> float:
    """Seconds to wait after so many attempts: doubling from 2, to half an hour, with jitter."""
    return min(2.0**attempts, _LONGEST_WAIT_S) * random.uniform(0.75, 1.25)


def _uncertain(work: Work, row: Message, fate: Unknown) -> None:
    row.state, row.reason = MessageState.UNKNOWN, fate.why


_SETTLE: dict[type[Fate], Callable[..., None]] = {
    Sent: _sent, Refused: _refused, Blocked: _blocked, Unavailable: _postponed, Unknown: _uncertain,
}  # fmt: skip


def reconcile(begin: Begin, post: Post) -> None:
    """An SMS that perhaps went out is looked up at Twilio before it may be sent again."""
    with begin() as work:
        doubtful = [(row.clinic_id, row.id, row.sent_to, row.sent_body, row.made_at)
                    for row in _doubtful(work)]  # fmt: skip
    for clinic_id, message_id, to, body, since in doubtful:
        fate = post.look_up(to, body, since - timedelta(days=1))
        with begin() as work:
            settle(work, clinic_id, message_id, fate)


def _doubtful(work: Work) -> list[Message]:
    lapsed = update(Message).where(
        col(Message.channel) == Channel.SMS,
        col(Message.state) == MessageState.SENDING,
        col(Message.leased_until) < real_now(),
    )
    work.session.execute(lapsed.values(state=MessageState.UNKNOWN, reason="its worker died"))
    query = select(Message).where(Message.state == MessageState.UNKNOWN).limit(_BATCH)
    return list(work.session.exec(query))
