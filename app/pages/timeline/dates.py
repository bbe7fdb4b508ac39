"""The dates below the drawing: since the start of the course, in weeks or months."""

from collections.abc import Iterator
from datetime import date, timedelta

from app.pages.timeline.layout import Axis, midnight
from app.pages.timeline.svg import LINE, QUIET, line, words
from app.texts import Reader, say

_WEEKS_UNTIL = timedelta(days=100)
_STEPS = (1, 2, 3, 6, 12, 24, 36, 60)


def dates_of(axis: Axis, reader: Reader, origin: date, top: float, foot: float) -> str:
    """A fine line from top to foot at each date, and two lines of words under it."""
    told = ""
    for number, day, unit in _ticks(axis, origin):
        x, size = axis.begins(day), axis.layout.letters - 1
        since = say(f"page.timeline.{unit}" if number else "page.timeline.start", reader,
                    {"n": number})  # fmt: skip
        anchor = "start" if not number else "middle"
        told += line(x, top, x, foot, LINE, stroke_width=0.8)
        told += words(x, foot + 12, _written(day, axis), size, text_anchor=anchor)
        told += words(x, foot + 27, since, size, text_anchor=anchor)
    return told


def today_of(axis: Axis, reader: Reader, x: float, top: float, foot: float) -> str:
    word = words(x, top - 7, say("page.timeline.today", reader), axis.layout.letters - 1,
                 text_anchor="end" if x > axis.right - 20 else "middle")  # fmt: skip
    return word + line(x, top, x, foot, QUIET, stroke_width=1, stroke_dasharray="2 3")


def _ticks(axis: Axis, origin: date) -> Iterator[tuple[int, date, str]]:
    """(how many, day, unit) from the origin on, no more than the layout has room for."""
    in_weeks = axis.end - axis.start < _WEEKS_UNTIL
    unit, length = ("weeks", 7.0) if in_weeks else ("months", 30.44)
    spans = (axis.end - axis.start).days / length
    step = next((one for one in _STEPS if spans / one < axis.layout.most_dates), _STEPS[-1])
    number = 0
    while midnight(day := _after(origin, number, in_weeks), axis.zone) < axis.end:
        if not number or axis.begins(day) < axis.right - 24:
            yield number, day, unit
        number += step


def _after(origin: date, number: int, in_weeks: bool) -> date:
    """The day so many weeks or calendar months later; of a short month its last day."""
    if in_weeks:
        return origin + timedelta(weeks=number)
    months = origin.year * 12 + origin.month - 1 + number
    first = date(months // 12, months % 12 + 1, 1)
    last = date((months + 1) // 12, (months + 1) % 12 + 1, 1) - timedelta(days=1)
    return first.replace(day=min(origin.day, last.day))


def _written(day: date, axis: Axis) -> str:
    return day.strftime("%Y-%m-%d" if axis.layout.names_bands else "%y-%m-%d")
