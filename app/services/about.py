"""What a message is about: the word by which it is found again and cancelled."""

from datetime import date

from models import Chat, Patient, Visit

REACH = "reach:"


def about_visit(visit: Visit) -> str:
    return f"visit:{visit.id}"


def about_day(patient: Patient, on: date) -> str:
    """The daily reminder of one day."""
    return f"daily:{patient.id}:{on.isoformat()}"


def about_reach(chat: Chat) -> str:
    """The text message to whom a chat does not reach."""
    return f"{REACH}{chat.id}"
