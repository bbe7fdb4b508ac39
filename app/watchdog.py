"""The worker may be dead, so the bot looks too: it texts the operator itself.

The row comes first, already leased, so that of several bots one sends it; one that Twilio did
not take is tried again in the next round, and every hour is a new text.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlmodel import col, select

from app.clock import real_now
from app.senders import Fate
from app.services.alarms import OPERATOR, alarm
from app.services.auditor import WORKER_SILENT
from app.services.heartbeats import AUDITOR, BOT, beat, last_beat, rounds, silent_since
from app.services.messages import reference_to
from app.services.settling import settle
from app.settings import Settings
from app.texts import Reader, language_of
from app.texts.render import render
from app.work import Begin, Work
from models import Clinic, Message, MessageState
from models.clinic import UNLINKED

_log = structlog.get_logger("watchdog")
_LEASE = timedelta(seconds=60)

Send = Callable[[str, str, str], Fate]  # to, words, our reference


@dataclass(frozen=True, slots=True)
class Watchdog:
    """Who watches since when (real time), over which database, and how a text is sent."""

    begin: Begin
    send: Send
    settings: Settings
    since: datetime

    def look(self, real: datetime) -> bool:
        """Beat for the bot; text the operator when no auditor was heard in time, and say so."""
        with self.begin() as work:
            beat(work, BOT, real)  # locks its row: two bots look one after the other
            row = self._leased(work, real) if self._is_silent(work, real) else None
        if row is None:
            return False
        _log.warning("worker silent", attempts=row.attempts)
        fate = self.send(str(row.sent_to), str(row.sent_body), reference_to(row.clinic_id, row.id))
        with self.begin() as work:
            settle(work, row.clinic_id, row.id, fate, row.attempts)
        return True

    def _is_silent(self, work: Work, real: datetime) -> bool:
        since = silent_since(last_beat(work, AUDITOR), self.since)
        return real - since > rounds(self.settings.audit_every_s)

    def _leased(self, work: Work, real: datetime) -> Message | None:
        """The text of this hour with its words, where it is still to be sent."""
        alarm(work, UNLINKED, WORKER_SILENT)
        query = select(Message).where(
            Message.clinic_id == UNLINKED, Message.about == OPERATOR + WORKER_SILENT
        )
        row = work.session.exec(query.order_by(col(Message.id).desc()).limit(1)).one()
        if row.state != MessageState.QUEUED or row.due_at > work.now:
            return None
        clinic = work.session.get_one(Clinic, UNLINKED)
        reader = Reader(language_of(clinic.language), clinic.time_zone)
        row.state, row.leased_until = MessageState.SENDING, real + _LEASE
        row.attempts += 1
        row.sent_to = self.settings.operator_phone
        row.sent_body = render(row.key, row.data, reader).text
        return row


async def watch(dog: Watchdog, every_s: float) -> None:
    """Look again and again, in a thread; a bot whose loop stands still beats no more."""
    while True:
        try:
            await asyncio.to_thread(dog.look, real_now())
        except Exception as error:  # noqa: BLE001 whoever watches must not fall asleep
            _log.error("no look at the worker", error=type(error).__name__)
        await asyncio.sleep(every_s)
