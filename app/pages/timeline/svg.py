"""Pieces of SVG as text: elements with escaped attributes, and words."""

from typing import Any
from xml.sax.saxutils import escape, quoteattr

INK, QUIET, BLUE, LINE = "#1d2b36", "#5a6873", "#1f5f8b", "#dfe5e9"
GREEN, DARK_GREEN, RED = "#dcefe4", "#2f6b4a", "#a83323"
FONTS = "Noto Sans SC, PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"


def tag(name: str, inside: str = "", **attributes: Any) -> str:
    """An element; `inside` is markup, attributes are written with dashes and escaped."""
    told = "".join(
        f" {key.replace('_', '-')}={quoteattr(_written(value))}"
        for key, value in attributes.items()
    )
    return f"<{name}{told}>{inside}</{name}>" if inside else f"<{name}{told}/>"


def words(x: float, y: float, text: str, size: float, **attributes: Any) -> str:
    """Words whose middle is at the height y; quiet ink unless told otherwise."""
    look = {"fill": QUIET, "text_anchor": "start", **attributes}
    return tag("text", escape(text), x=x, y=y + size * 0.36, font_size=size, **look)


def line(x1: float, y1: float, x2: float, y2: float, colour: str, **attributes: Any) -> str:
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour, **attributes)


def polygon(points: list[tuple[float, float]], **attributes: Any) -> str:
    told = " ".join(f"{_written(x)},{_written(y)}" for x, y in points)
    return tag("polygon", points=told, **attributes)


def document(width: float, height: float, inside: str) -> str:
    return tag(
        "svg", inside, xmlns="http://www.w3.org/2000/svg", width=width, height=height,
        viewBox=f"0 0 {_written(width)} {_written(height)}", font_family=FONTS,
    )  # fmt: skip


def width_of(text: str, size: float) -> float:
    """About how wide words are, in px: a Chinese character is as wide as high."""
    return sum(size if ord(one) > 0x2E7F else size * 0.56 for one in text)


def _written(value: Any) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
