"""The alerts of a clinic, open or closed, in pages; and one of them by its code or id."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import tuple_
from sqlmodel import col, select

from app.services.errors import NoSuchAlert
from app.services.paging import NoSuchPage
from app.work import Work
from models import Alert, AlertState

UNCLOSED = (AlertState.OPEN, AlertState.ACKNOWLEDGED)
CLOSED = (AlertState.CLOSED,)


def list_alerts(
    work: Work, clinic_id: str, states: tuple[AlertState, ...], after: str | None = None,
    limit: int = 50,
) -> tuple[list[Alert], str | None]:  # fmt: skip
    """A page of them, the latest raised first, and where the next page starts."""
    query = select(Alert).where(Alert.clinic_id == clinic_id, col(Alert.state).in_(states))
    if after:
        query = query.where(tuple_(col(Alert.raised_at), col(Alert.id)) < _place(after))
    query = query.order_by(col(Alert.raised_at).desc(), col(Alert.id).desc()).limit(limit + 1)
    rows = list(work.session.exec(query))
    last = rows[limit - 1] if len(rows) > limit else None
    return rows[:limit], _name(last) if last else None


def by_patient(alerts: Sequence[Alert]) -> list[Alert]:
    """The same alerts with those of one patient together, where the first of them stands."""
    grouped: dict[str, list[Alert]] = {}
    for alert in alerts:
        grouped.setdefault(alert.patient_id, []).append(alert)
    return [alert for some in grouped.values() for alert in some]


def _name(last: Alert) -> str:
    return f"{last.raised_at.isoformat().replace('+00:00', 'Z')}_{last.id}"


def _place(after: str) -> tuple[datetime, str]:
    at, _, alert_id = after.partition("_")
    try:
        place = datetime.fromisoformat(at)
        return place.replace(tzinfo=place.tzinfo or UTC).astimezone(UTC), alert_id
    except (ValueError, OverflowError):
        raise NoSuchPage(field="after") from None


def alert_called(work: Work, clinic_id: str, name: str) -> Alert:
    """By its id; or by its code: the one that is not closed, else the latest that had it."""
    row = work.session.get(Alert, (clinic_id, name))
    if row is not None:
        return row
    closed = col(Alert.state) == AlertState.CLOSED
    query = select(Alert).where(Alert.clinic_id == clinic_id, Alert.code == name.upper())
    row = work.session.exec(query.order_by(closed, col(Alert.raised_at).desc())).first()
    if row is None:
        raise NoSuchAlert(field="id")
    return row
