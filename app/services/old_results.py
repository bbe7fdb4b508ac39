"""A result that is old when it comes waits on the desk: nobody is called about it by night.

Its alert is open as any and must be closed; people are called when the clinic is staffed and
nobody has taken it by then (ADR 0038).
"""

from datetime import datetime

from sqlalchemy import ColumnElement, String, cast
from sqlmodel import col

from app.clinical.alerts import OLD
from app.services.opening import is_staffed, next_opening
from app.work import Work
from models import Alert, Clinic


def is_of_old(alert: Alert) -> bool:
    """Whether all that an alert is about was old when it came."""
    return OLD in alert.causes


def of_old() -> ColumnElement[bool]:
    """The same, of rows."""
    return cast(col(Alert.causes), String).contains(f'"{OLD}"', autoescape=True)


def by_day(work: Work, clinic: Clinic, at: datetime) -> datetime:
    """This moment where the clinic is staffed then, else when it is next, if it ever is."""
    opening = None if is_staffed(work, clinic, at) else next_opening(work, clinic, at)
    return opening.opens_at if opening else at
