"""A file as a laboratory sends it, read into rows of text: CSV here, XLSX by `workbook`."""

import csv
import io
from collections.abc import Iterator

from app.services.lab_list.faults import NotAList

Rows = list[list[str]]
# Own choices: a list of a year and more, kept well within the 10 s that SQLite has others wait;
# what is above is sent in parts. Above the results there may be titles and the heading.
MOST_ROWS, MOST_COLUMNS, MOST_LETTERS = 5_000, 60, 500
LOOKED_THROUGH = 10
_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def rows_of_file(content: bytes) -> Rows:
    """The cells of a CSV or XLSX file as text. Raises NotAList."""
    if not content.strip():
        raise NotAList("empty")
    if content.startswith(_OLD_EXCEL):
        raise NotAList("old_excel")
    if content.startswith(_ZIP):
        from app.services.lab_list.workbook import rows_of_workbook  # openpyxl is imported late

        return rows_of_workbook(content)
    return list(_parsed(decoded(content)))


def decoded(content: bytes) -> str:
    """The text of a CSV file in UTF-8, UTF-16 with its mark, or GB18030. Raises NotAList."""
    marked = ("utf-16",) if content.startswith(_UTF_16) else ()
    for encoding in (*marked, "utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotAList("encoding")


def _parsed(text: str) -> Iterator[list[str]]:
    if "\0" in text:
        raise NotAList("encoding")
    mark = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    at = held = 0
    try:
        for at, row in enumerate(reader, start=1):
            held += any(row)
            check_size(held, len(row))
            yield [_checked(cell, at, mark) for cell in row]
    except csv.Error:
        raise NotAList("quotes", row=at + 1) from None


def _checked(cell: str, row: int, delimiter: str) -> str:
    """A cell that a quotation mark has made swallow other rows is refused. Raises NotAList."""
    if len(cell) > MOST_LETTERS or ("\n" in cell and delimiter in cell):
        raise NotAList("quotes", row=row)
    return cell.strip()


def _delimiter(text: str) -> str:
    """What parts the cells: of comma, tab and semicolon the one that stands most in the head."""
    head = "\n".join(text.splitlines()[:10])
    return max(",\t;", key=head.count)


def check_size(row: int, columns: int) -> None:
    """Raises NotAList beyond the rows that hold anything and the columns that are taken at once."""
    if row > MOST_ROWS + LOOKED_THROUGH:
        raise NotAList("rows", most=MOST_ROWS)
    if columns > MOST_COLUMNS:
        raise NotAList("columns", most=MOST_COLUMNS)
