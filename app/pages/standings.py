"""How a draw stands, in the words of a desk: "open until 11:10"."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.clinical.window_now import Standing
from app.pages.words import age, clock, moment, reader, t

_LEFT = {"opens", "closing"}  # told with the time that is left


def stands(one: Standing, now: datetime, day: date) -> str:
    """A standing as one line, as of now, under the heading of a day."""
    if one.at is None:
        return t(f"page.desk.window.{one.state}")
    if one.state == "drawn":
        return _drawn(one, one.at)
    left = {"left": age(one.at - now)} if one.state in _LEFT else {}
    return t(f"page.desk.window.{one.state}", at=_when(one.at, day), **left)


def _drawn(one: Standing, at: datetime) -> str:
    if one.hours_after_dose is None:
        return t("page.desk.window.drawn_alone", at=clock(at))
    return t("page.desk.window.drawn", at=clock(at), hours=f"{one.hours_after_dose:.1f}")


def _when(at: datetime, day: date) -> str:
    """The time alone where it is of the day that stands above."""
    return clock(at) if at.astimezone(ZoneInfo(reader().time_zone)).date() == day else moment(at)
