"""What a patient writes in their own words: kept for the nurse, and an alert at a red flag."""

from app.clinical.alerts import alert_causes
from app.services.alerts import raise_alerts
from app.services.inbox import put_in_inbox
from app.work import Work
from models import InboxKind, Patient


def hear_words(work: Work, patient: Patient, text: str) -> tuple[str, ...]:
    """Leave the words in the inbox, and call a nurse at once for the red flags read in them."""
    item = put_in_inbox(work, patient.clinic_id, InboxKind.TEXT, text or "(no text)", patient.id)
    flags = tuple(item.triage.get("red_flags", ()))
    raise_alerts(work, patient, alert_causes({}, None, False, flags), report_id=None, grade=0)
    return flags
