"""Troughs over time against the doses, as SVG. Imported only when a drawing is asked for."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from functools import cache
from io import BytesIO
from typing import Any

import pylopdf_fonts_zh_cn as fonts
from matplotlib import dates, font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from app.clinical.trough import (
    EXPECTED_FROM_UG_PER_L,
    EXPECTED_TO_UG_PER_L,
    RULE_LINE_UG_PER_L,
)
from app.services.summary_rows import Level, Summary
from app.texts import Reader, say

INK, QUIET, BLUE, _GREEN, _RED = "#1d2b36", "#6b7a86", "#1f5f8b", "#dcefe4", "#b3402e"
_DARK_GREEN = "#2f6b4a"
_SIZE_INCHES = (9.2, 3.7)


@cache
def font(size: float = 10.0) -> FontProperties:
    font_manager.fontManager.addfont(str(fonts.sans_path()))
    return FontProperties(fname=str(fonts.sans_path()), size=size)


def trough_svg(summary: Summary, reader: Reader) -> bytes:
    """Corrected levels with their ranges, dose steps, the expected band and the rule's line."""
    figure = Figure(figsize=_SIZE_INCHES, layout="constrained")
    axes = figure.add_subplot()
    known = [one for one in summary.levels if one.corrected_ug_per_l is not None]
    start, end = _span(summary, known)
    bands(axes, reader)
    _doses(axes, summary, start, end)
    _points(axes, known)
    _frame(axes, known, start, end)
    return drawn(figure, axes, say("page.chart.axis", reader))


def _span(summary: Summary, known: Sequence[Level]) -> tuple[datetime, datetime]:
    """From shortly before the first thing to show until now."""
    firsts = [one.drawn_at for one in known]
    firsts += [_midnight(step.started_on) for step in summary.dose_steps]
    start = min(firsts, default=summary.at - timedelta(days=90))
    margin = max((summary.at - start) * 0.04, timedelta(days=2))
    return start - margin, summary.at + margin


def _midnight(day: Any) -> datetime:
    return datetime.combine(day, time(0), UTC)


def bands(axes: Axes, reader: Reader) -> None:
    axes.axhspan(EXPECTED_FROM_UG_PER_L, EXPECTED_TO_UG_PER_L, color=_GREEN, zorder=0)
    axes.axhline(RULE_LINE_UG_PER_L, color=_RED, linewidth=1, linestyle=(0, (5, 4)), zorder=1)
    middle = (EXPECTED_FROM_UG_PER_L + EXPECTED_TO_UG_PER_L) / 2
    labels = ((middle, "page.chart.expected", _DARK_GREEN),
              (RULE_LINE_UG_PER_L, "page.chart.line", _RED))  # fmt: skip
    for y, key, colour in labels:
        axes.text(1.01, y, say(key, reader), transform=axes.get_yaxis_transform(), ha="left",
                  va="center", color=colour, fontproperties=font(9))  # fmt: skip


def _doses(axes: Axes, summary: Summary, start: datetime, end: datetime) -> None:
    """Each dose as a bar along the foot, from its first day."""
    starts = [max(_midnight(step.started_on), start) for step in summary.dose_steps]
    for step, begins, ends in zip(summary.dose_steps, starts, [*starts[1:], end], strict=True):
        axes.hlines(0, begins, ends, color=QUIET, linewidth=16, alpha=0.22, zorder=1)
        axes.axvline(begins, color=QUIET, linewidth=0.8, alpha=0.5, zorder=0)
        axes.annotate(f"{step.daily_dose_mg} mg", (begins, 0), xytext=(5, 0),
                      textcoords="offset points", va="center", color=INK,
                      fontproperties=font(9.5))  # fmt: skip


def _points(axes: Axes, known: Sequence[Level]) -> None:
    """Filled where the level is the first that counts at its dose."""
    for one in known:
        middle = one.corrected_ug_per_l or 0.0
        low, high = one.low_ug_per_l or middle, one.high_ug_per_l or middle
        axes.vlines(one.drawn_at, low, high, color=BLUE, linewidth=2.4, alpha=0.45)
        inside = BLUE if one.first_at_dose else "white"
        axes.plot([one.drawn_at], [middle], "o", color=BLUE, markersize=8,
                  markerfacecolor=inside, markeredgewidth=1.8)  # fmt: skip
        axes.annotate(f"{middle:.0f}", (one.drawn_at, high), xytext=(0, 9),
                      textcoords="offset points", ha="center", color=INK,
                      fontproperties=font(10))  # fmt: skip


def _frame(axes: Axes, known: Sequence[Level], start: datetime, end: datetime) -> None:
    highest = max([one.high_ug_per_l or 0.0 for one in known], default=0.0)
    axes.set_ylim(-130, max(highest * 1.15, 1900))
    axes.set_xlim(start, end)
    axes.xaxis.set_major_formatter(dates.DateFormatter("%Y-%m" if (end - start).days > 120
                                                       else "%m-%d"))  # fmt: skip
    axes.xaxis.set_major_locator(dates.AutoDateLocator(minticks=3, maxticks=7))
    axes.set_yticks([0, 500, 760, 1100, 1500, 2000][: 5 + (highest > 1700)])
    axes.spines["bottom"].set_color("#c9d2d8")


def drawn(figure: Figure, axes: Axes, y_label: str) -> bytes:
    """The figure as SVG, its axes in the quiet style of every drawing."""
    axes.set_ylabel(y_label, fontproperties=font(10), color=QUIET)
    for label in [*axes.get_xticklabels(), *axes.get_yticklabels()]:
        label.set_fontproperties(font(9.5))
        label.set_color(QUIET)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(length=0)
    out = BytesIO()
    figure.savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue()
