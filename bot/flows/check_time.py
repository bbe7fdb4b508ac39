"""When the patient is asked how they feel: weekday and hour, two taps."""

from datetime import time

from bot.flow import Answers, Choice, Flow, Step
from bot.flows.times import typed_time

_DAYS = tuple(Choice(str(n), f"weekday.{n}") for n in range(7))
_HOURS = tuple(Choice(str(h), "check_time.at", {"hour": h}) for h in range(8, 20))

CHECK_TIME = Flow("check_time", (
    Step("check_time.day", "check_time.day", _DAYS, columns=2),
    Step("check_time.hour", "check_time.hour", _HOURS, read=typed_time, columns=3),
))  # fmt: skip


def chosen_time(answers: Answers) -> time:
    """The time of day, tapped as a full hour or typed."""
    hour = answers["check_time.hour"]
    return time.fromisoformat(hour) if ":" in hour else time(int(hour))
