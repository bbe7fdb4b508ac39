"""Asking for a clock time: hour and minutes by buttons, or typed as 08:10."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.flow import Answers, Choice, Flow, Step, Unclear

YESTERDAY, LATER = "yesterday", "later"
_DAY_FROM = 5
_TYPED = re.compile(r"(\d{1,2})\s*[:.点时h]\s*(\d{1,2})?\s*分?")
_MINUTES = tuple(Choice(str(m), "time.minute", {"minute": f"{m:02d}"}) for m in range(0, 60, 10))


def hours(*of_the_day: int) -> tuple[Choice, ...]:
    return tuple(Choice(str(h), "time.hour", {"hour": f"{h:02d}"}) for h in of_the_day)


_FROM_FIVE = hours(*range(_DAY_FROM, 24), *range(_DAY_FROM))
_YESTERDAY = Choice(YESTERDAY, "time.yesterday", wide=True)
_LATER = Choice(LATER, "time.later", wide=True)


def typed_time(text: str) -> str:
    """ "8:10", "08.10" or "8点10分" as "08:10". Raises Unclear."""
    found = _TYPED.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not found:
        raise Unclear("unclear.time")
    try:
        return time(int(found[1]), int(found[2] or 0)).isoformat("minutes")
    except ValueError:
        raise Unclear("unclear.time") from None


def time_steps(prefix: str, asked_if: Callable[[Answers], bool]) -> tuple[Step, ...]:
    """An hour of today or of yesterday, and minutes unless the whole time was typed."""

    def of_yesterday(answers: Answers) -> bool:
        return asked_if(answers) and answers.get(f"{prefix}.hour") == YESTERDAY

    def later(answers: Answers) -> bool:
        return of_yesterday(answers) and answers.get(f"{prefix}.yesterday") == LATER

    def wants_minutes(answers: Answers) -> bool:
        return asked_if(answers) and ":" not in _hour(prefix, answers)

    hour = f"{prefix}.hour", "time.ask_hour"
    before, late = (f"{prefix}.{which}" for which in (YESTERDAY, LATER))
    return (
        Step(*hour, (*_FROM_FIVE, _YESTERDAY), asked_if, typed_time, columns=4),
        Step(before, "time.ask_yesterday", (*_FROM_FIVE[:12], _LATER), of_yesterday, typed_time,
             columns=4),
        Step(late, "time.ask_yesterday", _FROM_FIVE[12:], later, typed_time, columns=4),
        Step(f"{prefix}.minute", "time.ask_minute", _MINUTES, wants_minutes, columns=3),
    )  # fmt: skip


def _hour(prefix: str, answers: Answers) -> str:
    """The hour told last: one of yesterday stands in a question of its own."""
    told = [answers.get(f"{prefix}.{step}") for step in (LATER, YESTERDAY, "hour")]
    return str(next((one for one in told if one not in (None, LATER, YESTERDAY)), ""))


def told_time(prefix: str, answers: Answers, today: date, zone: str) -> datetime | None:
    """The moment told, on a day of the patient's clock; minutes not told yet are 0.

    None while the hour is not told.
    """
    hour = _hour(prefix, answers)
    if not hour:
        return None
    on = today - timedelta(days=answers.get(f"{prefix}.hour") == YESTERDAY)
    minute = int(answers.get(f"{prefix}.minute", 0))
    clock = time.fromisoformat(hour) if ":" in hour else time(int(hour), minute)
    return datetime.combine(on, clock, ZoneInfo(zone))


def is_offered(choice: Choice, step: Step, answers: Answers, flow: Flow, now: datetime) -> bool:
    """Whether an hour or minute of today has come by `now`, in the patient's zone.

    The hours of the night are typed, except in the night and the morning after it [own].
    """
    asks_hour = step.code.endswith(".hour")
    if not choice.code.isdigit() or not asks_hour and not step.code.endswith(".minute"):
        return True
    if asks_hour and int(choice.code) < _DAY_FROM <= now.hour - _DAY_FROM:
        return False
    told = told_time(flow.name, {**answers, step.code: choice.code}, now.date(), str(now.tzinfo))
    return told is not None and told <= now
