"""Procrastinate wakes a worker, on any machine, when a transaction left something due.

The wake-up is written by that transaction on its own connection, so that it is there if and
only if the rows are. One that waits is enough for all that is due. It carries nothing: what
is lost with a worker that dies is only time, and the ticks make up for it.
"""

import asyncio
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace

import psycopg
import structlog
from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import JobDeferrer, Status
from sqlmodel import Session

from app.dispatch.ticks import Tick, Ticker

_log = structlog.get_logger("worker")
_NAME = "deliver"  # of the task, of its queue, and of the lock that leaves one waiting
_TICK_S = 2  # at least: many machines tick, and what is due at once wakes one
_COMMITTED_WITHIN_S = 0.02
_PATIENCE_S = 1.0
_EACH_MINUTE = "* * * * *"
_RETRY_STALLED = "retry_stalled"
_LOCK = 0x67697374  # of whoever makes the tables
_writing = App(connector=SyncPsycopgConnector())  # never opened: it writes over the writer's own


def wake(session: Session) -> None:
    """Have a worker woken by the commit of this session; the last thing before it.

    A wake-up that cannot be written costs the time to the next tick, and not the fact.
    """
    connection = session.connection()
    try:
        with suppress(AlreadyEnqueued), connection.begin_nested():
            _wake_up(_writing, connection.connection.driver_connection).defer()
    except ConnectorException as error:
        _log.error("no wake-up written", error=str(error.__cause__))


def _wake_up(app: App, connection: object = None) -> JobDeferrer:
    return app.configure_task(_NAME, queue=_NAME, queueing_lock=_NAME, connection=connection)


def make_tables(database_url: str) -> bool:
    """Make Procrastinate's tables; False when they were there. Two at once make them once."""
    conninfo = _conninfo(database_url)
    app = App(connector=SyncPsycopgConnector(conninfo=conninfo, min_size=1, max_size=1))
    with psycopg.connect(conninfo) as one_at_a_time, app.open():
        one_at_a_time.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        if app.check_connection():
            return False
        app.schema_manager.apply_schema()
        return True


def _conninfo(database_url: str) -> str:
    return database_url.replace("postgresql+psycopg://", "postgresql://", 1)


class Wakes:
    """Delivers when woken; and ticks, for what falls due later or was left by the dead."""

    def __init__(
        self, database_url: str, ticks: Sequence[Tick], deliver: Callable[[], object]
    ) -> None:
        self._ticker = Ticker([replace(t, seconds=max(t.seconds, _TICK_S)) for t in ticks])
        self._conninfo, self._deliver = _conninfo(database_url), deliver
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run)

    def start(self) -> None:
        self._ticker.start()
        self._woken = self._loop.create_task(self._be_woken())
        self._thread.start()

    def stop(self) -> None:
        """When what is under way is done."""
        self._loop.call_soon_threadsafe(self._woken.cancel)
        self._thread.join()
        self._ticker.stop()

    def _run(self) -> None:
        with suppress(asyncio.CancelledError):
            self._loop.run_until_complete(self._woken)

    async def _be_woken(self) -> None:
        """Procrastinate's worker ends when the database is away: it is started anew."""
        while True:
            app = self._app()
            try:
                async with app.open_async():
                    await app.run_worker_async(
                        queues=[_NAME], delete_jobs="always", install_signal_handlers=False
                    )
            except (ConnectorException, psycopg.Error) as error:
                _log.error("no wake-ups", error=str(error.__cause__ or error))
            await asyncio.sleep(_PATIENCE_S)

    def _app(self) -> App:
        app = App(connector=PsycopgConnector(conninfo=self._conninfo, min_size=1, max_size=2))
        app.task(name=_NAME, queue=_NAME)(self._woken_up)
        retry = app.task(name=_RETRY_STALLED, queue=_NAME, pass_context=True)(_retry_stalled)
        app.periodic(cron=_EACH_MINUTE, queueing_lock=_RETRY_STALLED, queue=_NAME)(retry)
        return app

    def _woken_up(self) -> None:
        """Whoever found this wake-up waiting, and wrote none, has committed by then."""
        time.sleep(_COMMITTED_WITHIN_S)
        self._deliver()


async def _retry_stalled(context, timestamp: int) -> None:  # type: ignore[no-untyped-def]
    """What a worker that died was doing is to be done by another."""
    app = context.app
    for job in await app.job_manager.get_stalled_jobs(queue=_NAME):
        await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)
        if job.task_name == _NAME:
            with suppress(AlreadyEnqueued):
                await _wake_up(app).defer_async()
