"""Before and after the first reduction, of each patient: worst grades, and two SF-36.

The spells are handed to the database as one JSON value, so that a statement is as long for many
patients as for few; of the grades only the worst of each patient comes back.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import CTE, String, and_, func, select, text

from app.services.cohort.course import Bounds, bounds_of
from app.services.cohort.reading import IN_PARTS, Case
from app.services.questionnaires import SUMMARIES
from app.work import Work
from models import Lab, Questionnaire, SymptomGrade, SymptomReport

# Families of Table 2 of the paper, in its order; marrow is of the laboratory, the others are told.
FAMILIES = ("marrow", "edema", "skin", "gi")
TOLD = FAMILIES[1:]
# An SF-36 after the change counts from 28 days on, as a level does: our own choice.
_SETTLED = timedelta(days=28)
_WHEN = SymptomReport.__table__.c.reported_at.type  # type: ignore[attr-defined]
# [[patient_id, begins_at, changed_at, ends_at], ...] as rows. Moments are as each database keeps
# them: text, and a moment of its own.
_GIVEN: Mapping[str, str] = {
    "sqlite": """
        SELECT json_extract(value, '$[0]') AS patient_id, json_extract(value, '$[1]') AS begins_at,
               json_extract(value, '$[2]') AS changed_at, json_extract(value, '$[3]') AS ends_at
        FROM json_each(:spans)""",
    "postgresql": """
        SELECT value->>0 AS patient_id, CAST(value->>1 AS timestamptz) AS begins_at,
               CAST(value->>2 AS timestamptz) AS changed_at,
               CAST(value->>3 AS timestamptz) AS ends_at
        FROM json_array_elements(CAST(:spans AS json))""",
}

# Their columns, as a statement takes them.
_REPORT: Any = SymptomReport
_GRADE: Any = SymptomGrade
_LAB: Any = Lab
_SF36: Any = Questionnaire

Grades = dict[str, int]  # the worst grade of each family of which anything is known
Scores = dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Answered:
    """One SF-36: its eight scales and both summaries, and in whose words it was asked."""

    wording: str
    scores: Scores


@dataclass(frozen=True, slots=True)
class Pair:
    """What is known of one patient at the dose before, and at the lowered dose."""

    grades: tuple[Grades, Grades]
    answered: tuple[Answered | None, Answered | None]


def read_pairs(work: Work, clinic_id: str, cases: Iterable[Case]) -> Mapping[str, Pair]:
    """By the id of each patient whose dose was lowered."""
    bounds = {
        case.id: bounds_of(case.reduction, ZoneInfo(case.row.time_zone))
        for case in cases
        if case.reduction
    }
    spans = _spans(work, bounds)
    grades, answered = _worst(work, clinic_id, spans), _answered(work, clinic_id, spans)
    return {
        patient_id: Pair(grades[patient_id], answered[patient_id]) for patient_id in bounds
    }  # fmt: skip


def _spans(work: Work, bounds: Mapping[str, Bounds]) -> CTE:
    dialect = work.session.get_bind().dialect
    kept = _WHEN.dialect_impl(dialect).bind_processor(dialect)
    rows = [[patient_id, *map(kept, moments)] for patient_id, moments in bounds.items()]
    told = json.dumps(rows, default=datetime.isoformat)
    given = text(_GIVEN[dialect.name]).bindparams(spans=told)
    return given.columns(
        patient_id=String, begins_at=_WHEN, changed_at=_WHEN, ends_at=_WHEN
    ).cte("spans")  # fmt: skip


def _worst(work: Work, clinic_id: str, spans: CTE) -> Mapping[str, tuple[Grades, Grades]]:
    """A report tells of every family: of one in which nothing was said its grade is 0."""
    found: defaultdict[str, tuple[Grades, Grades]] = defaultdict(lambda: ({}, {}))
    for patient_id, after in work.session.execute(_reported(clinic_id, spans)):
        found[patient_id][after].update(dict.fromkeys(TOLD, 0))
    for query in (_graded(clinic_id, spans), _measured(clinic_id, spans)):
        for patient_id, after, family, grade in work.session.execute(query):
            found[patient_id][after][family] = grade
    return found


def _reported(clinic_id: str, spans: CTE) -> Any:
    """(patient, after) where there is a report that stands."""
    query = select(spans.c.patient_id, after := _is_after(spans, _REPORT.reported_at))
    query = query.select_from(spans).join(_REPORT, _within(spans, _REPORT, clinic_id))
    return query.where(_REPORT.replaced_by.is_(None)).group_by(spans.c.patient_id, after)


def _graded(clinic_id: str, spans: CTE) -> Any:
    """(patient, after, family, worst grade) of those reports; a confirmed grade counts."""
    after = _is_after(spans, _GRADE.graded_at)
    counts = func.coalesce(_GRADE.confirmed_grade, _GRADE.grade)
    stands = and_(
        _REPORT.clinic_id == _GRADE.clinic_id, _REPORT.id == _GRADE.report_id,
        _REPORT.replaced_by.is_(None),
    )  # fmt: skip
    query = select(spans.c.patient_id, after, _GRADE.family, func.max(counts)).select_from(spans)
    query = query.join(_GRADE, _within(spans, _GRADE, clinic_id, "graded_at"))
    query = query.join(_REPORT, stands).where(_GRADE.family.in_(TOLD), counts > 0)
    return query.group_by(spans.c.patient_id, after, _GRADE.family)


def _measured(clinic_id: str, spans: CTE) -> Any:
    """(patient, after, "marrow", worst grade) of its laboratory values."""
    after = _is_after(spans, _LAB.collected_at)
    counts = func.coalesce(_LAB.confirmed_grade, _LAB.grade)
    query = select(spans.c.patient_id, after, _LAB.family, func.max(counts)).select_from(spans)
    query = query.join(_LAB, _within(spans, _LAB, clinic_id, "collected_at"))
    query = query.where(_LAB.family == "marrow", counts.is_not(None))
    return query.group_by(spans.c.patient_id, after, _LAB.family)


def _answered(
    work: Work, clinic_id: str, spans: CTE
) -> Mapping[str, tuple[Answered | None, Answered | None]]:
    """The last before the change, and the first that is settled after it."""
    summaries = [getattr(_SF36, name) for name in SUMMARIES]
    columns = (_SF36.answered_at, _SF36.wording, _SF36.scales, *summaries)
    query = select(spans.c.patient_id, spans.c.changed_at, *columns).select_from(spans)
    query = query.join(_SF36, _within(spans, _SF36, clinic_id, "answered_at"))
    query = query.order_by(_SF36.answered_at, _SF36.id)
    found: defaultdict[str, tuple[Answered | None, Answered | None]]
    found = defaultdict(lambda: (None, None))
    for row in work.session.execute(query, execution_options=IN_PARTS):
        before, after = found[row.patient_id]
        if row.answered_at < row.changed_at:
            found[row.patient_id] = (_one(row), after)
        elif after is None and row.answered_at - row.changed_at >= _SETTLED:
            found[row.patient_id] = (before, _one(row))
    return found


def _one(row: Any) -> Answered:
    scores = {**row.scales, **{name: getattr(row, name) for name in SUMMARIES}}
    return Answered(row.wording, scores)


def _within(spans: CTE, table: Any, clinic_id: str, at: str = "reported_at") -> Any:
    when = getattr(table, at)
    return and_(
        table.clinic_id == clinic_id, table.patient_id == spans.c.patient_id,
        when >= spans.c.begins_at, when < spans.c.ends_at,
    )  # fmt: skip


def _is_after(spans: CTE, at: Any) -> Any:
    """Whether it was at the lowered dose; both databases know it as a truth."""
    return (at >= spans.c.changed_at).label("after")
