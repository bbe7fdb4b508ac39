"""Grades by family and day, as the summary's table shows them."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from app.clinical.grading import FAMILIES
from app.services.summary_rows import Summary

MOST_DAYS = 10


@dataclass(frozen=True, slots=True)
class GradeTable:
    """The last days with a grade, the dose of each, and per family the worst grade a day."""

    days: tuple[date, ...]
    doses: tuple[int | None, ...]
    rows: dict[str, tuple[int | None, ...]]


def grade_table(summary: Summary) -> GradeTable:
    zone = ZoneInfo(summary.patient.time_zone)
    worst: dict[tuple[str, date], int] = {}
    for one in summary.grades:
        key = (one.family, one.at.astimezone(zone).date())
        worst[key] = max(worst.get(key, 0), one.grade)
    days = tuple(sorted({day for _, day in worst})[-MOST_DAYS:])
    rows = {family: tuple(worst.get((family, day)) for day in days) for family in FAMILIES}
    return GradeTable(days, tuple(_dose_on(summary, day) for day in days), rows)


def _dose_on(summary: Summary, day: date) -> int | None:
    steps = [step.daily_dose_mg for step in summary.dose_steps if step.started_on <= day]
    return steps[-1] if steps else None
