"""The only reader of time.

`Clock` answers aware UTC. In the sandbox the whole system runs on an offset that
its clock service tells; everywhere else the offset is zero.
"""

import json
import time
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]

_REFRESH_S = 0.25


def real_now() -> datetime:
    """The machine's time: for leases, sign-in sessions and rate limits."""
    return datetime.now(UTC)


class OffsetClock:
    """Real time plus the offset that the sandbox's clock service tells.

    The offset is asked anew at most four times a second; while the service does not
    answer, the last offset known stays in force.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._offset = timedelta()
        self._asked_at = float("-inf")

    def __call__(self) -> datetime:
        if time.monotonic() - self._asked_at > _REFRESH_S:
            self._offset = self._ask()
            self._asked_at = time.monotonic()
        return real_now() + self._offset

    def set_offset(self, offset: timedelta) -> None:
        """Take an offset at once, as the clock service does while it steps."""
        self._offset = offset
        self._asked_at = time.monotonic()

    def _ask(self) -> timedelta:
        try:
            with urllib.request.urlopen(self._url, timeout=2) as answer:
                return timedelta(seconds=json.load(answer)["offset_seconds"])
        except OSError:
            return self._offset


def clock_from(url: str | None) -> Clock:
    """The clock of this process: real, or the sandbox's where a URL is set."""
    return OffsetClock(url) if url else real_now
