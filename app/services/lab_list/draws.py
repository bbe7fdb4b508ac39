"""The draws that a list names by the number of the sample, as our label prints it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import and_, col, select

from app.work import Work
from models import Patient, Visit

# The visit's id, alone or behind the patient's code as the label's code to scan holds both.
_OURS = re.compile(r"(?:\S+\s+)?([0-9a-f]{22})")
_AT_ONCE = 500  # values in one IN ()


@dataclass(frozen=True, slots=True)
class Draw:
    """Whose it is, and when the blood was drawn, where that is noted."""

    patient_id: str
    code: str
    drawn_at: datetime | None


Draws = Mapping[str, Draw]


def sample_in(cell: str) -> str | None:
    """The number of a sample of ours; a laboratory's own number is none."""
    found = _OURS.fullmatch(cell.strip().casefold())
    return found[1] if found else None


def draws_named(work: Work, clinic_id: str, cells: Iterable[str]) -> Draws:
    """The draws of a clinic by the numbers of their samples."""
    named = sorted({one for cell in cells if (one := sample_in(cell))})
    found: dict[str, Draw] = {}
    for at in range(0, len(named), _AT_ONCE):
        some = named[at : at + _AT_ONCE]
        own = and_(col(Patient.clinic_id) == clinic_id, col(Patient.id) == Visit.patient_id)
        query = select(Visit, Patient.code).join(Patient, own)
        query = query.where(Visit.clinic_id == clinic_id, col(Visit.id).in_(some))
        for visit, code in work.session.exec(query):
            found[visit.id] = Draw(visit.patient_id, code, visit.drawn_at)
    return found
