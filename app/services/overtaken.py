"""A call about an alert that could not go in its time, and is of use no more."""

from sqlmodel import col, select

from app.work import Work
from models import Alert, AlertState, Message

_ALERT = "alert:"


def overtaken_by(work: Work, row: Message) -> str | None:
    """Why a text or call to the staff need not go any more; None when it must."""
    if row.staff_id is None or not (row.about or "").startswith(_ALERT):
        return None
    alert = work.session.get(Alert, (row.clinic_id, str(row.about).removeprefix(_ALERT)))
    if alert is None or alert.state != AlertState.OPEN:
        return "somebody has it" if alert else "there is no such alert any more"
    return "called anew" if _later(work, row) else None


def _later(work: Work, row: Message) -> bool:
    """Whether the same person was called about it again by the same way."""
    query = select(Message.id).where(
        Message.clinic_id == row.clinic_id, Message.about == row.about,
        Message.staff_id == row.staff_id, Message.channel == row.channel,
        col(Message.id) > row.id,
    )  # fmt: skip
    return work.session.exec(query.limit(1)).first() is not None
