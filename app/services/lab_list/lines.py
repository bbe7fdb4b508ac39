"""A row of a list, read into a result of a patient, or all that is wrong with it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from app.services.lab_list.cells import (
    ONLY_CLOCK,
    Moment,
    Told,
    limits,
    moment,
    number,
    plain,
    result,
)
from app.services.lab_list.draws import Draw, Draws, sample_in
from app.services.lab_list.faults import Fault, Misread
from app.services.lab_list.heads import Head
from app.services.lab_list.names import IMATINIB, analyte_called, fitting_units, unit_called
from app.services.lab_list.others import is_not_blood, resembles
from models import Comparator

T = TypeVar("T")
_YES = {"1", "y", "yes", "true", "是", "已核对", "已确认", "√", "✓"}
_NO = {"", "0", "n", "no", "false", "否"}


@dataclass(frozen=True, slots=True)
class Line:
    """A level (analyte imatinib) or laboratory value as a list tells it; moments in UTC."""

    row: int
    code: str
    analyte: str
    value: float
    comparator: Comparator | None
    unit: str
    drawn_at: datetime
    last_dose_at: datetime | None = None
    lln: float | None = None
    uln: float | None = None
    baseline: float | None = None
    confirmed: bool = False
    sample_of: str | None = None  # the patient whose draw the sample's number names

    @property
    def is_level(self) -> bool:
        return self.analyte == IMATINIB


class Cells:
    """The cells of one row by our columns; what cannot be read becomes a fault of the row."""

    def __init__(
        self, head: Head, row: int, cells: Sequence[str], zone: ZoneInfo, draws: Draws
    ) -> None:
        self.faults: list[Fault] = []
        self.code: str | None = None
        self.row, self.head, self.zone = row, head, zone
        self._told: Mapping[str, str] = {
            column: cells[place] if place < len(cells) else ""
            for column, place in head.places.items()
        }
        self.draw = draws.get(sample_in(self.text("sample")) or "")

    @property
    def specimen_is_other(self) -> bool:
        """Whether the row is of urine or another specimen of which nothing is kept here."""
        return is_not_blood(self.text("specimen"))

    def text(self, column: str) -> str:
        return self._told.get(column, "")

    def read(self, column: str, how: Callable[[str], T]) -> T | None:
        """What a cell says, or None and a fault."""
        try:
            return how(self.text(column))
        except Misread as wrong:
            self.fault(wrong.column or column, wrong.key, **dict(wrong.data))
            return None

    def fault(self, column: str, key: str, **data: object) -> None:
        self.faults.append(Fault(self.row, self.head.heading(column), key, data))


def line_of(cells: Cells) -> Line | None:
    """The line of a row, or None where `cells.faults` says why not."""
    code = cells.code = cells.read("patient", _needed)
    analyte = _analyte(cells)
    told = _result(cells)
    unit = _unit(cells, analyte) if analyte else None
    drawn_at = _drawn_at(cells, analyte)
    dose = cells.read("last_dose_at", lambda cell: moment(cell, cells.zone))
    if dose and dose.whole_day:
        cells.fault("last_dose_at", "time_of_day")
    lln, uln = _limits(cells)
    baseline = cells.read("baseline", number)
    confirmed = cells.read("confirmed", _yes)
    if cells.faults or not (code and analyte and told and unit and drawn_at):
        return None
    return Line(
        cells.row, code, analyte, told.value, told.comparator, unit, drawn_at,
        dose.at if dose else None, lln, uln, baseline, bool(confirmed),
        cells.draw.patient_id if cells.draw else None,
    )  # fmt: skip


def _needed(cell: str) -> str:
    text = plain(cell)
    if not text:
        raise Misread("", "missing")
    return text


def _yes(cell: str) -> bool:
    word = plain(cell).casefold()
    if word not in _YES | _NO:
        raise Misread("", "yes_or_no")
    return word in _YES


def _analyte(cells: Cells) -> str | None:
    """Without a column of analytes all are levels."""
    if cells.specimen_is_other:
        cells.fault("specimen", "specimen", told=cells.text("specimen"))
        return None
    return cells.read("analyte", _known) if "analyte" in cells.head.places else IMATINIB


def _known(cell: str) -> str:
    found = analyte_called(_needed(cell))
    if found is None:
        near = resembles(cell)
        if near:
            raise Misread("", "analyte_near", told=cell, near_key=f"page.analyte.{near}")
        raise Misread("", "analyte", told=cell)
    return found


def _result(cells: Cells) -> Told | None:
    lloq, uloq = cells.read("lloq", number), cells.read("uloq", number)
    return cells.read("result", lambda cell: result(cell, lloq, uloq))


def _unit(cells: Cells, analyte: str) -> str | None:
    """The unit of the row, else the one that stands in the heading."""

    def read(cell: str) -> str:
        name = plain(cell) and cell or cells.head.unit
        if not name:
            raise Misread("unit", "missing")
        found = unit_called(name, analyte)
        if found is None:
            fitting = " / ".join(fitting_units(analyte))
            key = f"page.analyte.{analyte}"
            raise Misread("unit", "unit", told=name, analyte_key=key, fitting=fitting)
        return found

    return cells.read("unit", read)


def _drawn_at(cells: Cells, analyte: str | None) -> datetime | None:
    """When the blood was drawn; of a laboratory value the day is enough, of a level it is not."""
    column = "drawn_at" if cells.text("drawn_at") else "day"
    if cells.draw and not cells.text(column):
        return _of_draw(cells, cells.draw)
    at = cells.read(column, lambda _: _moment(cells))
    if at is None:
        if not cells.text(column):
            cells.fault("drawn_at" if "drawn_at" in cells.head.places else "day", "missing")
        return None
    if at.whole_day and analyte == IMATINIB:
        cells.fault(column, "time_of_day")
    return at.at


def _of_draw(cells: Cells, draw: Draw) -> datetime | None:
    """When the list tells no time: the one that was noted at the draw."""
    if draw.drawn_at is None:
        cells.fault("sample", "sample_not_drawn")
    return draw.drawn_at


def _moment(cells: Cells) -> Moment | None:
    """A column for the day and one for the time of day belong together."""
    day, at = plain(cells.text("day")), plain(cells.text("drawn_at"))
    if day and ONLY_CLOCK.fullmatch(at):
        return moment(f"{day.split(' ')[0]} {at}", cells.zone)
    return moment(at or day, cells.zone)


def _limits(cells: Cells) -> tuple[float | None, float | None]:
    """The limits in columns of their own, else those of the range."""
    lln, uln = cells.read("lln", number), cells.read("uln", number)
    low, high = cells.read("range", limits) or (None, None)
    return (low if lln is None else lln), (high if uln is None else uln)


def read_lines(
    rows: Sequence[Sequence[str]], head: Head, zone: ZoneInfo, draws: Draws
) -> Iterator[Cells]:
    """The rows below the heading that hold anything, numbered as a spreadsheet does."""
    for at, row in enumerate(rows[head.row + 1 :], start=head.row + 2):
        if any(row):
            yield Cells(head, at, row, zone, draws)
