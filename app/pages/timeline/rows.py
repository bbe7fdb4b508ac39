"""The rows over the troughs: doses, grades by family, alerts, visits."""

from collections.abc import Callable, Iterator

from app.clinical.grading import FAMILIES, SYMPTOM_FAMILIES
from app.pages.timeline.layout import Axis
from app.pages.timeline.marks import alert_mark, grade_mark, half_of, visit_mark
from app.pages.timeline.svg import INK, LINE, QUIET, line, tag, width_of, words
from app.pages.timeline.thinning import Mark, apart
from app.services.summary_rows import Summary
from app.texts import Reader, say

DOSE, ROW = 28.0, 25.0  # heights in px
Row = tuple[str, float, Callable[[float], str]]  # the key of its name, its height, its marks


def rows_of(summary: Summary, axis: Axis, reader: Reader) -> Iterator[Row]:
    """From top to bottom; families of the laboratory where they were ever graded."""
    yield "page.timeline.dose", DOSE, lambda y: _doses(summary, axis, reader, y)
    for family in families_of(summary):
        yield f"page.timeline.{family}", ROW, lambda y, name=family: _grades(summary, axis, name, y)
    yield "page.timeline.alerts", ROW, lambda y: _alerts(summary, axis, y)
    yield "page.timeline.visits", ROW, lambda y: _visits(summary, axis, y)


def families_of(summary: Summary) -> tuple[str, ...]:
    graded = {one.family for one in summary.grades}
    return tuple(one for one in FAMILIES if one in SYMPTOM_FAMILIES or one in graded)


def named(rows: list[Row], axis: Axis, reader: Reader, top: float) -> tuple[str, float]:
    """The rows with their names and a line under each, and where they end."""
    told, y = "", top
    for key, height, marks in rows:
        middle = y + height / 2
        told += words(axis.left - 8, middle, say(key, reader), axis.layout.letters,
                      text_anchor="end", fill=INK)  # fmt: skip
        told += line(axis.left, y + height, axis.right, y + height, LINE) + marks(middle)
        y += height
    return told, y


def _doses(summary: Summary, axis: Axis, reader: Reader, y: float) -> str:
    """Each dose as a bar from its first day, as high as it is large against 400 mg."""
    starts = [axis.begins(one.started_on) for one in summary.dose_steps]
    bars = zip(summary.dose_steps, starts, [*starts[1:], axis.right], strict=False)
    size = axis.layout.letters
    return "".join(
        _bar(begins, ends, y, step.daily_dose_mg, _dose_named(step.daily_dose_mg, reader), size)
        for step, begins, ends in bars
    )


def _bar(begins: float, ends: float, y: float, mg: int, name: str, size: float) -> str:
    foot, height = y + DOSE / 2 - 2, min(24.0, 22.0 * mg / 400 + 2)
    bar = tag("rect", x=begins, y=foot - height, width=max(1.0, ends - begins), height=height,
              fill="#d5dde3", stroke=QUIET, stroke_width=0.8)  # fmt: skip
    fits = width_of(name, size) + 8 < ends - begins
    return bar + (words(begins + 5, foot - 9, name, size, fill=INK) if fits else "")


def _dose_named(mg: int, reader: Reader) -> str:
    return f"{mg} mg" if mg else say("page.timeline.none", reader)


def _grades(summary: Summary, axis: Axis, family: str, y: float) -> str:
    marks = (
        Mark(axis.x(one.at), half_of(one.grade), (one.grade, one.at.timestamp()), one.grade)
        for one in summary.grades if one.family == family
    )  # fmt: skip
    return "".join(grade_mark(one.x, y, one.what) for one in apart(marks))


def _alerts(summary: Summary, axis: Axis, y: float) -> str:
    """Those that are open lie over the others."""
    marks = (
        Mark(axis.x(one.raised_at), 5.0, (one.state != "closed", one.raised_at.timestamp()), one)
        for one in summary.alerts
    )
    return "".join(alert_mark(one.x, y, one.what.state != "closed") for one in apart(marks))


def _visits(summary: Summary, axis: Axis, y: float) -> str:
    shown = (one for one in summary.visits if one.status != "cancelled" and one.at <= axis.end)
    return "".join(visit_mark(axis.x(one.at), y, one.status) for one in shown)
