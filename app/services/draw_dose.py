"""The dose that a draw follows: when it was taken, as told, and whether the draw suits it."""

from dataclasses import dataclass
from datetime import datetime

from app.clinical.draw_window import Window, fits, window_after
from app.clinical.trough import hours_between
from app.services.doses import last_dose_before
from app.work import Work
from models import Patient, Provenance, Visit


@dataclass(frozen=True, slots=True)
class DoseBefore:
    """The last dose before a draw, or before now while none is noted; hours are elapsed."""

    taken_at: datetime
    told: Provenance
    hours: float
    window: Window
    is_in_window: bool


def dose_before(work: Work, patient: Patient, visit: Visit) -> DoseBefore | None:
    """None where no dose is told: then the level cannot be corrected."""
    at = visit.drawn_at or work.now
    dose = last_dose_before(work, patient, at)
    if dose is None:
        return None
    window = window_after(dose.taken_at)
    return DoseBefore(
        dose.taken_at, dose.provenance, hours_between(dose.taken_at, at), window, fits(window, at)
    )
