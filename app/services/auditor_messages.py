"""Every message that is due is moving, and a text about an open alert arrives."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, literal, literal_column, tuple_
from sqlmodel import and_, col, or_, select

from app.services.alarms import OPERATOR
from app.services.findings import Finding, found
from app.services.messages import is_reminder
from app.services.replies import in_its_turn, unsent
from app.work import Work
from models import Alert, AlertState, Channel, Chat, Clinic, Message, MessageState, Patient

# All [own].
_MOVES = timedelta(minutes=5)  # after which a due message must have been taken up
_LEASED = timedelta(minutes=2)  # by which a lease may have lapsed
_LONGEST_LEASE = timedelta(minutes=10)  # no sender is given as long
_IN_DOUBT = timedelta(minutes=15)
_PUT_OFF = timedelta(minutes=10)  # no wait between two attempts at a call is as long
_GOES = timedelta(minutes=15)  # by when a provider must have taken a text about an alert
_ARRIVES = timedelta(minutes=20)
_A_DAY = timedelta(days=1)  # after which nobody waits for a receipt
_JUST = timedelta(minutes=3)
_LATELY = timedelta(hours=2)  # an alarm that lasts is texted each hour
_DEAD_SINCE = timedelta(days=90)
_AT_MOST = 1000


def _one_of(column: Any, *words: str) -> ColumnElement[bool]:
    """Written out, as a partial index has it: a bound value does not find one."""
    listed: ColumnElement[bool] = column.in_([literal_column(f"'{word}'") for word in words])
    return listed


OPEN_TEXTS = and_(
    _one_of(col(Message.channel), "sms", "voice"),
    _one_of(col(Message.state), "queued", "sending", "unknown"),
)
_SENDING = and_(unsent(), col(Message.state) == MessageState.SENDING)
_UNKNOWN = and_(OPEN_TEXTS, col(Message.state) == MessageState.UNKNOWN)


def message_findings(work: Work, real: datetime) -> list[Finding]:
    return [
        *_leases(work, real), *_put_off(work), *_stuck(work, real), *_in_doubt(work),
        *_not_taken(work), *_without_receipt(work), *_operator_not_reached(work),
        *_to_the_dead(work),
    ]  # fmt: skip


def _stuck(work: Work, real: datetime) -> list[Finding]:
    """Due, held by nothing, and nobody takes it up."""
    paced = exists().where(
        col(Chat.id) == col(Message.chat_id), col(Chat.paced_until) > real
    )
    queued = col(Message.state) == MessageState.QUEUED
    query = select(Message.due_at).where(
        unsent(), queued, col(Message.due_at) < work.now - _MOVES, in_its_turn(), ~paced
    )
    return found("message_stuck", work.session.exec(query.limit(_AT_MOST)).all())


def _in_doubt(work: Work) -> list[Finding]:
    query = select(Message.due_at).where(_UNKNOWN, col(Message.due_at) < work.now - _IN_DOUBT)
    return found("message_in_doubt", work.session.exec(query.limit(_AT_MOST)).all())


def _leases(work: Work, real: datetime) -> list[Finding]:
    """Its worker died and none took it over; or its clock has jumped back since: it lapses now."""
    lapsed = col(Message.leased_until) < real - _LEASED
    beyond = col(Message.leased_until) > real + _LONGEST_LEASE
    rows = [*_locked(work, _SENDING, or_(lapsed, beyond)), *_locked(work, _UNKNOWN, beyond)]
    late = [row for row in rows if row.leased_until and row.leased_until < real]
    long = [row for row in rows if row not in late]
    _change(long, leased_until=real)
    return [
        *found("message_lapsed", [row.due_at for row in late]),
        *found("lease_too_long", [row.due_at for row in long], repaired=True),
    ]


def _locked(work: Work, *which: ColumnElement[bool]) -> Sequence[Message]:
    query = select(Message).where(*which).limit(_AT_MOST)
    return work.session.exec(query.with_for_update(skip_locked=True, of=Message)).all()


def _put_off(work: Work) -> list[Finding]:
    """A text about an alert that is due later than any wait makes it: it goes now."""
    queued = col(Message.state) == MessageState.QUEUED
    rows = _locked(work, _about_open_alert(), queued, col(Message.due_at) > work.now + _PUT_OFF)
    _change(rows, due_at=work.now)
    return found("alert_text_put_off", [row.made_at for row in rows], repaired=True)


def _change(rows: Sequence[Message], **values: datetime) -> None:
    for row in rows:
        for name, moment in values.items():
            setattr(row, name, moment)


def _about_open_alert() -> ColumnElement[bool]:
    """Found from the open alerts, which are few."""
    return and_(
        col(Alert.state) != literal_column("'closed'"), col(Alert.state) == AlertState.OPEN,
        col(Message.clinic_id) == col(Alert.clinic_id),
        col(Message.about) == literal("alert:") + col(Alert.id),
        col(Message.staff_id).is_not(None),
    )  # fmt: skip


def _not_taken(work: Work) -> list[Finding]:
    """A text or call about an open alert that its provider has not taken: it is away."""
    query = select(Message.made_at).where(
        _about_open_alert(), OPEN_TEXTS, col(Message.made_at) < work.now - _GOES
    )
    return found("alert_text_not_taken", work.session.exec(query.limit(_AT_MOST)).all())


def _operator_not_reached(work: Work) -> list[Finding]:
    """A text to the operator was refused or did not arrive: nobody may know of what it says."""
    failed = select(Message.made_at).join(Clinic, col(Clinic.id) == Message.clinic_id).where(
        col(Message.about) >= OPERATOR, col(Message.about) < OPERATOR + "~",
        Message.state == MessageState.FAILED, col(Message.made_at) > work.now - _LATELY,
    )  # fmt: skip
    return found("operator_not_reached", work.session.exec(failed.limit(_AT_MOST)).all())


def _without_receipt(work: Work) -> list[Finding]:
    """Taken by the provider, and no word since: somebody on call may know nothing of an alert."""
    query = select(Message.sent_at).where(
        _about_open_alert(), col(Message.state) == MessageState.SENT,
        col(Message.channel) != Channel.TELEGRAM,
        col(Message.sent_at) < work.now - _ARRIVES, col(Message.sent_at) > work.now - _A_DAY,
    )  # fmt: skip
    return found("text_without_receipt", work.session.exec(query.limit(_AT_MOST)).all())


def _to_the_dead(work: Work) -> list[Finding]:
    """A reminder went out although a death is known; found by the addresses of the dead."""
    died = col(Patient.died_on) > (work.now - _DEAD_SINCE).date()
    query = select(Patient.clinic_id, Patient.id, Patient.phone).where(died)
    dead = work.session.exec(query.order_by(col(Patient.died_on).desc()).limit(_AT_MOST)).all()
    if not dead:
        return []
    mine = tuple_(col(Chat.clinic_id), col(Chat.patient_id)).in_([row[:2] for row in dead])
    chats = work.session.exec(select(Chat.id).where(mine))
    addresses = [*map(str, chats), *(phone for *_, phone in dead if phone)]
    sent = select(Message.clinic_id, Message.patient_id, Message.about, Message.sent_at).where(
        col(Message.sent_to).in_(addresses), col(Message.sent_at) > work.now - _JUST
    )
    patients = {row[:2] for row in dead}
    return found("reminder_to_the_dead", [
        at for clinic, patient, about, at in work.session.exec(sent.limit(_AT_MOST))
        if (clinic, patient) in patients and is_reminder(about)
    ])  # fmt: skip
