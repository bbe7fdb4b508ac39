"""A part of the printed summary. What people wrote goes in as data and can be broken anywhere."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

# A run of letters longer than this is broken, so that no page is left; the project's own choice.
_LONGEST = 18
_RUN = re.compile(rf"(\S{{{_LONGEST}}})(?=\S)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words; `kind` is plain, quiet, warn, alarm, said (the patient's own), strong."""

    text: str
    kind: str = "plain"


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Cells of words; columns named in `right` hold numbers. Rows in `strong` stand out."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    right: Sequence[int] = ()
    strong: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A title with what stands under it, in this order; `boxes` are to be ticked by hand."""

    title: str
    facts: Sequence[Fact] = ()
    table: Table | None = None
    lines: Sequence[Line] = ()
    drawing: str | None = None  # SVG, as wide as the page
    photos: Sequence[str] = ()  # SVG
    boxes: Sequence[str] = ()


def breakable(text: str) -> str:
    """The same words, with places (U+200B) at which a run without spaces may be broken."""
    return _RUN.sub("\\1\u200b", text)


def said(text: str) -> Line:
    return Line(breakable(text), "said")
