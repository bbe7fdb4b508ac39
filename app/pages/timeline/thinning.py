"""Which of many marks are shown where they would lie on each other: always the worst."""

from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Mark:
    """Something at a place (px) with half its width; the greater `worth` is shown first."""

    x: float
    half: float
    worth: tuple[float, ...]
    what: Any


def apart(marks: Iterable[Mark]) -> list[Mark]:
    """The marks that are shown, from left to right: no two of them overlap.

    One is left out only where another of at least its worth lies over it, so that the worst of
    all is there, at its own time.
    """
    shown: list[Mark] = []
    for mark in sorted(marks, key=lambda one: one.worth, reverse=True):
        place = bisect(shown, mark.x, key=lambda one: one.x)
        if not any(_overlap(mark, one) for one in shown[max(0, place - 1) : place + 1]):
            shown.insert(place, mark)
    return shown


def _overlap(one: Mark, other: Mark) -> bool:
    return abs(one.x - other.x) < one.half + other.half
