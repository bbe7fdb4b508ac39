"""Many due messages to a sender that takes all at once: PostgreSQL, two workers. `python -m bench.drain`

The floor leases and settles the same rows in the same batches by two bare statements, and makes
no words.
"""

import multiprocessing
import time
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import Engine, text

from app import delivery
from app.database import make_engine
from app.work import work_on
from bench.crowd import CLINIC, NOW, UNPACED, Crowd, fill
from bench.databases import fresh
from bench.null_post import null_post
from bench.queue_page import analyze
from bench.results import Arm, Line, in_turn, show

MESSAGES, WORKERS, ROUNDS = 20_000, 2, 3
BOUND = 2_000
BATCH = delivery._BATCH
_LEASE = text(
    "UPDATE message SET state = 'sending', leased_until = now() + interval '60 s', attempts = attempts + 1 "
    "WHERE (clinic_id, id) IN (SELECT clinic_id, id FROM message WHERE state IN ('queued', 'sending') "
    "AND state = 'queued' AND due_at <= :now ORDER BY due_at LIMIT :batch FOR UPDATE SKIP LOCKED) RETURNING id"
)
_SETTLE = text(
    "UPDATE message SET state = 'sent', sent_at = now(), provider_id = '1' "
    "WHERE clinic_id = :clinic AND id = ANY(:ids)"
)


def measure() -> Arm:
    with fresh("PostgreSQL") as url:
        engine = make_engine(url)
        fill(engine, Crowd(MESSAGES, messages=2))
        took = in_turn(
            ROUNDS, floor=lambda: _drained(engine, url, bare), ours=lambda: _drained(engine, url, deliver)
        )
        engine.dispose()
    rate, floor = MESSAGES / took["ours"], MESSAGES / took["floor"]
    return Arm(
        f"Drain of {MESSAGES:,} due messages, {WORKERS} workers, PostgreSQL", "python -m bench.drain",
        [Line("messages a second", f"{rate:,.0f}", f"{floor:,.0f}", f"at least {BOUND:,}", rate >= BOUND)],
        f"Each to its own chat, with its words, in batches of {BATCH}; rates lifted. The floor is a bare lease and "
        f"settlement of the same rows in the same batches. Medians of {ROUNDS} rounds in turn; the workers "
        "start together and have imported everything.",
    )  # fmt: skip


def deliver(url: str) -> None:
    begin = work_on(make_engine(url), lambda: NOW)
    while delivery.deliver_due(begin, null_post(), UNPACED):
        pass


def bare(url: str) -> None:
    engine = make_engine(url)
    while True:
        with engine.begin() as connection:
            ids = connection.execute(_LEASE, {"now": NOW, "batch": BATCH}).scalars().all()
        if not ids:
            return
        with engine.begin() as connection:
            connection.execute(_SETTLE, {"clinic": CLINIC, "ids": ids})


def _drained(engine: Engine, url: str, work: Callable[[str], None]) -> float:
    """Seconds until two processes have sent all that is due."""
    _queue_all(engine)
    engine.dispose()  # no connection is shared with those who are forked
    context = multiprocessing.get_context("fork")
    ready = context.Barrier(WORKERS + 1)
    workers = [context.Process(target=_worker, args=(work, url, ready)) for _ in range(WORKERS)]
    for one in workers:
        one.start()
    ready.wait(120)
    start = time.perf_counter()
    for one in workers:
        one.join()
    took = time.perf_counter() - start
    if (left := _left(engine)) or any(one.exitcode for one in workers):
        raise RuntimeError(f"{left} messages are left")
    return took


def _worker(work: Callable[[str], None], url: str, ready) -> None:  # type: ignore[no-untyped-def]
    make_engine(url).connect().close()
    ready.wait(120)
    work(url)


def _queue_all(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(
            text("UPDATE message SET state = 'queued', attempts = 0, sent_at = NULL, sent_to = NULL, sent_body = NULL, "
                 "due_at = :due WHERE state = 'sent'"), {"due": NOW - timedelta(minutes=1)},
        )  # fmt: skip
    analyze(engine)


def _left(engine: Engine) -> int:
    with engine.connect() as connection:
        due = text("SELECT count(*) FROM message WHERE state <> 'sent' AND due_at <= :now")
        return int(connection.scalar(due, {"now": NOW}))


if __name__ == "__main__":
    show(measure())
