"""What is answered: rows as JSON, times as RFC 3339 with offset."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlmodel import SQLModel

from app.clinical.grading import printed_term
from app.services.reports import Reported
from models import SymptomGrade, SymptomReport

Show = Callable[[SQLModel], dict[str, Any]]

_INSIDE = {"clinic_id", "registered_at", "patients_made"}


def shown(row: SQLModel) -> dict[str, Any]:
    """A row without what is only ours."""
    return row.model_dump(mode="json", exclude=_INSIDE, warnings=False)


def listed(
    rows: Iterable[SQLModel], after: str | None = None, show: Show = shown
) -> dict[str, Any]:
    return {"items": [show(row) for row in rows], "next": after}


def shown_report(report: SymptomReport, grades: Iterable[SymptomGrade]) -> dict[str, Any]:
    """A report with its grades."""
    return {**shown(report), "grades": [_grade(shown(grade)) for grade in grades]}


def shown_grade(grade: SymptomGrade) -> dict[str, Any]:
    """A grade as suggested and as confirmed."""
    return _grade(shown(grade))


def shown_lab(lab: SQLModel) -> dict[str, Any]:
    """A laboratory value, with its term as its edition prints it."""
    row = shown(lab)
    term = row["term"] and printed_term(row["term"], row["ctcae_version"]).name
    return {**row, "term_name": term}


def shown_reported(told: Reported) -> dict[str, Any]:
    """What a report just became."""
    grades = [
        {"term": g.term, "family": g.family, "grade": g.grade, "criterion": g.criterion,
         "ctcae_version": g.ctcae_version, "status": "suggested", "confirmed_grade": None,
         "confirmed_by": None, "confirmed_at": None, "confirm_reason": None}
        for g in told.grades
    ]  # fmt: skip
    alert = {"alert_id": told.alert.id} if told.alert else {}
    return {**shown(told.report), "grades": grades, **alert}


def _grade(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in
            ("term", "family", "grade", "criterion", "ctcae_version", "status",
             "confirmed_grade", "confirmed_by", "confirmed_at", "confirm_reason")}  # fmt: skip
