"""The worker: a clock that ticks, rows as the work. `python -m app.worker`"""

import asyncio
import signal
import threading
from collections.abc import Sequence
from dataclasses import replace

import structlog

from app.auditing import Auditor, Pulse
from app.clock import Clock, clock_from
from app.database import make_engine
from app.delivery import Post, Way, deliver_due, poll_receipts
from app.dispatch import Tick, begin_of, dispatcher_of
from app.fetching import fetch_due
from app.media_files import make_folder
from app.senders import Fate, Refused, Unavailable
from app.senders.rate import bot_rate
from app.senders.sms import Sms
from app.senders.telegram import Telegram
from app.senders.voice import Voice
from app.services.budgets import shared_by
from app.services.calls_kept import settle_calls
from app.services.daily import plan_daily
from app.services.escalation import escalate_due
from app.services.planning import plan_prompts
from app.services.recall_rows import settle_recall
from app.services.strangers import forget_strangers, forget_updates
from app.services.unattended import note_undrawn
from app.settings import Settings, load_settings
from app.sweeping import sweep
from app.texts.render import Rendered
from app.work import Begin, read_on
from app.worker_events import listen_for_events

_log = structlog.get_logger("worker")


class Worker:
    """Delivers what is due, one batch at a time, until told to stop."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        engine = make_engine(settings.database_url)
        self.begin: Begin = begin_of(settings, engine, clock)
        self._read = read_on(engine, clock)
        self._loop = asyncio.new_event_loop()
        self._telegram = Telegram(settings, shared_by(self.begin, bot_rate(settings)))
        sms = Sms(settings)
        calls = Voice(settings)
        by_voice = Way(calls.send, calls.look_up, calls.fetch)
        self._post = Post(self._say, sms.send, sms.look_up, sms.fetch, by_voice)
        self._pulse = Pulse(self.begin)
        self._one_at_a_time = threading.Lock()
        self._one_plan_at_a_time = threading.Lock()

    def ticks(self) -> tuple[Tick, ...]:
        """All that is done again and again, and looked over by the auditor."""
        ticks = (
            Tick("deliver", 0.5, self.deliver),
            Tick("escalate", 2, self.escalate),
            Tick("fetch", 1, self.fetch),
            Tick("poll", 10, self.poll),
            Tick("plan", 30, self.plan),
            Tick("prune", 3600, self.prune),
        )
        beating = [replace(tick, do=self._pulse.after(tick.name, tick.do)) for tick in ticks]
        every = {tick.name: tick.seconds for tick in ticks}
        audit = Auditor(self.begin, every, self._settings)
        return (*beating, Tick("audit", self._settings.audit_every_s, audit))

    def start(self) -> None:
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self._await(self._telegram.open())

    def stop(self) -> None:
        self._await(self._telegram.close())
        self._loop.call_soon_threadsafe(self._loop.stop)

    def deliver(self) -> int:
        """Deliver until nothing is due; how many messages were handled."""
        total = 0
        with self._one_at_a_time:
            while done := deliver_due(self.begin, self._post, self._settings):
                total += done
                self._pulse.beat("deliver")
        return total

    def escalate(self) -> None:
        """Alerts whose time has come go to the next person."""
        due = True
        while due:
            with self.begin() as work:
                due = bool(escalate_due(work))

    def poll(self) -> None:
        """Ask about texts whose receipts did not come."""
        while poll_receipts(self.begin, self._post):
            self._pulse.beat("poll")

    def fetch(self) -> int:
        """Fetch the photos and voice notes that are due; how many were handled."""
        return fetch_due(self.begin, self._download, self._settings)

    def plan(self) -> None:
        """Plan what is due by the calendar, and notice what did not happen in its time."""
        with self._one_plan_at_a_time:
            plan_prompts(self.begin)
            with self.begin() as work:
                plan_daily(work)
                note_undrawn(work)
            settle_recall(self.begin)
            settle_calls(self._read, self.begin)

    def prune(self) -> None:
        """Forget updates that Telegram can no longer repeat, strangers, and files without a row."""
        with self.begin() as work:
            forget_updates(work)
            forget_strangers(work)
        sweep(self.begin, self._settings.media_folder)

    def _say(self, many: Sequence[tuple[int, Rendered]]) -> list[Fate]:
        return self._await(self._telegram.send_all(many))

    def _download(self, file_id: str, at_most: int) -> bytes | Refused | Unavailable:
        return self._await(self._telegram.download(file_id, at_most))

    def _await(self, coroutine):  # type: ignore[no-untyped-def]
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()


_STOPS = {signal.SIGINT, signal.SIGTERM}


def serve(settings: Settings) -> None:
    """Do all that ticks, by the dispatcher of the settings, until told to stop."""
    signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS)  # by all threads: none is lost before the wait
    make_folder(settings.media_folder)
    clock = clock_from(settings.clock_url)
    worker = Worker(settings, clock)
    worker.start()
    dispatcher = dispatcher_of(settings, worker.ticks(), worker.deliver)
    events = listen_for_events(settings, clock, worker) if settings.sandbox else None
    dispatcher.start()  # the last that can fail: from here on its threads keep the process alive
    _log.info("worker ready", dispatcher=settings.dispatcher)
    signal.sigwait(_STOPS)
    dispatcher.stop()
    if events is not None:
        events.shutdown()
    worker.stop()


if __name__ == "__main__":
    serve(load_settings())
