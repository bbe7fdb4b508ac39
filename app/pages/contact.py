"""How a patient is reached, for the pages that show it: phone, chat, and ready phrases."""

from typing import Any

from app.services.writing import Contact, contact_of
from app.texts import Reader, say
from app.work import Work
from models.columns import new_id

PHRASES = ("call_soon", "call_us", "worse", "photo", "how_now", "come")


def reaching(work: Work, clinic_id: str, patient_id: str) -> dict[str, Any]:
    """For the template of the ways to reach a patient; `once` makes a second press a repeat."""
    contact = contact_of(work, clinic_id, patient_id)
    return {"contact": contact, "phrases": phrases_of(contact), "once": new_id(work.now)}


def phrases_of(contact: Contact) -> list[str]:
    """Words that are ready, in the patient's language."""
    theirs = Reader(contact.language, "UTC")
    return [say(f"desk.phrase.{one}", theirs) for one in PHRASES]
