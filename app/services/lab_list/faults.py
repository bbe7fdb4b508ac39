"""What is wrong with a list: by row and column, with the remedy."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.services.errors import Invalid
from app.texts import NoSuchText, Reader, say

ENGLISH = Reader("en", "UTC")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a cell: the row as a spreadsheet counts it, the heading as it is written.

    `key` is of the catalogue, under `page.entry.fault.`; `data` are its values.
    """

    row: int
    column: str
    key: str
    data: Mapping[str, Any] = field(default_factory=dict)

    def said(self, reader: Reader = ENGLISH) -> str:
        return say(f"page.entry.fault.{self.key}", reader, self.data)

    def said_on_form(self, reader: Reader) -> str:
        """The remedy on a form of one result, which has no columns and no rows."""
        try:
            return say(f"page.enter.fault.{self.key}", reader, self.data)
        except NoSuchText:
            return self.said(reader)


class Misread(Exception):
    """A cell cannot be read; `key` and `data` are of the Fault that it becomes."""

    def __init__(self, column: str, key: str, **data: Any) -> None:
        self.column, self.key, self.data = column, key, data
        super().__init__(column, key)


class NotAList(Invalid):
    """The file cannot be read as a list."""

    def __init__(self, key: str, **data: Any) -> None:
        self.key, self.data = key, data
        super().__init__(self.said(), field="file")

    def said(self, reader: Reader = ENGLISH) -> str:
        return say(f"page.entry.file.{self.key}", reader, self.data)
