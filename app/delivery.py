"""Claim, send, settle. Nothing is held open while a provider is asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import case, tuple_, update
from sqlmodel import and_, col, or_, select

from app.clock import real_now
from app.senders import Fate, Refused
from app.services.alarms import OPERATOR
from app.services.attachments import attachment_of
from app.services.half_done import said_now
from app.services.messages import is_reminder, reference_to
from app.services.quiet import held_until
from app.services.reaching import patient_text, unwanted_text
from app.services.replies import in_its_turn
from app.services.settling import refuse, settle
from app.settings import Settings
from app.texts import Reader, language_of
from app.texts.render import Rendered, render
from app.work import Begin, Work
from models import (
    Channel,
    Chat,
    ChatState,
    Clinic,
    Message,
    MessageState,
    Patient,
    Staff,
)

ATTEMPTS = 72  # with the waits between them about 30 h, so that a day's outage loses no alert
_OF_A_DEAD_WORKER = 14  # a lapsed lease counts as so many attempts: a repeat each, five at most
_BATCH = 50
_SMS_A_ROUND = 5  # a silent Twilio holds up what Telegram can take by 50 s at most
_SKEW = timedelta(seconds=10)  # by which Twilio's clock may differ from ours
_LOOK_UPS = 5


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A claimed message with its words, ready for a sender."""

    clinic_id: str
    id: str
    channel: Channel
    to: str
    words: Rendered
    attempts: int


@dataclass(frozen=True, slots=True)
class Post:
    """The ways out: many texts at once to Telegram, one SMS, and a look at Twilio's list."""

    telegram: Callable[[Sequence[tuple[int, Rendered]]], list[Fate]]
    sms: Callable[[str, str, str], Fate]
    look_up: Callable[[str, str, datetime], Fate]


def deliver_due(begin: Begin, post: Post, settings: Settings) -> int:
    """Deliver one batch of what is due; how many messages were taken up.

    An SMS is claimed alone, so that its lease outlasts its sending and its receipt finds it.
    """
    reconcile(begin, post)
    done = 0
    while done < _SMS_A_ROUND and _deliver(begin, post, settings, Channel.SMS, 1):
        done += 1
    return done + _deliver(begin, post, settings, Channel.TELEGRAM, _BATCH)


def _deliver(
    begin: Begin, post: Post, settings: Settings, channel: Channel, at_most: int
) -> int:
    with begin() as work:
        rows = _claim(work, channel, at_most, timedelta(seconds=settings.lease_s))
        claimed = [claim for row in rows if (claim := _prepare(work, row, settings))]
    fates = _send(claimed, post)
    with begin() as work:
        for one, fate in zip(claimed, fates, strict=True):
            settle(work, one.clinic_id, one.id, fate, one.attempts)
    return len(rows)


def _claim(work: Work, channel: Channel, at_most: int, lease: timedelta) -> list[Message]:
    """Lease due rows of a channel, and those whose worker died, in one statement."""
    real = real_now()
    due = and_(col(Message.state) == MessageState.QUEUED, col(Message.due_at) <= work.now)
    lapsed = and_(
        col(Message.state) == MessageState.SENDING,
        col(Message.channel) == Channel.TELEGRAM,
        col(Message.leased_until) < real,
    )
    ids = select(Message.clinic_id, Message.id).where(Message.channel == channel)
    ids = ids.where(or_(due, lapsed), in_its_turn()).order_by(col(Message.due_at)).limit(at_most)
    ids = ids.with_for_update(skip_locked=True)
    dead = col(Message.state) == MessageState.SENDING
    claim = (
        update(Message)
        .where(tuple_(col(Message.clinic_id), col(Message.id)).in_(ids))
        .values(state=MessageState.SENDING, leased_until=real + lease,
                attempts=col(Message.attempts) + case((dead, _OF_A_DEAD_WORKER), else_=1))
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
    morning = held_until(work, row)
    if morning is not None:
        row.state, row.due_at, row.attempts = MessageState.QUEUED, morning, row.attempts - 1
        return None
    to, reader = _addressee(work, row, settings)
    extra = {"url": f"{settings.public_url}/a/{row.data['code']}"} if "code" in row.data else {}
    try:
        key, data = said_now(work, row)
        words = render(key, {**data, **extra}, reader)
        words = _with_file(work, row, words, reader)
    except (LookupError, ValueError) as error:  # one text that cannot be made holds up no other
        _end(work, row, MessageState.FAILED, f"no words: {type(error).__name__} {error}")
        return None
    row.sent_to, row.sent_body = to, words.text
    return Outgoing(row.clinic_id, row.id, row.channel, to, words, row.attempts)


def _with_file(work: Work, row: Message, words: Rendered, reader: Reader) -> Rendered:
    """The words, with the file that goes with them where there is one."""
    what = row.data.get("attachment")
    if what is None:
        return words
    patient = work.session.get_one(Patient, (row.clinic_id, row.patient_id))
    return replace(words, attachment=attachment_of(work, what, patient, reader))


def _end(work: Work, row: Message, state: MessageState, why: str) -> None:
    row.state, row.reason = state, why
    if state == MessageState.FAILED:
        refuse(work, row, Refused(why))


def _ending(work: Work, row: Message) -> tuple[MessageState, str] | None:
    if row.attempts > ATTEMPTS:
        return MessageState.FAILED, f"gave up after {ATTEMPTS} attempts"
    if row.not_after and work.now > row.not_after:
        return MessageState.EXPIRED, "its time had passed"
    unwanted = _unwanted_in_chat(work, row) if row.channel == Channel.TELEGRAM else None
    if row.channel == Channel.SMS:
        return _ending_of_text(work, row)
    return (MessageState.CANCELLED, unwanted) if unwanted else None


def _ending_of_text(work: Work, row: Message) -> tuple[MessageState, str] | None:
    if _is_for_operator(row):
        return None
    if row.staff_id is None:
        return unwanted_text(work, row)
    phone = work.session.get_one(Staff, row.staff_id).phone
    return None if phone else (MessageState.FAILED, "no phone number")


def _is_for_operator(row: Message) -> bool:
    return (row.about or "").startswith(OPERATOR)


def _unwanted_in_chat(work: Work, row: Message) -> str | None:
    if row.staff_id is not None:
        staff = work.session.get_one(Staff, row.staff_id)
        return None if staff.chat_id == row.chat_id else "the chat is not linked any more"
    chat = work.session.get_one(Chat, row.chat_id)
    if row.patient_id and chat.patient_id != row.patient_id:
        return "the chat is another's now"
    if chat.state == ChatState.BLOCKED:
        return "the chat is blocked"
    if is_reminder(row.about) and chat.state == ChatState.STOPPED:
        return "the patient stopped reminders"
    patient = row.patient_id and work.session.get(Patient, (row.clinic_id, row.patient_id))
    return "the patient has died" if patient and patient.died_on else None


def _addressee(work: Work, row: Message, settings: Settings) -> tuple[str, Reader]:
    clinic = work.session.get(Clinic, row.clinic_id)
    zone = clinic.time_zone if clinic else "UTC"
    if _is_for_operator(row):
        language = language_of(clinic.language if clinic else None)
        return settings.operator_phone, Reader(language, zone)
    if row.channel == Channel.SMS and row.staff_id is None:
        return patient_text(work, row)
    if row.staff_id is not None:
        staff = work.session.get_one(Staff, row.staff_id)
        to = row.chat_id if row.channel == Channel.TELEGRAM else staff.phone
        return str(to), Reader(language_of(staff.language), zone)
    chat = work.session.get_one(Chat, row.chat_id)
    patient = row.patient_id and work.session.get(Patient, (row.clinic_id, row.patient_id))
    return str(chat.id), Reader(chat.language, patient.time_zone if patient else zone)


def _send(claimed: Sequence[Outgoing], post: Post) -> list[Fate]:
    """Their fates, in order; the claimed are all of one channel."""
    if claimed and claimed[0].channel == Channel.TELEGRAM:
        return post.telegram([(int(one.to), one.words) for one in claimed])
    return [
        post.sms(one.to, one.words.text, reference_to(one.clinic_id, one.id)) for one in claimed
    ]


def reconcile(begin: Begin, post: Post) -> None:
    """An SMS that perhaps went out is looked up at Twilio before it may be sent again."""
    with begin() as work:
        doubtful = _doubtful(work)
    for row in doubtful:
        fate = post.look_up(str(row.sent_to), str(row.sent_body), row.made_at - _SKEW)
        with begin() as work:
            settle(work, row.clinic_id, row.id, fate, row.attempts)


def _doubtful(work: Work) -> list[Message]:
    lapsed = update(Message).where(
        col(Message.channel) == Channel.SMS,
        col(Message.state) == MessageState.SENDING,
        col(Message.leased_until) < real_now(),
    )
    work.session.execute(lapsed.values(state=MessageState.UNKNOWN, reason="its worker died"))
    query = select(Message).where(
        Message.state == MessageState.UNKNOWN, col(Message.leased_until) < real_now()
    )
    return list(work.session.exec(query.limit(_LOOK_UPS)))
