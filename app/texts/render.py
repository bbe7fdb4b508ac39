"""Turns an intent into words and buttons, at the moment of sending."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.texts import Reader, say


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a text; a picture (image/...) is shown, anything else is offered."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a person reads, and the buttons under it, row by row."""

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    attachment: Attachment | None = None


_HALF = 19  # letters that half the width of a phone shows [own]
_NOT_VALUES = ("buttons", "lines", "attachment")


def render(key: str, data: Mapping[str, Any], reader: Reader) -> Rendered:
    """The words of a message; `data["lines"]` are further texts, one a paragraph.

    `data["attachment"]` names a file made at sending (app.services.attachments).
    `data["buttons"]` are rows of {"label": key, "data": callback, "params": values}.
    """
    values = {name: value for name, value in data.items() if name not in _NOT_VALUES}
    lines = [say(line["key"], reader, line.get("params")) for line in data.get("lines", ())]
    text = "\n\n".join([say(key, reader, values), *lines])
    return Rendered(text, _buttons(data.get("buttons", ()), reader))


def _buttons(rows: Sequence[Any], reader: Reader) -> tuple[tuple[Button, ...], ...]:
    told = [tuple(_button(one, reader) for one in row) for row in rows]
    return tuple(
        part
        for row, said in zip(rows, told, strict=True)
        for part in (_pairs(said) if row and row[0].get("paired") else (said,))
    )


def _pairs(row: Sequence[Button]) -> Iterator[tuple[Button, ...]]:
    """Two buttons side by side where both labels are short enough to be seen whole."""
    waiting: tuple[Button, ...] = ()
    for one in row:
        fits = _width(one.label) <= _HALF
        if waiting and not fits:
            yield waiting
        if waiting and fits:
            yield (*waiting, one)
        waiting = (one,) if fits and not waiting else ()
        if not fits:
            yield (one,)
    if waiting:
        yield waiting


def _width(label: str) -> int:
    """In Latin letters; a Chinese character takes the room of two."""
    return sum(1 + (unicodedata.east_asian_width(one) in "WF") for one in label)


def _button(one: Mapping[str, Any], reader: Reader) -> Button:
    mark = "✓ " if one.get("chosen") else ""
    return Button(mark + say(one["label"], reader, one.get("params")), one["data"])
