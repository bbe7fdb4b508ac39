"""Asking for a clock time: hour and minutes by buttons, or typed as 08:10."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.flow import Answers, Choice, Step, Unclear

_TYPED = re.compile(r"(\d{1,2})\s*[:.点时h]\s*(\d{1,2})?\s*分?")
_HOURS = tuple(Choice(str(h), "time.hour", {"hour": f"{h:02d}"}) for h in range(5, 13))
_MINUTES = tuple(Choice(str(m), "time.minute", {"minute": f"{m:02d}"}) for m in range(0, 60, 10))


def typed_time(text: str) -> str:
    """ "8:10", "08.10" or "8点10分" as "08:10". Raises Unclear."""
    found = _TYPED.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not found:
        raise Unclear("unclear.time")
    try:
        return time(int(found[1]), int(found[2] or 0)).isoformat("minutes")
    except ValueError:
        raise Unclear("unclear.time") from None


def time_steps(prefix: str, asked_if: Callable[[Answers], bool]) -> tuple[Step, Step]:
    """Hour, and minutes unless the whole time was typed."""

    def wants_minutes(answers: Answers) -> bool:
        return asked_if(answers) and ":" not in str(answers.get(f"{prefix}.hour", ":"))

    hour = Step(f"{prefix}.hour", "time.ask_hour", _HOURS, asked_if, typed_time, columns=4)
    minute = Step(f"{prefix}.minute", "time.ask_minute", _MINUTES, wants_minutes, columns=3)
    return hour, minute


def told_time(prefix: str, answers: Answers, on: date, zone: str) -> datetime:
    """The moment told, on a day of the patient's clock."""
    hour = str(answers[f"{prefix}.hour"])
    clock = time.fromisoformat(hour) if ":" in hour else time(
        int(hour), int(answers[f"{prefix}.minute"])
    )
    return datetime.combine(on, clock, ZoneInfo(zone))
