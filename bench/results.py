"""What an arm of the bench has measured: each figure beside its floor and its bound."""

import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.clock import real_now
from bench.databases import versions


@dataclass(frozen=True, slots=True)
class Line:
    """One figure, the floor of the same run, and the bound that it keeps or not."""

    what: str
    measured: str
    floor: str = ""
    bound: str = ""
    holds: bool | None = None

    @property
    def verdict(self) -> str:
        return {None: "", True: "holds", False: "DOES NOT HOLD"}[self.holds]


@dataclass(frozen=True, slots=True)
class Arm:
    """A part of the bench, with the command that runs it alone."""

    title: str
    command: str
    lines: Sequence[Line]
    notes: str = ""

    @property
    def holds(self) -> bool:
        return all(line.holds is not False for line in self.lines)


def machine() -> str:
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}, "
        f"{versions()}, {real_now():%Y-%m-%d}, load {os.getloadavg()[0]:.1f} when it ended"
    )


def as_table(arm: Arm) -> str:
    rows = [("what", "measured", "floor, same run", "bound", "")]
    rows += [(one.what, one.measured, one.floor, one.bound, one.verdict) for one in arm.lines]
    rows.insert(1, ("---",) * 5)
    table = "\n".join("| " + " | ".join(row) + " |" for row in rows)
    notes = f"\n\n{arm.notes}" if arm.notes else ""
    return f"## {arm.title}\n\n`{arm.command}`\n\n{table}{notes}\n"


def show(arm: Arm) -> None:
    """Print it; the process ends with 1 where a bound does not hold."""
    print(as_table(arm), flush=True)
    raise SystemExit(not arm.holds)


def seconds_of(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def in_turn(
    rounds: int, of: Callable[[Sequence[float]], float] = statistics.median,
    **arms: Callable[[], float],
) -> dict[str, float]:  # fmt: skip
    """The median seconds of each, taken one after the other so that noise meets all alike."""
    took: dict[str, list[float]] = {name: [] for name in arms}
    for _ in range(rounds):
        for name, seconds in took.items():
            seconds.append(arms[name]())
    return {name: of(seconds) for name, seconds in took.items()}
