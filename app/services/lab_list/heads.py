"""The heading of a list: which of its columns is which of ours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.services.lab_list.draws import sample_in
from app.services.lab_list.faults import NotAList
from app.services.lab_list.files import LOOKED_THROUGH, Rows
from app.services.lab_list.names import (
    bare,
    column_called,
    folded,
    folded_unit,
    may_be_label,
    unit_in,
)

# Whose result it is: the patient's code, or the number on our label.
_WHOSE = {"patient", "sample"}


@dataclass(frozen=True, slots=True)
class Head:
    """Where the heading stands (from 0), our columns by place, and what is passed over.

    `unit` is the unit in brackets behind the result's heading; without a column of analytes the
    list is of imatinib.
    """

    row: int
    places: Mapping[str, int]
    headings: Mapping[str, str]
    unit: str
    ignored: tuple[str, ...]

    def heading(self, column: str) -> str:
        """The heading as it is written, or our own name where the list has no such column."""
        return self.headings.get(column, column)

    def cells(self, rows: Rows, column: str) -> list[str]:
        """What stands in one of our columns below the heading."""
        place = self.places.get(column)
        below = rows[self.row + 1 :] if place is not None else ()
        return [row[place] for row in below if place is not None and place < len(row)]

    def place(self, heading: str) -> int:
        """Where a heading stands; behind all others where the list has none such."""
        found = [self.places[column] for column, told in self.headings.items() if told == heading]
        return found[0] if found else len(self.places)


def head_of(rows: Rows) -> Head:
    """The first row that names a patient, or the number of our label, and a result.

    Raises NotAList.
    """
    for at, row in enumerate(rows[:LOOKED_THROUGH]):
        named = {column_called(cell) for cell in row}
        if "result" in named and (named & _WHOSE or any(map(may_be_label, row))):
            return _head(at, row, rows[at + 1 :])
    raise NotAList("no_head")


def _head(at: int, row: Sequence[str], below: Rows) -> Head:
    places = _places(row)
    label = _label(row, below)
    if "sample" not in places and label is not None:
        places["sample"] = label
    if not _WHOSE & places.keys():
        raise NotAList("no_patient")
    unit = unit_in(row[places["result"]])
    _check(places, row[places["result"]], unit)
    headings = {column: row[place] for column, place in places.items()}
    taken = set(places.values())
    ignored = tuple(cell for place, cell in enumerate(row) if cell and place not in taken)
    return Head(at, places, headings, unit, ignored)


def _label(row: Sequence[str], below: Rows) -> int | None:
    """The column of numbers in which ours stand; a laboratory's own are passed over."""
    maybe = [place for place, cell in enumerate(row) if may_be_label(cell)]
    return next((place for place in maybe if any(_ours(one, place) for one in below)), None)


def _ours(row: Sequence[str], place: int) -> bool:
    return place < len(row) and sample_in(row[place]) is not None


def _places(row: Sequence[str]) -> dict[str, int]:
    """Where each of our columns stands; none stands twice."""
    places: dict[str, int] = {}
    for place, cell in enumerate(row):
        column = column_called(cell)
        if column in places:
            raise NotAList("twice", first=row[places[column]], second=cell)
        if column:
            places[column] = place
    return places


def _check(places: Mapping[str, int], heading: str, unit: str) -> None:
    """Whether what cannot be left out is there, for a result under this heading."""
    if not {"drawn_at", "day", "sample"} & places.keys():
        raise NotAList("no_time")
    if not unit and "unit" not in places:
        raise NotAList("no_unit")
    if "analyte" not in places and not _is_of_levels(heading, unit):
        raise NotAList("no_analyte")


def _is_of_levels(heading: str, unit: str) -> bool:
    """Whether a list without analytes is one of levels: its heading or its unit says so."""
    words = folded(bare(heading))
    return any(one in words for one in _LEVEL_WORDS) or folded_unit(unit) in _LEVEL_UNITS


_LEVEL_WORDS = ("浓度", "concentration", "level", "imatinib", "伊马替尼")
_LEVEL_UNITS = ("ng/ml", "ug/l")
