"""Lease what is due, with its words: a batch in a handful of statements."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, bindparam, update
from sqlalchemy.types import TypeEngine
from sqlmodel import SQLModel, and_, col, or_, select

from app.clock import real_now
from app.delivery.post import Outgoing
from app.delivery.preparing import Prepared, prepare
from app.senders.rate import Rate, chat_rate
from app.services.alarms import alarm
from app.services.budgets import ChatPlaces
from app.services.limits import Wanted, beyond_limits
from app.services.many import told
from app.services.overtaken import alert_of, is_call
from app.services.replies import in_its_turn, unsent
from app.settings import Settings
from app.work import Work
from models import Alert, Channel, Chat, Clinic, Message, MessageState, Patient, Staff

LEASE = timedelta(seconds=60)
_NO_LEASE = timedelta(minutes=10)  # [own] long enough that waiting for the database is no jump
_OF_A_DEAD_WORKER = 14  # a lapsed lease counts as so many attempts: a repeat each, five at most


def claim(
    work: Work, channel: Channel, at_most: int, settings: Settings, lease: timedelta
) -> tuple[int, list[Outgoing]]:
    """How many due messages were taken up, and those of them that are leased to the caller."""
    rows = due(work, channel, at_most)
    kept = _kept_in_mind(work, rows)  # while this list lives, nothing of it is asked for again
    places = ChatPlaces(work, *_paced(rows, channel, settings))
    free = [row for row in rows if row.chat_id not in places.busy]
    prepared = [(row, prepare(work, row, _attempt(row), settings)) for row in free]
    going = [(row, one) for row, one in prepared if one and _has_place(work, row, one, places)]
    places.write(work)
    leased = _lease(work, _within_limits(work, going), real_now() + lease)
    del kept
    return len(free), leased


def due(work: Work, channel: Channel, at_most: int) -> list[Message]:
    """Locked, the earliest first; of Telegram's also those whose worker died.

    What calls the staff there goes before everything else.
    """
    ready = col(Message.state) == MessageState.QUEUED
    if channel != Channel.TELEGRAM:
        return [*_earliest(work, at_most, open_texts(), ready, Message.channel == channel)]
    dead = and_(col(Message.state) == MessageState.SENDING, lapsed())
    chats = (unsent(), or_(ready, dead), in_its_turn(), Message.channel == channel)
    first = _earliest(work, at_most, *chats, col(Message.staff_id).is_not(None))
    rest = col(Message.staff_id).is_(None)
    return [*first, *_earliest(work, at_most - len(first), *chats, rest)]


def _earliest(work: Work, at_most: int, *which: ColumnElement[bool] | bool) -> Sequence[Message]:
    query = select(Message).where(*which, col(Message.due_at) <= work.now)
    query = query.order_by(col(Message.due_at)).limit(at_most)
    return work.session.exec(query.with_for_update(skip_locked=True)).all()


def lapsed() -> ColumnElement[bool]:
    """A lease has ended, or ends later than any can: then the machine's clock has jumped."""
    real, until = real_now(), col(Message.leased_until)
    return or_(until < real, until > real + _NO_LEASE)


_TEXTS = (Channel.SMS, Channel.VOICE)
_UNSETTLED = (MessageState.QUEUED, MessageState.SENDING, MessageState.UNKNOWN)


def open_texts() -> ColumnElement[bool]:
    """Of a Message: a text or call that is not settled; as the index of those is written."""
    return and_(
        col(Message.channel).in_(_written_out("texts", _TEXTS)),
        col(Message.state).in_(_written_out("unsettled", _UNSETTLED)),
    )


def _written_out(name, words):  # type: ignore[no-untyped-def]
    return bindparam(name, words, expanding=True, literal_execute=True)


def _attempt(row: Message) -> int:
    return row.attempts + (1 if row.state == MessageState.QUEUED else _OF_A_DEAD_WORKER)


def _kept_in_mind(work: Work, rows: Sequence[Message]) -> list[Sequence[SQLModel]]:
    """Chats, patients, clinics, staff and alerts of a batch, one query each."""
    wanted: tuple[tuple[Any, ColumnElement[bool]], ...] = (
        (Chat, col(Chat.id).in_({row.chat_id for row in rows})),
        (Patient, and_(col(Patient.clinic_id).in_({row.clinic_id for row in rows}),
                       col(Patient.id).in_({row.patient_id for row in rows}))),
        (Clinic, col(Clinic.id).in_({row.clinic_id for row in rows})),
        (Staff, col(Staff.id).in_({row.staff_id for row in rows})),
        (Alert, and_(col(Alert.clinic_id).in_({row.clinic_id for row in rows}),
                     col(Alert.id).in_({alert_of(row) for row in rows if is_call(row)}))),
    )  # fmt: skip
    tables = wanted if rows else ()
    return [work.session.scalars(select(table).where(which)).all() for table, which in tables]


def _paced(
    rows: Sequence[Message], channel: Channel, settings: Settings
) -> tuple[Rate, set[int]]:
    rate = chat_rate(settings)
    if channel != Channel.TELEGRAM or not rate:
        return rate, set()
    return rate, {row.chat_id for row in rows if row.chat_id}


def _has_place(work: Work, row: Message, one: Prepared, places: ChatPlaces) -> bool:
    """Whether its chat may have it now; else it is queued for when it may."""
    wait = 0.0 if one.refused or row.chat_id is None else places.wait_s(row.chat_id)
    if wait:
        row.state, row.due_at = MessageState.QUEUED, work.now + timedelta(seconds=wait)
    return not wait


def _within_limits(
    work: Work, going: Sequence[tuple[Message, Prepared]]
) -> list[tuple[Message, Prepared]]:
    """Those that go beyond what one person may get are refused, and the operator hears of it."""
    wanted = [Wanted(row, one.to, one.words.text) for row, one in going if not one.refused]
    stopped = beyond_limits(work, wanted)
    for clinic_id in {row.clinic_id for row, _ in going if row.id in stopped}:
        alarm(work, clinic_id, "limit")
    return [
        (row, replace(one, refused=stopped[row.id]) if row.id in stopped else one)
        for row, one in going
    ]


def _written(one: Outgoing) -> tuple[str | int | None, ...]:
    goes = (None, None) if one.refused else (one.to, one.words.text)
    return (one.clinic_id, one.id, one.attempts, *goes)


_COLUMNS: dict[str, TypeEngine[Any]] = {
    "clinic_id": String(), "id": String(), "attempts": Integer(), "sent_to": String(),
    "sent_body": String(),
}  # fmt: skip


def _lease(
    work: Work, going: Sequence[tuple[Message, Prepared]], until: datetime
) -> list[Outgoing]:
    """One statement writes who has them, and what is about to be sent where."""
    leased = [
        Outgoing(row.clinic_id, row.id, Channel(row.channel), _attempt(row), one.to, one.words,
                 until, one.refused)
        for row, one in going
    ]  # fmt: skip
    if not leased:
        return []
    words = told(work, _COLUMNS, [_written(one) for one in leased]).c
    taken = update(Message).where(
        col(Message.clinic_id) == words.clinic_id, col(Message.id) == words.id
    )
    taken = taken.values(
        state=MessageState.SENDING, leased_until=until, attempts=words.attempts,
        sent_to=words.sent_to, sent_body=words.sent_body,
    )  # fmt: skip
    work.session.execute(taken.execution_options(synchronize_session=False))
    return leased
