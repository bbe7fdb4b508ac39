"""The drawing put together. A millisecond or two: text alone, no library of plots."""

from datetime import date

from app.pages.timeline.dates import dates_of, today_of
from app.pages.timeline.layout import Axis, Layout, axis_of
from app.pages.timeline.legend import legend
from app.pages.timeline.levels import levels_of
from app.pages.timeline.rows import named, rows_of
from app.pages.timeline.svg import QUIET, document, words
from app.services.summary_rows import Summary
from app.texts import Reader, say

_TOP, _GAP, _DATES = 20.0, 26.0, 40.0


def timeline(summary: Summary, reader: Reader, layout: Layout) -> str:
    """An SVG: doses, grades, alerts and visits over the troughs, from the start of the course."""
    axis = axis_of(summary, layout)
    rows, end = named(list(rows_of(summary, axis, reader)), axis, reader, _TOP)
    top, foot = end + _GAP, end + _GAP + layout.level_height
    days = dates_of(axis, reader, _origin(summary, axis), _TOP, foot)
    today = today_of(axis, reader, axis.x(summary.at), _TOP, foot)
    keys, bottom = legend(summary, layout, reader, foot + _DATES)
    levels = _unit(axis, reader, top) + levels_of(summary, axis, reader, top)
    return document(layout.width, bottom, days + rows + levels + today + keys)


def size_of(summary: Summary, reader: Reader, layout: Layout) -> tuple[int, float]:
    """Width and height in px of the drawing, without drawing it."""
    rows = sum(height for _, height, _ in rows_of(summary, axis_of(summary, layout), reader))
    foot = _TOP + rows + _GAP + layout.level_height
    return layout.width, legend(summary, layout, reader, foot + _DATES)[1]


def _origin(summary: Summary, axis: Axis) -> date:
    """The first day of the first dose; without one, of what is shown."""
    if summary.dose_steps:
        return summary.dose_steps[0].started_on
    return axis.start.astimezone(axis.zone).date()


def _unit(axis: Axis, reader: Reader, top: float) -> str:
    size = axis.layout.letters - 1
    return words(4, top - 10, say("page.timeline.level", reader), size, fill=QUIET)
