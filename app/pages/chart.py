"""What the drawings of matplotlib share. Imported only when a drawing is asked for."""

from functools import cache
from io import BytesIO

import pylopdf_fonts_zh_cn as fonts
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from app.clinical.trough import (
    EXPECTED_FROM_UG_PER_L,
    EXPECTED_TO_UG_PER_L,
    RULE_LINE_UG_PER_L,
)
from app.texts import Reader, say

INK, QUIET, BLUE, _GREEN, _RED = "#1d2b36", "#6b7a86", "#1f5f8b", "#dcefe4", "#b3402e"
_DARK_GREEN = "#2f6b4a"


@cache
def font(size: float = 10.0) -> FontProperties:
    font_manager.fontManager.addfont(str(fonts.sans_path()))
    return FontProperties(fname=str(fonts.sans_path()), size=size)


def bands(axes: Axes, reader: Reader) -> None:
    axes.axhspan(EXPECTED_FROM_UG_PER_L, EXPECTED_TO_UG_PER_L, color=_GREEN, zorder=0)
    axes.axhline(RULE_LINE_UG_PER_L, color=_RED, linewidth=1, linestyle=(0, (5, 4)), zorder=1)
    middle = (EXPECTED_FROM_UG_PER_L + EXPECTED_TO_UG_PER_L) / 2
    labels = ((middle, "page.chart.expected", _DARK_GREEN),
              (RULE_LINE_UG_PER_L, "page.chart.line", _RED))  # fmt: skip
    for y, key, colour in labels:
        axes.text(1.01, y, say(key, reader), transform=axes.get_yaxis_transform(), ha="left",
                  va="center", color=colour, fontproperties=font(9))  # fmt: skip


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
