"""The clock of a rehearsal: it stands still, and is moved to the next thing that happens."""

import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import Any
from unittest.mock import patch

from app import clock as time_of_the_product
from app import delivery
from app.delivery import receipts


class MovedClock:
    """Answers the moment that the rehearsal has come to; it never goes back."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, to: datetime) -> None:
        self.now = max(self.now, to)


@contextmanager
def real_time_is(clock: MovedClock) -> Iterator[None]:
    """Leases and rates, which run on the machine's time, run on the moved clock as well."""
    read = time_of_the_product.real_now
    places = [
        module
        for name, module in list(sys.modules.items())
        if name.split(".")[0] in ("app", "bot") and getattr(module, "real_now", None) is read
    ]
    patches = [patch.object(module, "real_now", clock) for module in places]
    for one in patches:
        one.start()
    try:
        yield
    finally:
        for one in patches:
            one.stop()


class _InTurn:
    """A pool of threads that has none: one after another."""

    def __init__(self, _threads: int) -> None: ...

    def __enter__(self) -> "_InTurn":
        return self

    def __exit__(self, *_: object) -> None: ...

    def map(self, do: Callable[[Any], Any], many: Iterable[Any]) -> list[Any]:
        return [do(one) for one in many]

    def submit(self, do: Callable[..., Any], *told: Any) -> "Future[Any]":
        done: Future[Any] = Future()
        done.set_result(do(*told))
        return done


@contextmanager
def in_turn() -> Iterator[None]:
    """The channels of a delivery work one after another, so that a seed plays the same again."""
    with ExitStack() as stack:
        for module in (delivery, receipts):
            stack.enter_context(patch.object(module, "ThreadPoolExecutor", _InTurn))
        alone = patch.object(delivery._SideBySide, "run", lambda _self, one_round: one_round())
        stack.enter_context(alone)
        yield
