"""APScheduler as the clock of one process. It keeps nothing: what is due is in the rows."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from apscheduler.schedulers.background import BackgroundScheduler

from app.clock import real_now


@dataclass(frozen=True, slots=True)
class Tick:
    """Something that is done again and again; a tick that is missed is made up by the next."""

    name: str
    seconds: float
    do: Callable[[], object]


class Ticker:
    """Does each at the start and every so many seconds, one at a time of each."""

    def __init__(self, ticks: Sequence[Tick]) -> None:
        self._scheduler = BackgroundScheduler(
            timezone="UTC",
            executors={"default": {"type": "threadpool", "max_workers": max(len(ticks), 1)}},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        # A tick that is still under way when its next is due is no fault.
        logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
        for tick in ticks:
            self._scheduler.add_job(
                tick.do, "interval", seconds=tick.seconds, id=tick.name, next_run_time=real_now()
            )

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        """When what is under way is done."""
        self._scheduler.shutdown(wait=True)
