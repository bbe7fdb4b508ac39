"""When the work of the worker is done: by ticks alone, or woken by Procrastinate too.

Only this differs between one machine and many. The rows, their states and the statements that
claim them are the same.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from sqlalchemy import Engine

from app.clock import Clock
from app.dispatch.ticks import Tick, Ticker
from app.settings import Settings
from app.work import Begin, work_on

__all__ = ["Dispatcher", "Tick", "Ticker", "begin_of", "dispatcher_of"]


class Dispatcher(Protocol):
    def start(self) -> None: ...

    def stop(self) -> None: ...


def begin_of(settings: Settings, engine: Engine, clock: Clock) -> Begin:
    """Transactions, which wake the workers where the dispatcher can."""
    if not is_woken(settings):
        return work_on(engine, clock)
    from app.dispatch.wakes import wake  # 0.6 s that one machine need not pay

    return work_on(engine, clock, wake)


def dispatcher_of(
    settings: Settings, ticks: Sequence[Tick], deliver: Callable[[], object]
) -> Dispatcher:
    """What does the ticks of a worker, and wakes it where the dispatcher can."""
    if not is_woken(settings):
        return Ticker(ticks)
    from app.dispatch.wakes import Wakes

    return Wakes(settings.database_url, ticks, deliver)


def is_woken(settings: Settings) -> bool:
    return settings.dispatcher == "procrastinate"
