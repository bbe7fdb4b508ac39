"""Finding what is due among what is planned and sent, at 1 000 and at 100 000 patients.

A round of the worker with 50 messages due, and one with nothing due, to a sender that takes
everything at once. `python -m bench.due_scan`
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from itertools import count

from sqlalchemy import Engine, insert
from sqlmodel import Session

from app.database import make_engine
from app.delivery import deliver_due
from app.work import work_on
from bench.crowd import NOW, UNPACED, Crowd, fill, message
from bench.databases import KINDS, fresh
from bench.null_post import null_post
from bench.queue_page import FEW, MANY, analyze
from bench.results import Arm, Line, in_turn, seconds_of, show
from models import Message

DUE = 50
ROUNDS = 20
BOUND = 1.5
_numbers = count(10)


def measure() -> Arm:
    return Arm(
        f"Due scan at {FEW:,} and at {MANY:,} patients", "python -m bench.due_scan",
        [line for kind in KINDS for line in measured(kind)],
        "Each patient has one message sent and two planned. The floor is the same at "
        f"{FEW:,} patients. The quickest of {ROUNDS} rounds in turn.",
    )  # fmt: skip


def measured(kind: str) -> Iterator[Line]:
    with ExitStack() as stack:
        few, many = (stack.enter_context(planned(kind, size)) for size in (FEW, MANY))
        for due in (DUE, 0):
            for engine in (few, many):
                _round(engine, due)
            took = in_turn(ROUNDS, min, few=lambda d=due: _round(few, d), many=lambda d=due: _round(many, d))
            ratio = took["many"] / took["few"]
            yield Line(
                f"{kind}: a round with {due} due", f"{took['many'] * 1000:.1f} ms",
                f"{took['few'] * 1000:.1f} ms", f"at most {BOUND:g} times: {ratio:.2f}", ratio <= BOUND,
            )  # fmt: skip


def _round(engine: Engine, due: int) -> float:
    nth = next(_numbers)
    if due:
        whose = ((nth * due + n) % FEW for n in range(due))  # nobody gets too much
        rows = [message(n, nth, NOW - timedelta(minutes=1)) for n in whose]
        with Session(engine) as session, session.begin():
            session.execute(insert(Message), rows)
    done: list[int] = []
    begin = work_on(engine, lambda: NOW)
    took = seconds_of(lambda: done.append(deliver_due(begin, null_post(), UNPACED)))
    if done != [due]:
        raise RuntimeError(f"{done} of {due} were delivered")
    return took


@contextmanager
def planned(kind: str, patients: int) -> Iterator[Engine]:
    with fresh(kind) as url:
        engine = make_engine(url)
        fill(engine, Crowd(patients, messages=3))
        analyze(engine)
        yield engine
        engine.dispose()


if __name__ == "__main__":
    show(measure())
