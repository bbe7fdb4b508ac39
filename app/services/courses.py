"""What a batch of patients has on record that decides when they are asked; few statements."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, literal, select, tuple_, union_all
from sqlmodel import col

from app.services.pace import STABLE, TROUBLE
from app.work import Work
from models import (
    Alert,
    AlertState,
    Chat,
    ChatState,
    Lab,
    Patient,
    Prompt,
    PromptKind,
    PromptState,
    Questionnaire,
    Regimen,
    SymptomGrade,
    SymptomReport,
    Visit,
    VisitStatus,
)

Key = tuple[str, str]  # clinic and patient
_COMES = (VisitStatus.PLANNED, VisitStatus.ATTENDED)
_ENDED = (PromptState.ANSWERED, PromptState.MISSED)


def key_of(row: Any) -> Key:
    return row.clinic_id, row.patient_id


def among(table: Any, patients: Iterable[Patient]) -> ColumnElement[bool]:
    """The rows of a table that are of these patients."""
    keys = [(patient.clinic_id, patient.id) for patient in patients]
    return tuple_(col(table.clinic_id), col(table.patient_id)).in_(keys)


def chats_of(work: Work, patients: Sequence[Patient]) -> Mapping[Key, list[int]]:
    """The active chats of each."""
    query = select(col(Chat.clinic_id), col(Chat.patient_id), col(Chat.id))
    query = query.where(among(Chat, patients), col(Chat.state) == ChatState.ACTIVE)
    return _gathered(work, query.order_by(col(Chat.id)), lambda row: row.id)


def steps_of(
    work: Work, patients: Sequence[Patient]
) -> Mapping[Key, list[tuple[date, int]]]:
    """The dose steps of each, the first first."""
    query = select(
        col(Regimen.clinic_id), col(Regimen.patient_id), col(Regimen.started_on),
        col(Regimen.daily_dose_mg),
    ).where(among(Regimen, patients))  # fmt: skip
    query = query.order_by(col(Regimen.started_on), col(Regimen.id))
    return _gathered(work, query, lambda row: (row.started_on, row.daily_dose_mg))


@dataclass(frozen=True, slots=True)
class Asked:
    """A prompt that ended: when it was asked, and why."""

    due_at: datetime
    why: str


def asked_before(
    work: Work, patients: Sequence[Patient], kind: PromptKind
) -> Mapping[Key, list[Asked]]:
    """What each was asked and has answered or missed, the first first."""
    query = select(
        col(Prompt.clinic_id), col(Prompt.patient_id), col(Prompt.due_at), col(Prompt.why)
    )
    query = query.where(
        among(Prompt, patients), col(Prompt.kind) == kind, col(Prompt.state).in_(_ENDED)
    )
    return _gathered(
        work, query.order_by(col(Prompt.due_at)), lambda row: Asked(row.due_at, row.why)
    )


def answered_sf36(work: Work, patients: Sequence[Patient]) -> Mapping[Key, list[datetime]]:
    """When each has answered the questionnaire, the first first."""
    query = select(
        col(Questionnaire.clinic_id), col(Questionnaire.patient_id), col(Questionnaire.answered_at)
    )
    query = query.where(among(Questionnaire, patients)).order_by(col(Questionnaire.answered_at))
    return _gathered(work, query, lambda row: row.answered_at)


def visits_of(work: Work, patients: Sequence[Patient]) -> Mapping[Key, list[datetime]]:
    """When each came or will come, the first first."""
    query = select(col(Visit.clinic_id), col(Visit.patient_id), col(Visit.draw_at))
    query = query.where(among(Visit, patients), col(Visit.status).in_(_COMES))
    return _gathered(work, query.order_by(col(Visit.draw_at)), lambda row: row.draw_at)


def troubled_at(work: Work, patients: Sequence[Patient]) -> Mapping[Key, datetime]:
    """When each last had a grade of 2 or more, or an alert; now while one is open."""
    since = work.now - STABLE
    of_alert = _alerts(work, patients, since)
    query = union_all(of_alert, _symptoms(patients, since), _labs(patients, since))
    found = _gathered(work, query, lambda row: row.at)
    return {key: max(moments) for key, moments in found.items()}


def _alerts(work: Work, patients: Sequence[Patient], since: datetime) -> Any:
    """An alert counts until it is closed."""
    unclosed = col(Alert.state) != AlertState.CLOSED
    as_moment = Alert.__table__.c.raised_at.type  # type: ignore[attr-defined]
    at = func.coalesce(col(Alert.closed_at), literal(work.now, as_moment))
    query = select(col(Alert.clinic_id), col(Alert.patient_id), at.label("at"))
    return query.where(among(Alert, patients), unclosed | (col(Alert.closed_at) >= since))


def _symptoms(patients: Sequence[Patient], since: datetime) -> Any:
    """Of the reports that stand; a grade counts as confirmed where it is."""
    grade = func.coalesce(col(SymptomGrade.confirmed_grade), col(SymptomGrade.grade))
    query: Any = select(
        col(SymptomGrade.clinic_id), col(SymptomGrade.patient_id),
        col(SymptomGrade.graded_at).label("at"),
    )  # fmt: skip
    query = query.join(
        SymptomReport,
        (col(SymptomReport.clinic_id) == col(SymptomGrade.clinic_id))
        & (col(SymptomReport.id) == col(SymptomGrade.report_id)),
    )
    return query.where(
        among(SymptomGrade, patients), col(SymptomGrade.graded_at) >= since, grade >= TROUBLE,
        col(SymptomReport.replaced_by).is_(None),
    )  # fmt: skip


def _labs(patients: Sequence[Patient], since: datetime) -> Any:
    grade = func.coalesce(col(Lab.confirmed_grade), col(Lab.grade))
    query: Any = select(
        col(Lab.clinic_id), col(Lab.patient_id), col(Lab.collected_at).label("at")
    )
    return query.where(among(Lab, patients), col(Lab.collected_at) >= since, grade >= TROUBLE)


def _gathered(work: Work, query: Any, value: Any) -> dict[Key, list[Any]]:
    found: dict[Key, list[Any]] = defaultdict(list)
    for row in work.session.execute(query):
        found[key_of(row)].append(value(row))
    return found
