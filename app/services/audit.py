"""The audit: who read or wrote what of a patient's record, append-only, ids only."""

from app.work import Work
from models import Audit, Chat
from models.columns import new_id


def audit(
    work: Work,
    clinic_id: str,
    actor: str,
    action: str,
    patient_id: str | None = None,
    about: str | None = None,
) -> None:
    """Note an action. `actor` is "staff:1", "key:ID", "patient", "carer" or "system"."""
    work.session.add(Audit(
        clinic_id=clinic_id, id=new_id(work.now), at=work.now, actor=actor, action=action,
        patient_id=patient_id, about=about,
    ))  # fmt: skip


def actor_of(chat: Chat) -> str:
    """Who speaks in a chat. Telegram's number of the account stays out of the audit."""
    return "carer" if chat.proxy else "patient"
