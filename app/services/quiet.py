"""A reminder that was held up is not sent at night: it waits for the morning, or not at all."""

from datetime import datetime, timedelta

from app.services.reminders import day_of
from app.work import Work
from models import Clinic, Message, Patient

_REMINDERS = ("visit:", "daily:", "dose:")
_ANSWERS = {"visit.take_now"}  # what follows at once from what the patient has just told


def held_until(work: Work, row: Message) -> datetime | None:
    """When a reminder that is due by night may go; None when it may go now.

    Its own plan wakes nobody: this is for one that an outage has held up.
    """
    is_reminder = (row.about or "").startswith(_REMINDERS) and row.key not in _ANSWERS
    if row.patient_id is None or not is_reminder:
        return None
    patient = work.session.get_one(Patient, (row.clinic_id, row.patient_id))
    day = day_of(work.session.get_one(Clinic, row.clinic_id), patient)
    here = work.now.astimezone(day.zone)
    if day.protocol_from <= here.time() < day.quiet_from:
        return None
    morning = here.date() + timedelta(days=here.time() >= day.quiet_from)
    return day.at(morning, day.protocol_from)
