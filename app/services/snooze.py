"""Being reminded of the dose before a draw once more, while it still suits the draw."""

from datetime import datetime, timedelta

from app.clinical.draw_window import dose_times
from app.services.about import about_visit
from app.services.meant import MEANT, dose_meant_for, planned_draws
from app.services.messages import tell
from app.services.reminders import DOSE_BUTTONS, SNOOZE_BUTTON, Day, day_of
from app.work import Work
from models import Clinic, Patient, Visit

SNOOZE = timedelta(minutes=30)


def snoozed_until(draw_at: datetime, now: datetime, day: Day) -> datetime | None:
    """In half an hour, where that lies inside draw - 26 h to draw - 22 h and wakes nobody."""
    dose, again = dose_times(draw_at), now + SNOOZE
    inside = dose.earliest <= now and again <= dose.latest
    return again if inside and day.allowed(again) == again else None


def visit_asked_of(work: Work, patient: Patient) -> Visit | None:
    """The planned draw whose dose is to be taken about now, and is not told."""
    near = planned_draws(work, patient, work.now + MEANT[0], work.now + MEANT[1])
    return next((visit for visit in near if dose_meant_for(work, visit) is None), None)


def can_snooze(work: Work, patient: Patient) -> datetime | None:
    visit = visit_asked_of(work, patient)
    if visit is None:
        return None
    day = day_of(work.session.get_one(Clinic, patient.clinic_id), patient)
    return snoozed_until(visit.draw_at, work.now, day)


def snooze(work: Work, patient: Patient) -> datetime | None:
    """Remind once more in half an hour; None where that would be too late."""
    visit, again = visit_asked_of(work, patient), can_snooze(work, patient)
    if visit is None or again is None:
        return None
    dose = dose_times(visit.draw_at)
    day = day_of(work.session.get_one(Clinic, patient.clinic_id), patient)
    once_more = snoozed_until(visit.draw_at, again, day)
    buttons = [*DOSE_BUTTONS, [SNOOZE_BUTTON]] if once_more else DOSE_BUTTONS
    tell(
        work, patient, f"visit.dose_again:{visit.id}:{again:%Y%m%d%H%M}", "visit.dose_again",
        {"until_at": dose.latest.isoformat(), "buttons": buttons}, about=about_visit(visit),
        due_at=again, not_after=dose.latest,
    )  # fmt: skip
    return again
