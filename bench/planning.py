"""A day's reminders of many patients, beside the bare INSERT..SELECT of the same rows.

The floor copies the very rows that were planned from a staging table into the same table, with the
same indexes, committed alike. `python -m bench.planning`
"""

from datetime import timedelta

from sqlalchemy import Engine, text

from app.database import make_engine
from app.services.daily import plan_daily
from app.work import work_on
from bench.crowd import NOW, Crowd, fill
from bench.databases import KINDS, fresh
from bench.results import Arm, Line, in_turn, seconds_of, show
from models import DayPlan

PATIENTS = 100_000
ROUNDS = 3
BOUND = 3.0
ZONE = "Asia/Shanghai"


def measure() -> Arm:
    lines = [line for kind in KINDS for line in measured(kind)]
    return Arm(
        f"Planning: a day's daily reminders of {PATIENTS:,} patients", "python -m bench.planning",
        lines, "One zone, one clinic, 64 hours of the day, a dose told of each of the last two days, "
        "a tenth of the patients with a visit; the day before is planned already. The floor copies the "
        "same rows from a staging table. Medians of "
        f"{ROUNDS} rounds in turn, with the commit.",
    )  # fmt: skip


def measured(kind: str) -> list[Line]:
    with fresh(kind) as url:
        engine = make_engine(url)
        fill(engine, Crowd(PATIENTS, reminded=True, doses=2, visits=0.1))
        _run(engine, "ANALYZE")
        rows = _first_day(engine)
        took = in_turn(ROUNDS, floor=lambda: _floor(engine), ours=lambda: _ours(engine, rows))
        idle = in_turn(ROUNDS, idle=lambda: seconds_of(lambda: _plan(engine)))["idle"]
        engine.dispose()
    ratio = took["ours"] / took["floor"]
    return [
        Line(f"{kind}: {rows:,} rows planned", f"{took['ours']:.2f} s", f"{took['floor']:.2f} s",
             f"at most {BOUND:g} times", ratio <= BOUND),
        Line(f"{kind}: planned over bare", f"{ratio:.2f} times"),
        Line(f"{kind}: a round that finds all planned", f"{idle * 1000:.1f} ms"),
    ]  # fmt: skip


def _first_day(engine: Engine) -> int:
    """Plan both days; keep the second in a staging table. How many rows it has."""
    _plan(engine)
    day_after = (NOW + timedelta(hours=24)).isoformat(" ", "microseconds")[:26]
    later = f"due_at > '{day_after}+00:00'" if engine.name == "postgresql" else f"due_at > '{day_after}'"
    _run(engine, f"CREATE TABLE staging AS SELECT * FROM message WHERE key = 'dose.daily' AND {later}")
    return _count(engine, "staging")


def _floor(engine: Engine) -> float:
    _empty(engine)
    return seconds_of(lambda: _run(engine, "INSERT INTO message SELECT * FROM staging"))


def _ours(engine: Engine, rows: int) -> float:
    _empty(engine)
    with work_on(engine, lambda: NOW)() as work:
        work.session.get_one(DayPlan, ZONE).planned_to = NOW + timedelta(hours=24)
        work.session.get_one(DayPlan, ZONE).looked_at = NOW
    took = seconds_of(lambda: _plan(engine, seconds=1))
    if (planned := _count(engine, "message WHERE dedupe IN (SELECT dedupe FROM staging)")) != rows:
        raise RuntimeError(f"planned {planned} rows of {rows}")
    return took


def _plan(engine: Engine, seconds: int = 0) -> None:
    with work_on(engine, lambda: NOW + timedelta(seconds=seconds))() as work:
        plan_daily(work)


def _count(engine: Engine, what: str) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(text(f"SELECT count(*) FROM {what}")))


def _empty(engine: Engine) -> None:
    _run(engine, "DELETE FROM message WHERE dedupe IN (SELECT dedupe FROM staging)")
    if engine.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE message"))


def _run(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


if __name__ == "__main__":
    show(measure())
