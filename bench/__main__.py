"""Every arm, each beside its floor; written to bench/RESULTS.md with the machine: `make bench`"""

import time
from datetime import timedelta
from pathlib import Path

from bench import bayes, bot, drain, due_scan, grade_3, planning, queue_page, summary_page
from bench.results import Arm, as_table, machine

RESULTS = Path("bench/RESULTS.md")
ARMS = (bayes, planning, queue_page, summary_page, due_scan, drain, grade_3, bot)


def main() -> None:
    start, arms = time.monotonic(), list[Arm]()
    for arm in ARMS:
        arms.append(arm.measure())
        print(as_table(arms[-1]), flush=True)
    took = timedelta(seconds=round(time.monotonic() - start))
    RESULTS.write_text(_written(arms, took), "utf-8")
    raise SystemExit(not all(arm.holds for arm in arms))


def _written(arms: list[Arm], took: timedelta) -> str:
    head = (
        f"# Results\n\nWritten by `make bench`: {machine()}; {took} in all. Floors, load and stand-ins run on the same\n"
        "machine: compare the figures of one run, never the seconds of two.\n"
    )
    return "\n".join([head, *(as_table(arm) for arm in arms)])


if __name__ == "__main__":
    main()
