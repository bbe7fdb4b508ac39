"""The shapes of the drawing: a grade has its own shape, number and colour."""

from app.pages.timeline.svg import BLUE, INK, QUIET, RED, line, polygon, tag, words

# Fill and ink by grade, from light to dark, so that they differ in grey as well.
_LOOKS = {
    1: ("#fcf3d4", "#6b5100"), 2: ("#fbdcae", "#6b3d00"), 3: ("#e8836c", "#3f0d05"),
    4: ("#8f2114", "#ffffff"), 5: ("#3f0d05", "#ffffff"),
}  # fmt: skip
NONE_HALF, HALF = 4.0, 10.0


def half_of(grade: int) -> float:
    """Half the width of a grade's mark, in px."""
    return HALF if grade else NONE_HALF


def grade_mark(x: float, y: float, grade: int) -> str:
    """A ring for 0, then a disc, a square, a triangle and a diamond with the number inside."""
    if not grade:
        return tag("circle", cx=x, cy=y, r=2.6, fill="#ffffff", stroke="#2f6b4a", stroke_width=1.2)
    fill, ink = _LOOKS[grade]
    look = {"fill": fill, "stroke": _LOOKS[min(grade, 3)][1], "stroke_width": 1.1}
    number = words(x, y + (2 if grade == 3 else 0), str(grade), 11, fill=ink, text_anchor="middle",
                   font_weight="bold")  # fmt: skip
    return _shape(x, y, grade, look) + number


def _shape(x: float, y: float, grade: int, look: dict[str, object]) -> str:
    if grade == 1:
        return tag("circle", cx=x, cy=y, r=7.5, **look)
    if grade == 2:
        return tag("rect", x=x - 7.5, y=y - 7.5, width=15, height=15, rx=2, **look)
    if grade == 3:
        return polygon([(x, y - 10.5), (x + 10, y + 8), (x - 10, y + 8)], **look)
    return polygon([(x, y - 10.5), (x + 10, y), (x, y + 10.5), (x - 10, y)], **look)


def level_mark(x: float, y: float, first: bool) -> str:
    """A corrected level; filled where it is the first that counts at its dose."""
    fill = BLUE if first else "#ffffff"
    return tag("circle", cx=x, cy=y, r=4.6, fill=fill, stroke=BLUE, stroke_width=1.8)


def raw_mark(x: float, y: float) -> str:
    """A level as it was measured: a small hollow diamond."""
    points = [(x, y - 4.2), (x + 4.2, y), (x, y + 4.2), (x - 4.2, y)]
    return polygon(points, fill="#ffffff", stroke=QUIET, stroke_width=1.2)


def limit_mark(x: float, y: float, below: bool) -> str:
    """Only a limit is known: an arrow from it to where the level lies."""
    way = 1 if below else -1
    tip = y + 14 * way
    head = polygon([(x - 4, tip - 5 * way), (x + 4, tip - 5 * way), (x, tip + 1 * way)], fill=INK)
    return line(x - 5, y, x + 5, y, INK, stroke_width=1.6) + line(x, y, x, tip, INK) + head


def alert_mark(x: float, y: float, open_: bool) -> str:
    """A tick with a flag: filled while the alert is open."""
    flag = polygon([(x, y - 8), (x + 9, y - 4), (x, y)], fill=RED if open_ else "#ffffff",
                   stroke=RED, stroke_width=1.2)  # fmt: skip
    return line(x, y - 8, x, y + 8, RED, stroke_width=1.6) + flag


def visit_mark(x: float, y: float, status: str) -> str:
    """Attended: a full tick; planned: a broken one; missed: a cross."""
    if status == "missed":
        return line(x - 4, y - 4, x + 4, y + 4, INK, stroke_width=1.4) + line(
            x - 4, y + 4, x + 4, y - 4, INK, stroke_width=1.4
        )
    broken = {"stroke_dasharray": "3 2.5"} if status == "planned" else {}
    return line(x, y - 7, x, y + 7, INK, stroke_width=2.2, **broken)
