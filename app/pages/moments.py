"""Days and times of a form, by the clinic's clock; `set_zone` comes first."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from flask import g

from app.services.errors import Invalid


class NotATime(Invalid):
    """This is not a day with a time; write it as 2026-11-24 08:10."""


class NotADate(Invalid):
    """This is not a day; write it as 2026-11-24."""


def as_typed(moment: datetime) -> str:
    """As a field for a day and a time takes it."""
    return moment.astimezone(ZoneInfo(g.time_zone)).strftime("%Y-%m-%dT%H:%M")


def moment_of(form: Mapping[str, str], field: str) -> datetime | None:
    """In UTC; None where it is empty. Raises NotATime."""
    sent = form.get(field, "").strip()
    try:
        local = datetime.fromisoformat(sent) if sent else None
    except ValueError:
        raise NotATime(field=field) from None
    return local.replace(tzinfo=ZoneInfo(g.time_zone)).astimezone(UTC) if local else None


def day_of(form: Mapping[str, str], field: str) -> date | None:
    """None where it is empty. Raises NotADate."""
    sent = form.get(field, "").strip()
    try:
        return date.fromisoformat(sent) if sent else None
    except ValueError:
        raise NotADate(field=field) from None
