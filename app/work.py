"""One transaction, one moment."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session

from app.clock import Clock


@dataclass(frozen=True, slots=True)
class Work:
    """A transaction, and the moment it happens (aware UTC)."""

    session: Session
    now: datetime


Begin = Callable[[], AbstractContextManager[Work]]
Wake = Callable[[Session], None]

_DUE = "due"


def is_due_now(work: Work) -> None:
    """Have the workers woken by this transaction: it leaves something to be done at once."""
    work.session.info[_DUE] = True


def work_on(engine: Engine, clock: Clock, wake: Wake | None = None) -> Begin:
    """Make `begin`, which commits on leaving and rolls back on any error.

    `wake` is the last thing before a commit that leaves something due.
    """

    @contextmanager
    def begin() -> Iterator[Work]:
        with Session(engine, expire_on_commit=False) as session, session.begin():
            yield Work(session, clock())
            if wake is not None and session.info.get(_DUE):
                session.flush()
                wake(session)

    return begin


def read_on(engine: Engine, clock: Clock) -> Begin:
    """Make `read`, which takes no write lock and never writes."""
    reading = engine.execution_options(read_only=True)

    @contextmanager
    def read() -> Iterator[Work]:
        with Session(reading, expire_on_commit=False) as session:
            yield Work(session, clock())

    return read
