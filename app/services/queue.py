"""The visits of today and the next 14 days, the most urgent first."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from app.clinical.draw_window import Window, window_after
from app.services.summary import pre_visit_summary
from app.services.summary_rows import Summary
from app.services.watching import pressing
from app.work import Work
from models import Clinic, Patient, Visit, VisitStatus

LOOKS_AHEAD = timedelta(days=14)
# Urgencies in their order; the project's own.
URGENCIES = ("alert", "today", "soon", "planned")
_SOON = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class QueuedPatient:
    id: str
    code: str


@dataclass(frozen=True, slots=True)
class QueuedVisit:
    id: str
    draw_at: datetime
    status: str


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A visit, how urgent it is, what is missing for it, and its draw window if a dose is told."""

    patient: QueuedPatient
    visit: QueuedVisit
    urgency: str
    complete: bool
    missing: tuple[str, ...]
    window: Window | None
    alerts: int


def queue(work: Work, clinic_id: str) -> list[QueueRow]:
    """Visits from the start of the clinic's day to 14 days on, by urgency and time."""
    clinic = work.session.get_one(Clinic, clinic_id)
    zone = ZoneInfo(clinic.time_zone)
    today = datetime.combine(work.now.astimezone(zone).date(), time(0), zone).astimezone(UTC)
    query = (
        select(Visit, Patient)
        .where(Visit.clinic_id == clinic_id, Patient.clinic_id == clinic_id)
        .where(Patient.id == Visit.patient_id, col(Patient.died_on).is_(None))
        .where(col(Visit.status).in_([VisitStatus.PLANNED, VisitStatus.ATTENDED]))
        .where(Visit.draw_at >= today, Visit.draw_at < work.now + LOOKS_AHEAD)
    )
    rows = [_row(work, visit, patient, today) for visit, patient in work.session.exec(query)]
    return sorted(rows, key=lambda row: (URGENCIES.index(row.urgency), row.visit.draw_at))


def _row(work: Work, visit: Visit, patient: Patient, today: datetime) -> QueueRow:
    summary = pre_visit_summary(work, visit.clinic_id, patient.id, estimated=False)
    alerts = sum(alert.closed_at is None for alert in summary.alerts)
    return QueueRow(
        QueuedPatient(patient.id, patient.code),
        QueuedVisit(visit.id, visit.draw_at, visit.status),
        _urgency(visit, alerts, today, pressing(summary.watch)),
        not summary.missing,
        summary.missing,
        _window(summary, visit),
        alerts,
    )


def _urgency(visit: Visit, alerts: int, today: datetime, pressing: bool) -> str:
    """An alert comes first; after a reduction an overdue or low level makes a visit soon."""
    if alerts:
        return "alert"
    if visit.draw_at < today + timedelta(days=1):
        return "today"
    return "soon" if pressing or visit.draw_at < today + _SOON else "planned"


def _window(summary: Summary, visit: Visit) -> Window | None:
    if summary.next_visit is None or summary.next_visit.id != visit.id:
        return None
    taken = summary.next_visit.dose_taken_at
    return window_after(taken) if taken else None
