"""What a patient writes in their own words: kept for the nurse, and an alert at a red flag."""

from dataclasses import dataclass

from app.clinical.alerts import alert_causes
from app.clinical.questions import is_question
from app.services.alerts import raise_alerts
from app.services.inbox import put_in_inbox
from app.work import Work
from models import InboxItem, InboxKind, Patient


@dataclass(frozen=True, slots=True)
class HeardWords:
    """Where the words were left, and the red flags and families that were read in them."""

    item: InboxItem
    flags: tuple[str, ...]
    families: tuple[str, ...]


def hear_words(
    work: Work,
    patient: Patient,
    text: str,
    kind: InboxKind = InboxKind.TEXT,
    *,
    chat_id: int | None = None,
    sent: str | None = None,
) -> HeardWords:
    """Leave the words in the inbox, and call a nurse at once for the red flags read in them.

    `sent` is what came with them and cannot be shown: a file, a place.
    """
    if kind == InboxKind.TEXT and is_question(text):
        kind = InboxKind.QUESTION
    item = put_in_inbox(
        work, patient.clinic_id, kind, text, patient.id, chat_id=chat_id,
        data={"sent": sent} if sent else None,
    )  # fmt: skip
    flags = tuple(item.triage.get("red_flags", ()))
    raise_alerts(work, patient, alert_causes({}, None, False, flags), report_id=None, grade=0)
    return HeardWords(item, flags, tuple(item.triage.get("categories", ())))
