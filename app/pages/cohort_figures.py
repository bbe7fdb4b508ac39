"""Figures 2 to 4 and the survival curves, as SVG. Imported only when they are asked for."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from operator import attrgetter
from random import Random
from statistics import fmean, linear_regression

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from app.clinical.trough import EXPECTED_FROM_UG_PER_L, EXPECTED_TO_UG_PER_L, RULE_LINE_UG_PER_L
from app.pages.chart import BLUE, INK, QUIET, font
from app.pages.drawn_once import drawn_once
from app.services.cohort.rows import Point, Survival

_SIZE_INCHES = (4.6, 3.5)
_WIDE_INCHES = (5.7, 3.9)
_GREEN, _RED, _AMBER = "#dcefe4", "#b3402e", "#b4761a"
_MOST_POINTS = 1500  # beyond it a scatter is drawn as a count by place
# Margins of our own: what matplotlib would fit by itself takes it a second drawing.
_MARGINS = {"left": 0.15, "right": 0.98, "top": 0.97, "bottom": 0.15}
_WIDE_MARGINS = {"left": 0.12, "right": 0.98, "top": 0.97, "bottom": 0.02, "hspace": 0.36}
COLOURS = (BLUE, _AMBER)


@drawn_once
def scatter(points: Sequence[Point], name: str, x_label: str, y_label: str) -> str | None:
    """Level against age, BMI or BSA with the line of least squares; None of fewer than three."""
    read = attrgetter(name)
    x = [float(read(one)) for one in points if read(one) is not None]
    y = [one.ug_per_l for one in points if read(one) is not None]
    if len(x) < 3:
        return None
    figure, axes = _begun(_SIZE_INCHES)
    _band(axes)
    if len(x) > _MOST_POINTS:
        axes.hexbin(x, y, gridsize=28, cmap="Blues", mincnt=1, linewidths=0, zorder=2)
    else:
        axes.scatter(x, y, s=20, color=BLUE, alpha=0.6, linewidths=0, zorder=3)
    _line(axes, x, y)
    axes.set_xlabel(x_label, fontproperties=font(10.5), color=QUIET)
    return _drawn(figure, axes, y_label)


def _line(axes: Axes, x: Sequence[float], y: Sequence[float]) -> None:
    if len(set(x)) > 1:
        slope, intercept = linear_regression(x, y)
        ends = [min(x), max(x)]
        axes.plot(ends, [intercept + slope * one for one in ends], color=INK, linewidth=1.4)


@drawn_once
def strips(groups: Mapping[str, Sequence[float]], y_label: str) -> str | None:
    """Levels by group with their means; None of fewer than three in all."""
    if sum(map(len, groups.values())) < 3:
        return None
    figure, axes = _begun(_SIZE_INCHES)
    _band(axes)
    chance = Random(7)  # only spreads points sideways; the same picture each time
    for place, values in enumerate(groups.values()):
        shown = values if len(values) <= _MOST_POINTS else chance.sample(values, _MOST_POINTS)
        sideways = [place + chance.uniform(-0.16, 0.16) for _ in shown]
        axes.scatter(sideways, shown, s=18, color=BLUE, alpha=0.5, linewidths=0, zorder=3)
        if values:
            axes.hlines(fmean(values), place - 0.28, place + 0.28, color=INK, linewidth=2, zorder=4)
    names = [f"{name}\nn = {len(values)}" for name, values in groups.items()]
    axes.set_xticks(range(len(groups)), names)
    axes.set_xlim(-0.5, len(groups) - 0.5)
    return _drawn(figure, axes, y_label)


@drawn_once
def curves(
    named: Mapping[str, Survival], labels: tuple[str, str], at_risk: str
) -> str | None:
    """Kaplan-Meier curves with their intervals, and numbers at risk under them."""
    shown = {name: one for name, one in named.items() if one.patients}
    if not shown:
        return None
    figure = Figure(figsize=_WIDE_INCHES)
    rows = {"height_ratios": (10, 1 + len(shown)), **_WIDE_MARGINS}
    axes, under = figure.subplots(2, 1, sharex=True, gridspec_kw=rows)
    for colour, (name, one) in zip(COLOURS, shown.items(), strict=False):
        _curve(axes, one, colour, name)
    _frame(axes, max(12.0, *(one.curve.longest_months for one in shown.values())), labels[0])
    if len(shown) > 1:
        axes.legend(prop=font(10.5), frameon=False, loc="lower left", labelcolor=INK)
    _risks(under, shown, at_risk, [int(tick) for tick in axes.get_xticks()])
    return _drawn(figure, axes, labels[1])


def _frame(axes: Axes, longest: float, x_label: str) -> None:
    axes.set_ylim(0, 103)
    axes.set_xlim(0, longest * 1.03)
    axes.set_xticks(range(0, int(longest) + 1, 12 if longest <= 84 else 24))
    axes.tick_params(labelbottom=True)
    axes.set_xlabel(x_label, fontproperties=font(10.5), color=QUIET)


def _curve(axes: Axes, one: Survival, colour: str, name: str) -> None:
    steps = one.curve.steps
    months = [0.0, *(step.months for step in steps), one.curve.longest_months]
    values = [100.0, *(100 * step.survival for step in steps)]
    axes.step(months, [*values, values[-1]], where="post", color=colour, linewidth=2, label=name)
    known = [step for step in steps if step.low is not None and step.high is not None]
    if known:
        low = [100 * (step.low or 0) for step in known]
        high = [100 * (step.high or 0) for step in known]
        at = [*(step.months for step in known), one.curve.longest_months]
        axes.fill_between(at, [*low, low[-1]], [*high, high[-1]], step="post", color=colour,
                          alpha=0.14, linewidth=0)  # fmt: skip


def _risks(axes: Axes, shown: Mapping[str, Survival], title: str, ticks: Sequence[int]) -> None:
    """A line of numbers for each curve, in its colour, under its time."""
    axes.set_axis_off()
    axes.set_ylim(len(shown) + 0.1, -0.5)
    axes.text(0, 0, title, color=QUIET, fontproperties=font(10), va="center")
    for row, (colour, one) in enumerate(zip(COLOURS, shown.values(), strict=False), 1):
        for month in ticks:
            n = one.risk_table.get(str(month), 0)
            axes.text(month, row - 0.1, str(n), color=colour, fontproperties=font(10.5),
                      ha="center", va="center")  # fmt: skip


def _band(axes: Axes) -> None:
    axes.axhspan(EXPECTED_FROM_UG_PER_L, EXPECTED_TO_UG_PER_L, color=_GREEN, zorder=0)
    axes.axhline(RULE_LINE_UG_PER_L, color=_RED, linewidth=1, linestyle=(0, (5, 4)), zorder=1)


def _begun(size: tuple[float, float]) -> tuple[Figure, Axes]:
    figure = Figure(figsize=size)
    figure.subplots_adjust(**_MARGINS)
    return figure, figure.add_subplot()


def _drawn(figure: Figure, axes: Axes, y_label: str) -> str:
    axes.set_ylabel(y_label, fontproperties=font(10.5), color=QUIET)
    for label in [*axes.get_xticklabels(), *axes.get_yticklabels()]:
        label.set_fontproperties(font(10.5))
        label.set_color(QUIET)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color("#c9d2d8")
    axes.tick_params(length=0)
    out = BytesIO()
    figure.savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue().decode()


