"""Elapsed time between aware moments.

Python subtracts and compares two datetimes of one time zone by the wall clock, which is an hour
wrong across a clock change; so every moment is brought to UTC first.
"""

from datetime import UTC, datetime, timedelta

from app.clinical.errors import NaiveTime

HOUR = timedelta(hours=1)


def utc(moment: datetime, field: str) -> datetime:
    """The same moment in UTC. Raises NaiveTime, naming the field, when it has no offset."""
    if moment.utcoffset() is None:
        raise NaiveTime(field)
    return moment.astimezone(UTC)
