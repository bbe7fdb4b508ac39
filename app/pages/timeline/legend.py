"""What each shape means, in lines under the drawing."""

from collections.abc import Callable

from app.pages.timeline.layout import Layout
from app.pages.timeline.marks import (
    alert_mark,
    grade_mark,
    level_mark,
    limit_mark,
    raw_mark,
    visit_mark,
)
from app.pages.timeline.svg import BLUE, DARK_GREEN, GREEN, RED, line, tag, width_of, words
from app.services.summary_rows import Summary
from app.texts import Reader, say

_LINE = 23.0
Key = tuple[str, float, Callable[[float, float], str]]  # text's key, room before it, its shape


def legend(summary: Summary, layout: Layout, reader: Reader, top: float) -> tuple[str, float]:
    """The shapes with their words from `top` down, broken to the width, and where they end."""
    told, x, y = "", 10.0, top + _LINE / 2
    for key, room, shape in [*_keys(summary), *([] if layout.names_bands else _BANDS)]:
        text = say(f"page.timeline.{key}", reader)
        wide = room + width_of(text, layout.letters - 1) + 22
        if x + wide > layout.width and x > 10:
            x, y = 10.0, y + _LINE
        told += shape(x, y) + words(x + room, y, text, layout.letters - 1)
        x += wide
    return told, y + _LINE / 2


def _keys(summary: Summary) -> list[Key]:
    """Only of what is shown; where there is nothing, nothing is explained."""
    limits = any(one.comparator for one in summary.levels)
    shown: list[tuple[object, list[Key]]] = [
        (summary.grades, [("key.grade", 104, _grades)]),
        (summary.levels, [("key.first", 16, lambda x, y: level_mark(x + 5, y, True)),
                          ("key.other", 16, lambda x, y: level_mark(x + 5, y, False)),
                          ("key.range", 16, _range),
                          ("key.raw", 16, lambda x, y: raw_mark(x + 5, y))]),
        (limits, [("key.limit", 16, lambda x, y: limit_mark(x + 5, y - 7, True))]),
        (summary.alerts, [("key.alert_open", 18, lambda x, y: alert_mark(x + 4, y, True)),
                          ("key.alert_closed", 18, lambda x, y: alert_mark(x + 4, y, False))]),
        (summary.visits, [("key.attended", 12, lambda x, y: visit_mark(x + 4, y, "attended")),
                          ("key.planned", 12, lambda x, y: visit_mark(x + 4, y, "planned")),
                          ("key.missed", 16, lambda x, y: visit_mark(x + 5, y, "missed"))]),
    ]  # fmt: skip
    return [key for there, keys in shown if there for key in keys]


def _expected(x: float, y: float) -> str:
    return tag("rect", x=x, y=y - 6, width=14, height=12, fill=GREEN, stroke=DARK_GREEN)


def _rule(x: float, y: float) -> str:
    return line(x, y, x + 14, y, RED, stroke_width=1.4, stroke_dasharray="6 2")


_BANDS: list[Key] = [("expected", 20, _expected), ("line", 20, _rule)]


def _grades(x: float, y: float) -> str:
    return "".join(grade_mark(x + 5 + 19 * grade, y, grade) for grade in range(5))


def _range(x: float, y: float) -> str:
    ends = line(x + 1, y - 7, x + 9, y - 7, BLUE) + line(x + 1, y + 7, x + 9, y + 7, BLUE)
    return line(x + 5, y - 7, x + 5, y + 7, BLUE, stroke_width=2.4, stroke_opacity=0.5) + ends
