"""The course as a table: what the drawing shows, day by day in the patient's zone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.pages.timeline import LAYOUTS, families_of, size_of
from app.pages.words import reader
from app.services.summary_rows import AlertLine, DoseStep, Level, Summary


@dataclass(slots=True)
class CourseDay:
    """What happened on a day: a new dose (mg), worst grades by family, levels, alerts, visits."""

    day: date
    dose_mg: int | None = None
    grades: dict[str, int] = field(default_factory=dict)
    levels: list[Level] = field(default_factory=list)
    alerts: list[AlertLine] = field(default_factory=list)
    visits: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CourseTable:
    """The newest day first."""

    families: Sequence[str]
    days: Sequence[CourseDay]


def course_table(summary: Summary) -> CourseTable:
    days = _Days(ZoneInfo(summary.patient.time_zone))
    _with_doses(days, summary.dose_steps)
    for one in summary.grades:
        grades = days.of(one.at).grades
        grades[one.family] = max(grades.get(one.family, 0), one.grade)
    for level in summary.levels:
        days.of(level.drawn_at).levels.append(level)
    for alert in summary.alerts:
        days.of(alert.raised_at).alerts.append(alert)
    for visit in summary.visits:
        days.of(visit.at).visits.append(visit.status)
    return CourseTable(families_of(summary), days.newest_first())


class _Days:
    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._known: dict[date, CourseDay] = {}

    def on(self, day: date) -> CourseDay:
        return self._known.setdefault(day, CourseDay(day))

    def of(self, at: datetime) -> CourseDay:
        return self.on(at.astimezone(self._zone).date())

    def newest_first(self) -> tuple[CourseDay, ...]:
        return tuple(self._known[day] for day in sorted(self._known, reverse=True))


def _with_doses(days: _Days, steps: Sequence[DoseStep]) -> None:
    for step in steps:
        days.on(step.started_on).dose_mg = step.daily_dose_mg


def shown_course(summary: Summary) -> dict[str, Any]:
    """For the template: the table, the drawings' sizes to keep room for, and their text."""
    sizes = {name: size_of(summary, reader(), layout) for name, layout in LAYOUTS.items()}
    return {"course": course_table(summary), "sizes": sizes, "course_told": _told(summary)}


def _told(summary: Summary) -> Mapping[str, Any]:
    """The values of the drawing's text in words."""
    doses = " → ".join(f"{one.daily_dose_mg} mg" for one in summary.dose_steps) or "–"
    worst = max((one.grade for one in summary.grades), default=None)
    corrected = [one.corrected_ug_per_l for one in summary.levels if one.corrected_ug_per_l]
    return {
        "doses": doses, "grades": len(summary.grades), "worst": "–" if worst is None else worst,
        "levels": len(summary.levels), "alerts": len(summary.alerts),
        "last": f"{corrected[-1]:.0f}" if corrected else "–",
    }  # fmt: skip
