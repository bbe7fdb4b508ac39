"""The troughs: corrected with their ranges, as measured, the expected band and the rule's line."""

from collections.abc import Callable, Iterator

from app.clinical.trough import (
    EXPECTED_FROM_UG_PER_L,
    EXPECTED_TO_UG_PER_L,
    RULE_LINE_UG_PER_L,
)
from app.pages.timeline.layout import Axis
from app.pages.timeline.marks import level_mark, limit_mark, raw_mark
from app.pages.timeline.svg import BLUE, DARK_GREEN, GREEN, INK, LINE, RED, line, tag, words
from app.pages.timeline.thinning import Mark, apart
from app.services.summary_rows import Level, Summary
from app.texts import Reader, say

Height = Callable[[float], float]  # from ug/L to px
_LEFT_OF_IT = 9.0  # the measured level stands this far before the corrected one, in px
_LEAST_APART = 9.0  # of a measured level to its neighbours; a nearer one is in the table only


def levels_of(summary: Summary, axis: Axis, reader: Reader, top: float) -> str:
    """The troughs from `top` down over the layout's height; 0 is at the foot."""
    most = _most(summary)
    foot = top + axis.layout.level_height

    def height(ug_per_l: float) -> float:
        return foot - ug_per_l / most * axis.layout.level_height

    shown = _measured(summary, axis, height) + "".join(
        _level(one, axis, height) for one in summary.levels
    )
    ground = _bands(axis, reader, height) + _scale(axis, height, most)
    return ground + shown + _told(summary, axis, height)


def _most(summary: Summary) -> float:
    tops = [max(one.raw_ug_per_l, one.high_ug_per_l or 0.0) for one in summary.levels]
    return max([RULE_LINE_UG_PER_L * 1.2, *(one * 1.14 for one in tops)])


def _bands(axis: Axis, reader: Reader, height: Height) -> str:
    low, high = height(EXPECTED_FROM_UG_PER_L), height(EXPECTED_TO_UG_PER_L)
    band = tag("rect", x=axis.left, y=high, width=axis.right - axis.left, height=low - high,
               fill=GREEN)  # fmt: skip
    rule = height(RULE_LINE_UG_PER_L)
    dashed = line(axis.left, rule, axis.right, rule, RED, stroke_width=1.2, stroke_dasharray="6 4")
    expected = _band_name(axis, reader, "expected", (low + high) / 2, DARK_GREEN)
    return band + dashed + expected + _band_name(axis, reader, "line", rule, RED)


def _band_name(axis: Axis, reader: Reader, name: str, y: float, colour: str) -> str:
    """Beside the troughs where there is room; else they are told under the drawing."""
    text, size = say(f"page.timeline.{name}", reader), axis.layout.letters - 1
    if not axis.layout.names_bands:
        return ""
    lines = text.split(" ", 1)
    first = y - (len(lines) - 1) * size * 0.6
    return "".join(
        words(axis.right + 6, first + at * size * 1.2, one, size, fill=colour)
        for at, one in enumerate(lines)
    )


def _scale(axis: Axis, height: Height, most: float) -> str:
    size = axis.layout.letters - 1
    values = [0, 500, EXPECTED_FROM_UG_PER_L, EXPECTED_TO_UG_PER_L, RULE_LINE_UG_PER_L]
    values += [value for value in (2000, 3000, 4000, 6000, 8000) if value < most * 0.97]
    values = values if most < 3500 else [0, *values[4:]]
    told = "".join(
        words(axis.left - 8, height(value), f"{value:.0f}", size, text_anchor="end")
        for value in values
    )
    return told + line(axis.left, height(0), axis.right, height(0), LINE)


def _measured(summary: Summary, axis: Axis, height: Height) -> str:
    """What was measured of each corrected level, a little before it, where there is room."""
    places = [axis.x(one.drawn_at) for one in summary.levels]
    return "".join(
        raw_mark(x - _LEFT_OF_IT, height(one.raw_ug_per_l))
        for x, before, one in zip(places, [-_LEFT_OF_IT, *places], summary.levels, strict=False)
        if one.corrected_ug_per_l is not None and x - before >= _LEFT_OF_IT + _LEAST_APART
    )


def _level(one: Level, axis: Axis, height: Height) -> str:
    """The corrected level with its range; what was measured where it cannot be corrected."""
    x = axis.x(one.drawn_at)
    if one.comparator:
        return limit_mark(x, height(one.raw_ug_per_l), one.comparator.startswith("<"))
    if one.corrected_ug_per_l is None:
        return raw_mark(x, height(one.raw_ug_per_l))
    low = height(one.low_ug_per_l or one.corrected_ug_per_l)
    high = height(one.high_ug_per_l or one.corrected_ug_per_l)
    bar = line(x, low, x, high, BLUE, stroke_width=2.4, stroke_opacity=0.5)
    bar += line(x - 4, low, x + 4, low, BLUE) + line(x - 4, high, x + 4, high, BLUE)
    return bar + level_mark(x, height(one.corrected_ug_per_l), one.first_at_dose)


def _told(summary: Summary, axis: Axis, height: Height) -> str:
    """The values in numbers; the last and the first of each dose before the others."""
    return "".join(
        words(one.x, one.what[1], one.what[0], axis.layout.letters - 0.5, fill=INK,
              text_anchor="middle", stroke="#ffffff", stroke_width=3, paint_order="stroke")
        for one in apart(_numbers(summary, axis, height))
    )  # fmt: skip


def _numbers(summary: Summary, axis: Axis, height: Height) -> Iterator[Mark]:
    for one in summary.levels:
        value = one.raw_ug_per_l if one.corrected_ug_per_l is None else one.corrected_ug_per_l
        y = height(max(value, one.high_ug_per_l or value)) - 13
        worth = (one is summary.levels[-1], one.first_at_dose, one.drawn_at.timestamp())
        half, text = 1.7 * axis.layout.letters, f"{one.comparator or ''}{value:.0f}"
        x = min(max(axis.x(one.drawn_at), axis.left + half), axis.right - half * 0.8)
        yield Mark(x, half, worth, (text, y))
