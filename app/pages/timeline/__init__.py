"""One patient's course as a drawing: doses, grades, alerts, visits and troughs over time."""

from app.pages.timeline.drawing import size_of, timeline
from app.pages.timeline.layout import LAYOUTS, NARROW, PAPER, WIDE
from app.pages.timeline.rows import families_of

__all__ = ["LAYOUTS", "NARROW", "PAPER", "WIDE", "families_of", "size_of", "timeline"]
