"""Real workers in processes of their own; each starts in some tens of milliseconds.

They are forked from a process without threads in which everything is imported. Only what was
started here is killed, by its number.
"""

import multiprocessing
import random
import sys

from app.settings import Settings
from app.worker import serve

_STOP_WITHIN_S = 30


def work(settings: Settings, log: str) -> None:
    with open(log, "a", buffering=1) as sys.stdout:
        sys.stderr = sys.stdout
        serve(settings)


class Fleet:
    """So many workers over one database; what they log is added to a file."""

    def __init__(self, settings: Settings, size: int, log: str) -> None:
        self._arguments = settings, log
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["bench.kills.__main__", "app.dispatch.wakes"])
        self._running = [self._started() for _ in range(size)]

    def _started(self):  # type: ignore[no-untyped-def]
        process = self._context.Process(target=work, args=self._arguments)
        process.start()
        return process

    def kill_one(self, chance: random.Random) -> None:
        """kill -9 of one of them, whatever it is about; another takes its place at once."""
        at = chance.randrange(len(self._running))
        self._running[at].kill()
        self._running[at].join()
        self._running[at] = self._started()

    def stop(self) -> None:
        """As a host stops them."""
        for process in self._running:
            process.terminate()
        for process in self._running:
            process.join(_STOP_WITHIN_S)
            process.kill()
