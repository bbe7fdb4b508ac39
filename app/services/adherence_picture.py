"""The last 30 days of the dose as a calm calendar, PNG. It names no drug.

What was told differs by shape as well as by colour: a tick in a disc, a ring with a bar,
a triangle, a small dot.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from babel.dates import format_skeleton, get_day_names

from app.services.adherence import DayTold, days_summed, last_days
from app.texts import Reader, say
from app.texts.render import Attachment
from app.work import Work
from models import DoseStatus, Patient

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

_INK, _QUIET, _PAPER, _LINE = "#1d2b36", "#6b7a86", "#fbfcfa", "#e4e9e6"
_GREEN, _RED, _AMBER, _GREY = "#2f8f63", "#b3402e", "#c98a1b", "#b8c2c8"
_SCALE = 2  # drawn larger, then made smaller: smooth edges
_WIDE, _CELL, _LEFT, _TOP, _FOOT, _R = 900, 116, 44, 236, 96, 27
_LOCALES = {"zh-CN": "zh_CN", "en": "en"}
_LEGEND = (DoseStatus.TAKEN, DoseStatus.MISSED, DoseStatus.VOMITED, None)


def doses_picture(work: Work, patient: Patient, reader: Reader) -> Attachment:
    """The patient's own last 30 days, and today."""
    png = draw_days(last_days(work, patient), reader)
    return Attachment("days.png", "image/png", png)


def draw_days(days: Sequence[DayTold], reader: Reader) -> bytes:
    """A calendar of these days, the last of which is today."""
    from PIL import Image, ImageDraw

    weeks = _weeks(days)
    size = _WIDE, _TOP + weeks * _CELL + _FOOT
    image = Image.new("RGB", (size[0] * _SCALE, size[1] * _SCALE), _PAPER)
    pen = _Pen(ImageDraw.Draw(image))
    _head(pen, days, reader)
    for day in days:
        _day(pen, day, days, reader)
    _legend(pen, size[1] - _FOOT / 2, reader)
    out = BytesIO()
    image.resize(size, Image.Resampling.LANCZOS).save(out, "PNG")
    return out.getvalue()


class _Pen:
    """Draws in the units of the finished picture."""

    def __init__(self, draw: ImageDraw) -> None:
        self._draw = draw

    def words(self, x: float, y: float, text: str, size: int, colour: str, anchor: str) -> float:
        """Write, and tell how wide it was."""
        font = _font(size * _SCALE)
        at = x * _SCALE, y * _SCALE
        self._draw.text(at, text, fill=colour, font=font, anchor=anchor)
        return float(self._draw.textlength(text, font=font)) / _SCALE

    def disc(self, x: float, y: float, r: float, fill: str | None, line: str, w: float = 0) -> None:
        box = [v * _SCALE for v in (x - r, y - r, x + r, y + r)]
        self._draw.ellipse(box, fill=fill, outline=line, width=round(w * _SCALE))

    def line(self, points: Sequence[tuple[float, float]], colour: str, w: float) -> None:
        scaled = [(x * _SCALE, y * _SCALE) for x, y in points]
        self._draw.line(scaled, fill=colour, width=round(w * _SCALE), joint="curve")

    def shape(self, points: Sequence[tuple[float, float]], colour: str) -> None:
        self._draw.polygon([(x * _SCALE, y * _SCALE) for x, y in points], fill=colour)


@cache
def _font(size: int) -> FreeTypeFont:
    import pylopdf_fonts_zh_cn as fonts
    from PIL import ImageFont

    return ImageFont.truetype(str(fonts.sans_path()), size)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _weeks(days: Sequence[DayTold]) -> int:
    return (_monday(days[-1].on) - _monday(days[0].on)).days // 7 + 1


def _head(pen: _Pen, days: Sequence[DayTold], reader: Reader) -> None:
    """The title, what was taken, and the days of the week."""
    summed = days_summed(days)
    taken = sum(day.told == DoseStatus.TAKEN for day in summed)
    pen.words(_LEFT, 70, say("doses.title", reader), 44, _INK, "ls")
    counted = say("doses.sum", reader, {"taken": taken, "days": len(summed)})
    pen.words(_LEFT, 124, counted, 30, _GREEN, "ls")
    width: Literal["abbreviated", "narrow"] = "abbreviated" if reader.language == "en" else "narrow"
    names = get_day_names(width, "stand-alone", locale=_LOCALES[reader.language])
    for n in range(7):
        pen.words(_x(n), 186, names[n], 25, _QUIET, "ms")
    pen.line([(_LEFT, 204), (_WIDE - _LEFT, 204)], _LINE, 2)


def _x(column: int) -> float:
    step = (_WIDE - 2 * _LEFT) / 7
    return _LEFT + step * (column + 0.5)


def _day(pen: _Pen, day: DayTold, days: Sequence[DayTold], reader: Reader) -> None:
    row = (_monday(day.on) - _monday(days[0].on)).days // 7
    x, y = _x(day.on.weekday()), _TOP + row * _CELL
    is_today, names_month = day is days[-1], day.on.day == 1 or day is days[0]
    shown = format_skeleton("MMMd", day.on, locale=_LOCALES[reader.language])
    number = shown if names_month else str(day.on.day)
    pen.words(x, y + 16, number, 22, _INK if is_today else _QUIET, "ms")
    middle = y + 58
    if is_today:
        pen.disc(x, middle, _R + 7, None, _INK, 2.5)
    if not is_today or day.told:
        _MARKS[day.told](pen, x, middle)


def _taken(pen: _Pen, x: float, y: float) -> None:
    pen.disc(x, y, _R, _GREEN, _GREEN)
    pen.line([(x - 12, y + 1), (x - 4, y + 10), (x + 13, y - 10)], "white", 5.5)


def _missed(pen: _Pen, x: float, y: float) -> None:
    pen.disc(x, y, _R - 1, "white", _RED, 5)
    pen.line([(x - 12, y), (x + 12, y)], _RED, 5.5)


def _vomited(pen: _Pen, x: float, y: float) -> None:
    pen.shape([(x, y - _R), (x + _R, y + _R - 5), (x - _R, y + _R - 5)], _AMBER)
    pen.line([(x, y - 8), (x, y + 6)], "white", 5)
    pen.disc(x, y + 14, 3, "white", "white")


def _not_told(pen: _Pen, x: float, y: float) -> None:
    pen.disc(x, y, 7, _GREY, _GREY)


_MARKS: dict[DoseStatus | None, Callable[[_Pen, float, float], None]] = {
    DoseStatus.TAKEN: _taken, DoseStatus.MISSED: _missed, DoseStatus.VOMITED: _vomited,
    None: _not_told,
}  # fmt: skip


def _legend(pen: _Pen, y: float, reader: Reader) -> None:
    pen.line([(_LEFT, y - 42), (_WIDE - _LEFT, y - 42)], _LINE, 2)
    step = (_WIDE - 2 * _LEFT) / 4
    for n, told in enumerate(_LEGEND):
        x = _LEFT + step * n
        _MARKS[told](pen, x + _R, y)
        word = say(f"doses.mark.{told.value if told else 'none'}", reader)
        pen.words(x + 2 * _R + 14, y, word, 25, _INK, "lm")
