"""What happened to an alert, kept as it happened; nothing here is ever changed."""

from collections.abc import Sequence

from sqlmodel import col, select

from app.work import Work
from models import Alert, AlertEvent, AlertWhat, Message, Staff
from models.columns import new_id


def note(
    work: Work, alert: Alert, what: AlertWhat, *, by: str | None = None, why: str | None = None
) -> AlertEvent:
    """Keep that something happened to an alert now."""
    event = AlertEvent(
        clinic_id=alert.clinic_id, id=new_id(work.now), alert_id=alert.id,
        patient_id=alert.patient_id, at=work.now, what=what, round=alert.round, by=by, why=why,
    )  # fmt: skip
    work.session.add(event)
    return event


def note_call(work: Work, alert: Alert, staff: Staff, row: Message) -> None:
    """Somebody is called, by a message."""
    event = note(work, alert, AlertWhat.CALLED)
    event.channel, event.staff_id, event.message_id = row.channel, staff.id, row.id


def note_not_reached(
    work: Work, alert: Alert, channel: str, staff_id: int | None, why: str
) -> AlertEvent:
    """Somebody could not be called, or a call did not arrive."""
    event = note(work, alert, AlertWhat.NOT_REACHED, why=why)
    event.channel, event.staff_id = channel, staff_id
    return event


def life_of(work: Work, alert: Alert) -> Sequence[AlertEvent]:
    """All of it, the first first."""
    query = select(AlertEvent).where(
        AlertEvent.clinic_id == alert.clinic_id, AlertEvent.alert_id == alert.id
    )
    return work.session.exec(query.order_by(col(AlertEvent.id))).all()
