"""A patient is in another time zone: wall-clock reminders follow, elapsed hours stay."""

from app.services.daily import replan_days
from app.services.reminders import plan_for_visit
from app.services.visits import planned_visits
from app.work import Work
from models import Patient


def patient_moved(work: Work, patient: Patient) -> None:
    """Plan anew all that goes by the patient's clock."""
    for visit in planned_visits(work, patient):
        plan_for_visit(work, patient, visit)
    replan_days(work, patient)
