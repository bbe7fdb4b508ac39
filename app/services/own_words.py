"""What patients wrote, said or sent by themselves, as it is read beside an alert or a summary."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_
from sqlmodel import col, func, select

from app.services.draw_days import today_of
from app.services.patients import find_patient
from app.work import Work
from models import Alert, AlertEvent, InboxItem, InboxKind, Patient, Visit, VisitStatus

BEFORE_ALERT = timedelta(hours=24)  # [own] words of the day before may say how it began
SINCE_AT_LEAST = timedelta(days=14)  # [own] in a summary, however short ago the last visit was
OF_AN_ALERT, OF_A_SUMMARY = 10, 3  # the newest; the history of messages has all
_KINDS = (InboxKind.TEXT, InboxKind.QUESTION, InboxKind.VOICE, InboxKind.PHOTO)


@dataclass(frozen=True, slots=True)
class OwnWords:
    """Items of the inbox, the newest first, and how many more there are since a moment (UTC)."""

    patient_id: str
    since: datetime
    items: tuple[InboxItem, ...] = ()
    more: int = 0


def words_of_alert(work: Work, alert: Alert) -> OwnWords:
    """From the day before it was first raised until it was closed."""
    first = select(func.min(AlertEvent.at)).where(
        AlertEvent.clinic_id == alert.clinic_id, AlertEvent.alert_id == alert.id
    )
    raised = work.session.exec(first).one() or alert.raised_at
    since = min(raised, alert.raised_at) - BEFORE_ALERT
    until = alert.closed_at or work.now
    return _words(work, alert.clinic_id, alert.patient_id, since, until, OF_AN_ALERT)


def words_of_patient(work: Work, clinic_id: str, patient_id: str) -> OwnWords:
    """Since the last visit before today; at least of the last 14 days. Raises NoSuchPatient."""
    patient = find_patient(work, clinic_id, patient_id)
    last = select(func.max(Visit.draw_at)).where(
        Visit.clinic_id == patient.clinic_id, Visit.patient_id == patient.id,
        Visit.status == VisitStatus.ATTENDED, col(Visit.draw_at) < _day_began(work, patient),
    )  # fmt: skip
    recent = work.now - SINCE_AT_LEAST
    since = min(work.session.exec(last).one() or recent, recent)
    return _words(work, patient.clinic_id, patient.id, since, work.now, OF_A_SUMMARY)


def _day_began(work: Work, patient: Patient) -> datetime:
    """Today by the patient's clock, in UTC."""
    zone = ZoneInfo(patient.time_zone)
    return datetime.combine(today_of(work, patient), time(0), zone).astimezone(UTC)


def _words(
    work: Work, clinic_id: str, patient_id: str, since: datetime, until: datetime, at_most: int
) -> OwnWords:
    if find_patient(work, clinic_id, patient_id).erased_at:
        return OwnWords(patient_id, since)
    at = col(InboxItem.received_at)
    which = (*said_by(clinic_id, patient_id), at >= since, at <= until)
    query = select(InboxItem).where(*which).order_by(at.desc(), col(InboxItem.id).desc())
    items = tuple(work.session.exec(query.limit(at_most)))
    count = select(func.count()).select_from(InboxItem).where(*which)
    more = work.session.exec(count).one() - at_most if len(items) == at_most else 0
    return OwnWords(patient_id, since, items, more)


def said_by(clinic_id: str, patient_id: str) -> tuple[ColumnElement[bool], ...]:
    """Which items are the patient's; a photo that became a report's own stands with the report."""
    of_report = and_(col(InboxItem.text) == "", col(InboxItem.handled_by) == "system")
    return (
        col(InboxItem.clinic_id) == clinic_id, col(InboxItem.patient_id) == patient_id,
        col(InboxItem.kind).in_(_KINDS), func.coalesce(~of_report, True),
    )  # fmt: skip
