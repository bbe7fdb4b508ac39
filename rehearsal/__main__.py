"""`python -m rehearsal seed=7 patients=200 days=365 [fault=NAME]`: prints the safety report."""

import gc
import logging
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from rehearsal.faults import FAULTS, planted
from rehearsal.oracle import judge
from rehearsal.report import Report
from rehearsal.run import in_folder, play

_ALONE = 24  # patients that one process plays as fast


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be played."""

    seed: str = "7"
    patients: int = 200
    days: int = 365
    fault: str | None = None

    def parts(self) -> Iterator[tuple["Asked", int, int]]:
        """Two processes for a large cohort, each with the patients of half the zones."""
        count = 1 if self.patients <= _ALONE else 2
        yield from ((self, n, count) for n in range(count))


def rehearsed(part: tuple[Asked, int, int]) -> Report:
    """One part of the cohort, on a database of its own."""
    asked, n, count = part
    gc.set_threshold(50_000, 50, 100)  # SQLAlchemy's statements are short-lived
    logging.disable()
    with tempfile.TemporaryDirectory() as folder, planted(asked.fault):
        engine = in_folder(Path(folder))
        mine = range(n, asked.patients, count)
        report = judge(play(engine, f"{asked.seed}.{n}", mine, asked.days))
        engine.dispose()
        return report


def read(arguments: list[str]) -> Asked:
    """From `name=value`. Raises SystemExit naming what is wrong."""
    told = dict(one.partition("=")[::2] for one in arguments if not one.endswith("="))
    unknown = told.keys() - {"seed", "patients", "days", "fault"}
    fault = told.get("fault")
    if unknown or (fault and fault not in FAULTS):
        raise SystemExit(f"seed=, patients=, days=, fault= one of: {', '.join(FAULTS)}")
    return Asked(
        told.get("seed", "7"), int(told.get("patients", 200)), int(told.get("days", 365)), fault
    )


def main() -> None:
    asked, report = read(sys.argv[1:]), Report()
    with ProcessPoolExecutor() as processes:
        for part in processes.map(rehearsed, asked.parts()):
            report.add(part)
    print(f"A rehearsal of {asked.days} days from seed {asked.seed}", end="")
    print(f", with the fault {asked.fault}\n" if asked.fault else "\n")
    print(report.text())
    raise SystemExit(report.is_red)


if __name__ == "__main__":
    main()
