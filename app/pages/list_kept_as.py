"""As what a row of a list would be kept, in words: in ug/L, corrected or why not, graded or not."""

from app.clinical.trough import VALID_HOURS, WINDOW_HOURS
from app.pages.words import clock, day, t
from app.services.lab_list import Graded
from models import Sample

_LIMITS = ("lln", "uln", "baseline")
_OUTSIDE = "outside_window"


def level_as(level: Sample) -> tuple[str, ...]:
    """Its value, its draw and its correction, a line each."""
    value = f"{level.comparator or ''}{level.raw_ug_per_l:.6g} µg/L"
    return value, f"{day(level.drawn_at)} {clock(level.drawn_at)}", _corrected(level)


def value_as(one: Graded) -> tuple[str, ...]:
    """Of a laboratory value what it lacks to be graded."""
    return (lacks(one.missing),) if one.missing else ()


def lacks(missing: tuple[str, ...]) -> str:
    """Why a value has no grade: which limits were not told."""
    what = [t(f"page.entry.lacks.{one}") for one in missing if one in _LIMITS]
    return t("page.entry.as.ungraded", what=t("page.entry.lacks.or").join(what)) if what else ""


def _corrected(level: Sample) -> str:
    hours = level.hours_after_dose
    if level.comparator:
        return t("page.entry.as.limit")
    if hours is None:
        return t("page.entry.as.no_dose")
    shown = f"{hours:.1f}"
    if level.corrected_ug_per_l is None:
        soon = hours < VALID_HOURS[0]
        bound = f"{VALID_HOURS[0 if soon else 1]:g}"
        return t(f"page.entry.as.{'too_soon' if soon else 'too_late'}", hours=shown, bound=bound)
    said = t("page.entry.as.corrected", level=f"{level.corrected_ug_per_l:.0f}", hours=shown)
    start, end = WINDOW_HOURS
    window = t("page.entry.as.outside", start=f"{start:g}", end=f"{end:g}")
    return f"{said} · {window}" if _OUTSIDE in level.flags else said
