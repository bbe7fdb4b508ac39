"""A dose told before the clinic has entered which one is taken: nothing told is lost."""

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
    """The nurse is told in place of the record; None where a daily dose is known."""
    if current_regimen(talk.work, patient) is not None:
        return None
    told = {"taken_at": taken_at.isoformat()}
    leave_line(talk.work, patient, f"no_regimen.{status}", told)
    return at_home(talk, "dose.no_regimen", **told)
