"""Whether something happened since a page was shown: a word that changes with each event."""

import hashlib

from sqlmodel import col, func, select

from app.services.writing import WORDS
from app.work import Work
from models import Alert, AlertEvent, InboxItem, Message


def news_of_alert(work: Work, clinic_id: str, alert_id: str) -> str:
    """Changes with each event of an alert, what becomes of its messages, and what is said."""
    last = select(func.max(AlertEvent.id)).where(
        AlertEvent.clinic_id == clinic_id, AlertEvent.alert_id == alert_id
    )
    whose = select(Alert.patient_id).where(Alert.clinic_id == clinic_id, Alert.id == alert_id)
    states = select(Message.id, Message.state).where(
        Message.clinic_id == clinic_id,
        col(Message.about).in_([f"alert:{alert_id}", f"{WORDS}{alert_id}"]),
    )
    rows = work.session.exec(states.order_by(col(Message.id))).all()
    said = select(func.max(InboxItem.id)).where(
        InboxItem.clinic_id == clinic_id, col(InboxItem.patient_id).in_(whose)
    )
    parts = (work.session.exec(last).one(), work.session.exec(said).one())
    return _short(*parts, *(f"{one}{state}" for one, state in rows))


def _short(*parts: str | None) -> str:
    return hashlib.sha256("|".join(str(part) for part in parts).encode()).hexdigest()[:16]
