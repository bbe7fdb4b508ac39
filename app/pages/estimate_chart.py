"""The estimated concentration over a day, as SVG. Imported only when a drawing is asked for."""

from matplotlib.figure import Figure

from app.clinical.bayes import Estimate
from app.pages.chart import BLUE, QUIET, bands, drawn, font
from app.texts import Reader, say


def estimate_svg(estimate: Estimate, reader: Reader) -> bytes:
    """Steady state on the current dose with its 90 % interval, over the expected band."""
    figure = Figure(figsize=(9.2, 3.2), layout="constrained")
    axes = figure.add_subplot()
    hours = [point.hours for point in estimate.curve]
    low = [point.low_ug_per_l for point in estimate.curve]
    high = [point.high_ug_per_l for point in estimate.curve]
    bands(axes, reader)
    axes.fill_between(hours, low, high, color=BLUE, alpha=0.18, linewidth=0)
    axes.plot(hours, [point.ug_per_l for point in estimate.curve], color=BLUE, linewidth=2)
    axes.set_xlim(0, hours[-1])
    axes.set_ylim(0, max(max(high) * 1.08, 1700))
    axes.set_xticks(range(0, 25, 4))
    axes.set_xlabel(say("page.estimate.hours", reader), fontproperties=font(10), color=QUIET)
    return drawn(figure, axes, say("page.estimate.axis", reader))
