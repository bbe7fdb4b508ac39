"""An XLSX file read into rows of text, with limits on what it unpacks to.

A formula stays as it is written, "=...", and is refused where it is read: its stored result
may be of another day.
"""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from app.services.lab_list.faults import NotAList
from app.services.lab_list.files import MOST_COLUMNS, MOST_LETTERS, Rows, check_size

# Own choices: a full list of 5 000 rows unpacks to about 4 MB in a dozen parts.
MOST_UNPACKED_BYTES = 40_000_000
MOST_PARTS = 200
MOST_WALKED = 50_000  # rows down to the last, with those that are formatted and hold nothing
_ENTITIES = (b"<!DOCTYPE", b"<!ENTITY")


def rows_of_workbook(content: bytes) -> Rows:
    """The cells of the one sheet that holds any. Raises NotAList."""
    _check_parts(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        return _only_sheet(book)
    except NotAList:
        raise
    except _BROKEN:
        raise NotAList("unreadable") from None


_BROKEN = (
    InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError, TypeError,
    AttributeError, EOFError, SyntaxError, OverflowError, NotImplementedError,
)  # fmt: skip


def _check_parts(content: bytes) -> None:
    """Refuse what unpacks to too much, and what defines entities. Raises NotAList.

    A part is never unpacked beyond the size that it declares.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            infos = parts.infolist()
            if len(infos) > MOST_PARTS or sum(i.file_size for i in infos) > MOST_UNPACKED_BYTES:
                raise NotAList("bomb")
            for info in infos:
                if any(word in parts.read(info) for word in _ENTITIES):
                    raise NotAList("unreadable")
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError):
        raise NotAList("unreadable") from None


def _only_sheet(book: Any) -> Rows:
    found = [rows for rows in (_rows(sheet) for sheet in _visible(book)) if rows]
    if not found:
        raise NotAList("empty")
    if len(found) > 1:
        raise NotAList("sheets")
    return found[0]


def _visible(book: Any) -> list[Worksheet]:
    """Without hidden sheets, which hold the choices of a form."""
    return [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]


def _rows(sheet: Worksheet) -> Rows:
    """The rows down to the last that holds anything."""
    rows: Rows = []
    held = 0
    for at, cells in enumerate(_read(sheet), start=1):
        if at > MOST_WALKED:
            raise NotAList("blank_rows")
        if cells:
            held += 1
            check_size(held, len(cells))
            rows += [[] for _ in range(at - 1 - len(rows))]
            rows.append(cells)
    return rows


def _read(sheet: Worksheet) -> Iterator[list[str]]:
    """The cells of each row up to the last that holds anything."""
    for row in sheet.iter_rows(max_col=MOST_COLUMNS + 1):
        cells = [_text(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        yield cells


def _text(cell: Any) -> str:
    """A cell as it would be typed; a date cell without a time of day is a day."""
    value = cell.value
    if isinstance(value, datetime):
        return _moment(value, str(cell.number_format))
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else repr(value)
    if isinstance(value, (date, time)):
        return value.isoformat()
    return "" if value is None else str(value).strip()[:MOST_LETTERS]


def _moment(at: datetime, shown_as: str) -> str:
    """To the second: a spreadsheet keeps times as fractions of a day."""
    whole = (at + timedelta(milliseconds=500)).replace(microsecond=0)
    has_clock = "h" in shown_as.lower() or whole.time() != time()
    return whole.isoformat(" ") if has_clock else whole.date().isoformat()
