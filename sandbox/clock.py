"""The sandbox's only reader of time: real time and an offset that people move."""

import re
from datetime import UTC, datetime, timedelta

_DURATION = re.compile(
    r"P(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)
_FARTHEST = timedelta(days=3660)


class NotADuration(ValueError):
    """An ISO 8601 duration of weeks, days, hours, minutes and seconds is wanted: PT1H, P1D."""


class Clock:
    def __init__(self) -> None:
        self.offset = timedelta()

    def now(self) -> datetime:
        return real_now() + self.offset

    def timestamp(self) -> int:
        return int(self.now().timestamp())

    def set_offset(self, seconds: float) -> None:
        self.offset = timedelta(seconds=seconds)

    def move_to(self, moment: datetime) -> None:
        """Time only moves forward."""
        self.offset = max(self.offset, moment - real_now())


def real_now() -> datetime:
    return datetime.now(UTC)


def rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def read_moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"a time without offset: {text}")
    return moment


def read_duration(text: object) -> timedelta:
    found = _DURATION.fullmatch(text) if isinstance(text, str) else None
    parts = {k: float(v) for k, v in found.groupdict().items() if v} if found else {}
    if not parts or timedelta(**parts) > _FARTHEST:
        raise NotADuration(text)
    return timedelta(**parts)
