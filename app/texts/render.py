"""Turns an intent into words and buttons, at the moment of sending."""

from collections.abc import Mapping, Sequence
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
    return tuple(tuple(_button(one, reader) for one in row) for row in rows)


def _button(one: Mapping[str, Any], reader: Reader) -> Button:
    mark = "✓ " if one.get("chosen") else ""
    return Button(mark + say(one["label"], reader, one.get("params")), one["data"])
