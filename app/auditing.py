"""What a worker does for the auditor: its ticks beat, and once a minute all is looked over."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import wraps

import structlog

from app.clock import real_now
from app.services.auditor import Watched, audit
from app.services.findings import Finding
from app.services.heartbeats import beat
from app.settings import Settings
from app.work import Begin

_log = structlog.get_logger("auditor")
_SELDOM = timedelta(seconds=15)  # [own] a fast tick costs a transaction no oftener


class Pulse:
    """Writes that a tick was done: a short transaction of its own, at most every 15 seconds."""

    def __init__(self, begin: Begin, real: Callable[[], datetime] = real_now) -> None:
        self._begin, self._real = begin, real
        self._last: dict[str, datetime] = {}

    def beat(self, name: str) -> None:
        real, last = self._real(), self._last.get(name)
        if last is None or abs(real - last) >= _SELDOM:
            with self._begin() as work:
                beat(work, name, real)
            self._last[name] = real

    def after(self, name: str, do: Callable[[], object]) -> Callable[[], None]:
        """The same tick, which beats when it ends well."""

        @wraps(do)
        def done() -> None:
            do()
            self.beat(name)

        return done


class Auditor:
    """One round of the auditor in its own transaction, with its findings in the log."""

    def __init__(self, begin: Begin, ticks: Mapping[str, float], settings: Settings) -> None:
        self._begin = begin
        fixed = not settings.sandbox
        self._watched = Watched(ticks, settings.audit_every_s, real_now(), fixed)

    def __call__(self) -> list[Finding]:
        with self._begin() as work:
            findings = audit(work, real_now(), self._watched)
        for one in findings:
            oldest = one.oldest and one.oldest.isoformat()
            _log.warning(
                "finding", word=one.word, count=one.count, oldest=oldest, repaired=one.repaired
            )
        return findings
