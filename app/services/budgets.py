"""Rates that all processes keep together: the bot's in `rate_budget`, a chat's in its own row.

Both hold the moment of the next place, by real time. One that is too far ahead was written by a
clock that has jumped since, and counts for nothing.
"""

from datetime import UTC, datetime

import structlog
from sqlalchemy import update
from sqlmodel import col, select

from app.clock import real_now
from app.database import DATABASE_AWAY, INSERT
from app.senders.rate import Rate
from app.senders.throttle import Take
from app.work import Begin, Work
from models import Chat, RateBudget

_log = structlog.get_logger("budgets")
_BOT = "telegram"
_BOT_AHEAD_S, _CHAT_AHEAD_S = 60.0, 3600.0  # [own] further ahead no place can be
_SOON_S = 0.05  # a place that is so near is now


def shared_by(begin: Begin, rate: Rate) -> Take:
    """Take places of the bot's rate, in a short transaction of its own."""

    def take(places: int) -> float | None:
        try:
            with begin() as work:
                return _take_of_bot(work, rate, places)
        except DATABASE_AWAY as error:
            _log.error("database does not answer", error=type(error).__name__)
            return None

    return take


def _take_of_bot(work: Work, rate: Rate, places: int) -> float:
    row = _locked(work)
    now = real_now().timestamp()
    first = rate.first(_read(row.free_at, now, _BOT_AHEAD_S), now)
    row.free_at = _moment(first + places * rate.gap_s)
    return first - now


def _locked(work: Work) -> RateBudget:
    row = work.session.get(RateBudget, _BOT, with_for_update=True)
    if row is not None:
        return row
    insert = INSERT[work.session.get_bind().dialect.name]
    made = insert(RateBudget).values(key=_BOT, free_at=real_now())
    work.session.execute(made.on_conflict_do_nothing())
    return work.session.get_one(RateBudget, _BOT, with_for_update=True)


def reply_wait_s(chat: Chat, rate: Rate, patience_s: float) -> float:
    """Seconds until a reply's place in its chat, whose row is locked.

    A place that comes later than anybody is ready to wait is left to others.
    """
    if not rate:
        return 0.0
    now = real_now().timestamp()
    first = rate.first(_read(chat.paced_until, now, _CHAT_AHEAD_S), now)
    if first - now <= patience_s:
        chat.paced_until = _moment(first + rate.gap_s)
    return max(first - now, 0.0)


def hold_chat(chat: Chat, wait_s: float) -> None:
    """Telegram wants nothing in this chat for so long."""
    chat.paced_until = _moment(real_now().timestamp() + wait_s)


class ChatPlaces:
    """The places that a worker takes, at once for all chats of a batch.

    A chat whose row is locked is `busy`: its patient is writing, and a reply goes first.
    """

    def __init__(self, work: Work, rate: Rate, chats: set[int]) -> None:
        self._rate, self._now = rate, real_now().timestamp()
        self._free_at: dict[int, float] = {}
        self._taken: set[int] = set()
        self.busy: set[int] = set()
        if chats:
            self._read_all(work, chats)

    def _read_all(self, work: Work, chats: set[int]) -> None:
        known = select(Chat.id, Chat.paced_until).where(col(Chat.id).in_(chats))
        free = work.session.exec(known.with_for_update(skip_locked=True)).all()
        self._free_at = {chat: _read(until, self._now, _CHAT_AHEAD_S) for chat, until in free}
        self.busy = set(work.session.exec(select(Chat.id).where(col(Chat.id).in_(chats))))
        self.busy -= self._free_at.keys()

    def wait_s(self, chat: int) -> float:
        """Take a place when there is one now; else seconds until the next."""
        if chat not in self._free_at:
            return 0.0
        first = self._rate.first(self._free_at[chat], self._now)
        if first - self._now > _SOON_S:
            return first - self._now
        self._free_at[chat] = first + self._rate.gap_s
        self._taken.add(chat)
        return 0.0

    def write(self, work: Work) -> None:
        rows = [{"id": chat, "paced_until": _moment(self._free_at[chat])} for chat in self._taken]
        if rows:
            work.session.execute(update(Chat), rows)


def _read(until: datetime | None, now: float, ahead_s: float) -> float:
    at = until.timestamp() if until else 0.0
    return at if at - now <= ahead_s else 0.0


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
