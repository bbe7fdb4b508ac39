"""Each part of the clockwork writes that it is alive; others see when one is late.

Beats are of real time: a clock that is moved in the sandbox makes nobody late.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import select

from app.database import INSERT
from app.work import Work
from models import Heartbeat

AUDITOR, BOT = "auditor", "bot"
ROUNDS_MISSED = 3  # [own] of the auditor's or the bot's beats, after which one is late


def beat(work: Work, name: str, real: datetime, findings: Sequence[str] = ()) -> None:
    """Write that something is alive now; two that beat at once do so one after the other."""
    said = {"beat_at": real, "at": work.now, "findings": list(findings)}
    made = INSERT[work.session.get_bind().dialect.name](Heartbeat).values(name=name, **said)
    work.session.execute(made.on_conflict_do_update(index_elements=["name"], set_=said))


def last_beat(work: Work, name: str) -> Heartbeat | None:
    query = select(Heartbeat).where(Heartbeat.name == name)
    return work.session.exec(query.execution_options(populate_existing=True)).first()


def all_beats(work: Work) -> Sequence[Heartbeat]:
    query = select(Heartbeat).order_by(Heartbeat.name)
    return work.session.exec(query.execution_options(populate_existing=True)).all()


def silent_since(last: Heartbeat | None, watched_since: datetime) -> datetime:
    """Since when nothing was heard: whoever watches expects nothing of the time before."""
    return max(last.beat_at, watched_since) if last else watched_since


def rounds(every_s: float) -> timedelta:
    """How long a part that beats every so many seconds may be silent."""
    return timedelta(seconds=every_s * ROUNDS_MISSED)
