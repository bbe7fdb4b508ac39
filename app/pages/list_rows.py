"""The rows of a list as its preview shows them: what was read, what becomes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from app.pages.list_kept_as import level_as, value_as
from app.services.lab_list import Checked, Fault, Rows
from app.services.lab_list.asking import Ask
from app.services.lab_list.heads import Head
from models import Sample

State = Literal["new", "known", "wrong", "passed"]


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row by its number in a spreadsheet; `grade` is of a new laboratory value."""

    row: int
    cells: tuple[str, ...]
    state: State
    faults: tuple[Fault, ...]
    grade: int | None
    kept_as: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()


def headings(head: Head) -> tuple[str, ...]:
    """The headings that count, in the list's order."""
    ordered = sorted(head.places, key=lambda column: head.places[column])
    return tuple(head.heading(column) for column in ordered)


def rows_shown(
    rows: Rows, head: Head, checked: Checked, levels: Mapping[int, Sample]
) -> list[RowShown]:
    """Every row below the heading that holds anything; `levels` are as they would be kept."""
    wrong = {row: tuple(some) for row, some in groupby(checked.faults, key=lambda one: one.row)}
    grades = {one.line.row: one.grade for one in checked.new}
    kept_as = {
        one.line.row: level_as(levels[one.line.row]) if one.line.is_level else value_as(one)
        for one in checked.new
    }  # fmt: skip
    asks = {row: tuple(some) for row, some in groupby(checked.asks, key=lambda one: one.row)}
    states: dict[int, State] = {
        **dict.fromkeys(checked.duplicates, "known"),
        **{row: "passed" for one in checked.passed for row in one.rows},
        **dict.fromkeys(wrong, "wrong"),
    }  # fmt: skip
    places = sorted(head.places.values())
    return [
        RowShown(at, _cells(row, places), states.get(at, "new"), wrong.get(at, ()),
                 grades.get(at), kept_as.get(at, ()), asks.get(at, ()))
        for at, row in enumerate(rows[head.row + 1 :], start=head.row + 2)
        if any(row)
    ]  # fmt: skip


def _cells(row: Sequence[str], places: Sequence[int]) -> tuple[str, ...]:
    return tuple(row[place] if place < len(row) else "" for place in places)
