"""How a draw stands, in the words of a desk: "open until 11:10"."""

from datetime import datetime, timedelta

from app.clinical.window_now import Standing
from app.pages.words import age, clock, moment, t

_SOON = timedelta(hours=12)
_LEFT = {"opens", "closing"}  # told with the time that is left


def stands(one: Standing, now: datetime) -> str:
    """A standing as one line, as of now."""
    if one.at is None:
        return t(f"page.desk.window.{one.state}")
    if one.state == "drawn":
        return _drawn(one, one.at)
    left = {"left": age(one.at - now)} if one.state in _LEFT else {}
    return t(f"page.desk.window.{one.state}", at=_when(one.at, now), **left)


def _drawn(one: Standing, at: datetime) -> str:
    if one.hours_after_dose is None:
        return t("page.desk.window.drawn_alone", at=clock(at))
    return t("page.desk.window.drawn", at=clock(at), hours=f"{one.hours_after_dose:.1f}")


def _when(at: datetime, now: datetime) -> str:
    """The time alone where the day is plain."""
    return clock(at) if abs(at - now) < _SOON else moment(at)
