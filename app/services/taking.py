"""One of the staff takes an alert: by a reply, a key in a call, or a tap in their own Telegram."""

from enum import StrEnum

from app.services.alerts import acknowledge, find_alert
from app.work import Work
from models import Alert, AlertState, Clinic, Staff


class Take(StrEnum):
    ACKNOWLEDGED = "acknowledged"  # it is theirs now
    ALREADY = "already"  # somebody has it
    CLOSED = "closed"


def take(work: Work, staff: Staff, alert_id: str) -> Take:
    """The first who takes it has it. Raises NoSuchAlert."""
    alert = find_alert(work, staff.clinic_id, alert_id)
    if alert.state == AlertState.CLOSED:
        return Take.CLOSED
    if alert.state == AlertState.ACKNOWLEDGED:
        return Take.ALREADY
    acknowledge(work, staff.clinic_id, alert_id, f"staff:{staff.id}")
    return Take.ACKNOWLEDGED


def holder(work: Work, alert: Alert) -> str:
    """The name of who has it, or who closed it; of the clinic where that is no person of it."""
    kind, _, number = (alert.closed_by or alert.acknowledged_by or "").partition(":")
    is_staff = kind == "staff" and number.isdecimal()
    staff = work.session.get(Staff, int(number)) if is_staff else None
    return (staff or work.session.get_one(Clinic, alert.clinic_id)).name
