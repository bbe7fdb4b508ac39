"""Rows that hold nothing that is kept here: another analyte's result, a signature, a page's foot.

They are named and counted, and passed over only where that is asked for (ADR 0027).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.services.lab_list.cells import plain
from app.services.lab_list.faults import Misread
from app.services.lab_list.lines import Cells
from app.services.lab_list.names import analyte_called
from app.services.lab_list.others import resembles

_LABEL = re.compile(
    r"[^\d<>≤≥=]{1,20}:.*|"
    r"(检验|检测|审核|复核|核对|报告|打印|操作|制表|送检|签名|签字|签发|备注|说明|以下空白|第\s*\d+\s*页|共\s*\d+).*|"
    r"\*+.*|(tested|reviewed|checked|approved|printed|reported|signed)\s+by\b.*|"
    r"end of (report|list).*|page\s+\d+.*|notes?|remarks?", re.I | re.S,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Passed:
    """The rows of one name that is not kept here; without a name they are no results."""

    name: str
    rows: tuple[int, ...]


def parted(every: Iterable[Cells]) -> tuple[list[Cells], tuple[Passed, ...]]:
    """The rows that are read, and those that are passed over, by name in the list's order."""
    taken: list[Cells] = []
    passed: dict[str, list[int]] = {}
    for cells in every:
        name = _passed(cells)
        if name is None:
            taken.append(cells)
        else:
            passed.setdefault(name, []).append(cells.row)
    return taken, tuple(Passed(name, tuple(rows)) for name, rows in passed.items())


def is_no_result(cells: Cells) -> bool:
    """Whether a row names neither a patient nor a result."""
    patient, result, analyte = (_text(cells, one) for one in ("patient", "result", "analyte"))
    if _LABEL.fullmatch(patient):
        return not re.search(r"\d", result) or bool(_LABEL.fullmatch(result))
    nobody = not patient and not cells.draw
    return nobody and all(not one or _LABEL.fullmatch(one) for one in (result, analyte))


def _passed(cells: Cells) -> str | None:
    """Under which name a row is passed over, "" of one that is no result; None: it is read."""
    if is_no_result(cells):
        return ""
    name = _text(cells, "analyte")
    if not name:
        return None
    if cells.specimen_is_other:
        return f"{name} ({_text(cells, 'specimen')})"
    return None if analyte_called(name) or resembles(name) else name


def _text(cells: Cells, column: str) -> str:
    try:
        return plain(cells.text(column))
    except Misread:  # a formula is an error of its own
        return "="
