"""A Bayesian estimate for 60 doses and 4 levels, beside the plain sum over its doses."""

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import numpy as np

from app.clinical.bayes import PRIORS, DoseGiven, LevelMeasured, estimate
from app.clinical.bayes.kinetics import superposed
from bench.results import Arm, Line, show

ROUNDS, REPEATS = 5, 40
BOUND_MS = 20.0


def median_ms(act: Callable[[], object]) -> float:
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(REPEATS):
            act()
        rounds.append((time.perf_counter() - start) / REPEATS * 1000)
    return statistics.median(rounds)


def measure() -> Arm:
    start = datetime(2026, 8, 1, tzinfo=UTC)
    doses = [DoseGiven(start + timedelta(days=day), 400) for day in range(60)]
    drawn = (30, 40, 50, 60)
    levels = [LevelMeasured(start + timedelta(days=day), 1150.0 + day) for day in drawn]
    at, taken, mg = np.array(drawn) * 24.0, np.arange(60) * 24.0, np.full(60, 400.0)
    floor = median_ms(lambda: superposed(at, taken, mg, 9.72, 229.0, 1.22))
    lines = []
    for code, prior in PRIORS.items():
        took = median_ms(lambda prior=prior: estimate(doses, levels, 400, prior))
        lines.append(Line(f"estimate with intervals, curve and three doses, {code}", f"{took:.2f} ms",
                          f"{floor:.3f} ms", f"under {BOUND_MS:g} ms", took < BOUND_MS))  # fmt: skip
    return Arm(
        "Estimate", "python -m bench.bayes", lines,
        f"60 doses and 4 levels, medians of {ROUNDS} rounds of {REPEATS}; the floor is one evaluation of the model.",
    )  # fmt: skip


if __name__ == "__main__":
    show(measure())
