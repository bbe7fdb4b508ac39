"""What a label says of a missed dose, by the clinic's setting.

Labels of the drug differ (clinical README, section 6). Default: skip it, the next dose at the
usual time, never two at once; a clinic may allow it as soon as it is remembered, unless the
next is near. What is near is [own].
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from app.clinical.draw_window import OPENS_AFTER
from app.services.doses import last_dose_before
from app.services.meant import planned_draws
from app.work import Work
from models import Clinic, MissedDose, Patient

NEAR = timedelta(hours=12)


def rule_of_missed(work: Work, patient: Patient, missed_at: datetime) -> str:
    """The key of what the patient is told: skip it, take it now, or the next is near.

    So near to a draw that blood would not count any more, no dose is taken until it. One that
    another dose has followed is not made up.
    """
    if list(planned_draws(work, patient, work.now, work.now + OPENS_AFTER)):
        return "dose.missed.wait"
    clinic = work.session.get_one(Clinic, patient.clinic_id)
    since = last_dose_before(work, patient, work.now + timedelta(minutes=1))
    is_followed = since is not None and since.taken_at > missed_at
    if clinic.missed_dose == MissedDose.SKIP or is_followed:
        return "dose.missed.skip"
    near = next_usual(patient, work.now) - work.now <= NEAR
    return "dose.missed.near" if near else "dose.missed.when_remembered"


def next_usual(patient: Patient, now: datetime) -> datetime:
    """The next usual time of the dose by the patient's clock."""
    zone = ZoneInfo(patient.time_zone)
    today = now.astimezone(zone).date()
    days = (today + timedelta(days=n) for n in range(3))
    moments = (datetime.combine(on, patient.usual_dose_time, zone).astimezone(UTC) for on in days)
    return next(at for at in moments if at > now)
