"""What a message is about: the word by which it is found again and cancelled."""

from datetime import date

from models import Patient, Visit


def about_visit(visit: Visit) -> str:
    return f"visit:{visit.id}"


def about_day(patient: Patient, on: date) -> str:
    """The daily reminder of one day."""
    return f"daily:{patient.id}:{on.isoformat()}"
