"""A text or call that perhaps went out is looked up at its provider before any repeat."""

from concurrent.futures import Executor
from datetime import datetime, timedelta

from sqlmodel import col, select

from app.clock import real_now
from app.delivery.claiming import lapsed, open_texts
from app.delivery.post import Way
from app.senders import Fate, Sent, Unavailable
from app.services.overtaken import CALLED_ANEW, is_called_anew
from app.services.settling import settle
from app.work import Begin, Work
from models import Channel, Message, MessageState

_SKEW = timedelta(seconds=10)  # by which Twilio's clock may differ from ours
_LOOK_UPS = 5


def reconcile(
    begin: Begin, channel: Channel, way: Way, lease: timedelta, senders: Executor
) -> None:
    """Look up what is in doubt; each look is leased, so that two workers do not both take it.

    A call whose person was called anew in the same words is of no use, and would be taken for that.
    """
    with begin() as work:
        doubtful = _doubtful(work, channel, real_now() + lease)
        idle = {row.id for row in doubtful if is_called_anew(work, row)}
    found = senders.map(lambda row: _found(row, way, row.id in idle), doubtful)
    for row, fate in zip(doubtful, found, strict=True):
        with begin() as work:
            settle(work, row.clinic_id, row.id, _its_own(work, row, fate), row.attempts)


def _found(row: Message, way: Way, is_idle: bool) -> Fate:
    if is_idle:
        return Unavailable(CALLED_ANEW, 0)
    if row.sent_to is None:  # what is written before anything is handed over
        return Unavailable("never handed over", 0)
    return way.look_up(row.sent_to, str(row.sent_body), row.made_at - _SKEW)


def _its_own(work: Work, row: Message, fate: Fate) -> Fate:
    """What is listed may be another message's: of a call the list does not tell what it said."""
    if not isinstance(fate, Sent):
        return fate
    query = select(Message.id).where(
        Message.provider_id == fate.provider_id, Message.id != row.id
    )
    other = work.session.exec(query.limit(1)).first()
    return fate if other is None else Unavailable("only another's is listed", 0)


def _doubtful(work: Work, channel: Channel, until: datetime) -> list[Message]:
    in_doubt = (MessageState.SENDING, MessageState.UNKNOWN)
    query = select(Message).where(open_texts(), lapsed(), Message.channel == channel)
    query = query.where(col(Message.state).in_(in_doubt)).limit(_LOOK_UPS)
    rows = list(work.session.exec(query.with_for_update(skip_locked=True)))
    for row in rows:
        if row.state == MessageState.SENDING:
            row.state, row.reason = MessageState.UNKNOWN, "its worker died"
        row.leased_until = until
    return rows
