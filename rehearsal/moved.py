"""The clock of a rehearsal: it stands still, and is moved to the next thing that happens."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch

from app import clock as time_of_the_product


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
