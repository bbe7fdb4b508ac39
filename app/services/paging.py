"""Long lists are read a page at a time, each from where the last one ended.

A page's end is named by what the list is ordered by: a rank, a moment and an id.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar

from app.services.errors import Invalid

PAGE = 50
Item = TypeVar("Item")
_ZERO = datetime(1970, 1, 1, tzinfo=UTC)
_NAMED = re.compile(r"(\d)-(\d{1,17})-(\w{1,22})", re.ASCII)


class NoSuchPage(Invalid):
    """`after` names no place in this list; take it from `next`."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended."""

    rank: int
    at: datetime
    id: str

    def __str__(self) -> str:
        return f"{self.rank}-{(self.at - _ZERO) // timedelta(microseconds=1)}-{self.id}"


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some rows of a list; `next` is None when they are the last."""

    items: Sequence[Item]
    next: str | None


def place_of(after: str | None) -> Place | None:
    """Where to go on. Raises NoSuchPage."""
    if after is None:
        return None
    named = _NAMED.fullmatch(after)
    if named is None:
        raise NoSuchPage(field="after")
    rank, microseconds, row_id = named.groups()
    return Place(int(rank), _ZERO + timedelta(microseconds=int(microseconds)), row_id)
