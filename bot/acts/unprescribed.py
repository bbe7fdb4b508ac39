"""A dose told where the clinic has entered none, or has stopped it: nothing told is lost."""

from datetime import datetime

from app.services.desk_lines import leave_line
from app.services.regimens import current_regimen
from bot.chats import Talk
from bot.home import at_home
from bot.replies import Reply
from models import DoseStatus, Patient


def unprescribed(
    talk: Talk, patient: Patient, taken_at: datetime, status: DoseStatus
) -> Reply | None:
    """The nurse is told in place of the record; None where a daily dose is to be taken."""
    step = current_regimen(talk.work, patient)
    if step is not None and step.daily_dose_mg:
        return None
    told, why = {"taken_at": taken_at.isoformat()}, "stopped" if step else "no_regimen"
    leave_line(talk.work, patient, f"{why}.{status}", told)
    return at_home(talk, f"dose.{why}", **told)
