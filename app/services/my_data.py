"""All that is stored of a patient, as a file for the patient."""

import json
from collections.abc import Sequence
from typing import Any

from sqlmodel import SQLModel, col, select

from app.texts import Reader
from app.texts.render import Attachment
from app.work import Work
from models import (
    Alert,
    Audit,
    Decision,
    Dose,
    DoseStart,
    DrawStep,
    FollowUp,
    FormerResult,
    InboxItem,
    Lab,
    Media,
    MedicineReview,
    Message,
    Patient,
    Prompt,
    Questionnaire,
    Regimen,
    Sample,
    SymptomGrade,
    SymptomReport,
    Visit,
)

_TABLES: dict[str, tuple[type[SQLModel], str]] = {
    "regimens": (Regimen, "started_on"), "doses": (Dose, "taken_at"),
    "reports": (SymptomReport, "reported_at"), "questionnaires": (Questionnaire, "answered_at"),
    "visits": (Visit, "draw_at"), "draw_steps": (DrawStep, "recorded_at"),
    "levels": (Sample, "drawn_at"), "labs": (Lab, "collected_at"),
    "former_results": (FormerResult, "recorded_at"),
    "alerts": (Alert, "raised_at"), "decisions": (Decision, "decided_at"),
    "dose_starts": (DoseStart, "at"), "follow_ups": (FollowUp, "recorded_at"),
    "medicines": (MedicineReview, "recorded_at"),
    "questions_asked": (Prompt, "due_at"), "written": (InboxItem, "received_at"),
    "photos_and_voice": (Media, "received_at"), "messages": (Message, "made_at"),
}  # fmt: skip
CONSENTS = (
    "link", "link.end", "consent", "consent.decline", "reminders.stop", "reminders.start",
    "forget.ask",
    "forget.decline",
)  # fmt: skip
# What is only the machine's, or names one of the staff or another's phone.
_INSIDE = {
    "clinic_id", "patient_id", "chat_id", "dedupe", "staff_id", "leased_until", "attempts",
    "provider_id", "sent_to", "data", "file_id", "next_at", "patients_made", "triage",
    "confirmed_by", "decided_by", "recorded_by", "told_by", "handled_by", "acknowledged_by",
    "closed_by", "actor",
}  # fmt: skip


def rows_of(work: Work, patient: Patient, name: str) -> Sequence[Any]:
    """The rows of one part of the record, the oldest first."""
    table, order = _TABLES[name]
    return _rows(work, table, patient, order)


def grades_by_report(work: Work, patient: Patient) -> dict[str, list[SymptomGrade]]:
    """Of each report its graded symptoms."""
    found: dict[str, list[SymptomGrade]] = {}
    for grade in _rows(work, SymptomGrade, patient, "id"):
        found.setdefault(grade.report_id, []).append(grade)
    return found


def consents_of(work: Work, patient: Patient) -> Sequence[Any]:
    """When a phone was linked, and what was agreed to or declined."""
    return [row for row in _rows(work, Audit, patient, "at") if row.action in CONSENTS]


def _rows(work: Work, table: Any, patient: Patient, order: str) -> Sequence[Any]:
    query = select(table).where(
        table.clinic_id == patient.clinic_id, table.patient_id == patient.id
    )
    key = table.__table__.primary_key.columns.values()[-1]
    return work.session.exec(query.order_by(col(getattr(table, order)), key)).all()


def my_data_json(work: Work, patient: Patient, _reader: Reader) -> Attachment:
    """Everything, for a machine to read."""
    grades = grades_by_report(work, patient)
    told: dict[str, Any] = {"made_at": work.now.isoformat(), "patient": _shown(patient)}
    for name in _TABLES:
        told[name] = [_shown(row) for row in rows_of(work, patient, name)]
    for report in told["reports"]:
        report["grades"] = [_shown(one) for one in grades.get(report["id"], ())]
    told["consents"] = [_shown(row) for row in consents_of(work, patient)]
    text = json.dumps(told, ensure_ascii=False, indent=1)
    return Attachment("my-data.json", "application/json", text.encode())


def _shown(row: SQLModel) -> dict[str, Any]:
    shown = row.model_dump(mode="json", exclude=_INSIDE, warnings=False)
    if isinstance(row, FormerResult):  # a row within a row
        shown["told"] = {name: value for name, value in row.told.items() if name not in _INSIDE}
    return shown
