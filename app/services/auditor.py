"""Proves each minute that alerts go from person to person, messages move and no clock is late.

What can be put right is put right at once. What is there in two rounds one after the other is
told to the operator.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import select

from app.services.alarms import OPERATOR, alarm
from app.services.auditor_alerts import alert_findings
from app.services.auditor_messages import message_findings
from app.services.findings import Finding, found, read_finding
from app.services.heartbeats import AUDITOR, BOT, beat, last_beat, rounds, silent_since
from app.services.messages import cancel_about
from app.work import Work
from models import Heartbeat
from models.clinic import UNLINKED

_ALLOWED = timedelta(minutes=2)  # [own] beyond two of its periods, before a tick is late
_JUMP = timedelta(seconds=5)  # [own]
_BOT_SILENT = "bot_silent"
WORKER_SILENT = "worker_silent"  # which is for others to say


@dataclass(frozen=True, slots=True)
class Watched:
    """What is expected: each tick every so many seconds, and an audit too.

    `since` (real time) is when the auditor's process began; a clock that is not `fixed` may be
    moved, in the sandbox. `apart` is how far the database's clock may be from ours: half a lease.
    """

    ticks: Mapping[str, float]
    every_s: float
    since: datetime
    fixed: bool = True
    apart: timedelta = timedelta(seconds=30)


def audit(work: Work, real: datetime, watched: Watched) -> list[Finding]:
    """One round; of several auditors one does it, and the others find nothing to do."""
    before = last_beat(work, AUDITOR)
    if before and timedelta() <= real - before.beat_at < timedelta(seconds=watched.every_s / 2):
        return []
    beat(work, AUDITOR, real)
    cancel_about(work, UNLINKED, OPERATOR + WORKER_SILENT, "the worker is back")
    findings = [
        *message_findings(work, real), *alert_findings(work), *_ticks(work, real, watched),
        *_moved(work, real, watched, before), *_clocks_apart(work, real, watched),
    ]  # fmt: skip
    beat(work, AUDITOR, real, [str(one) for one in findings])
    _tell_operator(work, findings, before)
    return findings


def _tell_operator(work: Work, findings: list[Finding], before: Heartbeat | None) -> None:
    known = {read_finding(said).word for said in before.findings} if before else set()
    lasting = {one.word for one in findings} & known
    if _BOT_SILENT in {one.word for one in findings}:
        alarm(work, UNLINKED, _BOT_SILENT)
    if lasting - {_BOT_SILENT}:
        alarm(work, UNLINKED, "clockwork")


def _ticks(work: Work, real: datetime, watched: Watched) -> list[Finding]:
    """The ticks of the workers, and the bot, that were not heard in their time."""
    may_take = {
        name: 2 * timedelta(seconds=every) + _ALLOWED for name, every in watched.ticks.items()
    }
    silent = {name: silent_since(last_beat(work, name), watched.since) for name in [*may_take, BOT]}
    late = [silent[name] for name, time in may_take.items() if real - silent[name] > time]
    no_bot = [silent[BOT]] if real - silent[BOT] > rounds(watched.every_s) else []
    return [*found("tick_late", late), *found(_BOT_SILENT, no_bot)]


def _moved(
    work: Work, real: datetime, watched: Watched, before: Heartbeat | None
) -> list[Finding]:
    """The clock went back, or ours and the machine's differ otherwise than a round ago."""
    if before is None:
        return []
    shifted = abs((work.now - real) - (before.at - before.beat_at)) > _JUMP
    back = before.beat_at > real + _JUMP
    return found("clock_moved", [before.beat_at] * (back or (watched.fixed and shifted)),
                 repaired=True)  # fmt: skip


def _clocks_apart(work: Work, real: datetime, watched: Watched) -> list[Finding]:
    """Leases are compared across machines: the database's clock and ours must agree."""
    if work.session.get_bind().dialect.name != "postgresql":
        return []
    theirs = work.session.exec(select(func.clock_timestamp())).one()
    return found("clocks_apart", [theirs] * (abs(theirs - real) > watched.apart))
