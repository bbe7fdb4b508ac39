"""The dose: taken now, earlier (when), not yet, missed, vomited."""

from bot.flow import Answers, Choice, Flow, Step
from bot.flows.times import time_steps


def _earlier(answers: Answers) -> bool:
    return answers.get("dose") == "earlier"


_WHAT = ("taken_now", "earlier", "not_yet", "missed", "vomited")
_DAYS = tuple(Choice(day, f"dose.day.{day}") for day in ("today", "yesterday"))

DOSE = Flow("dose", (
    Step("dose", "dose.ask", tuple(Choice(code, f"dose.button.{code}") for code in _WHAT)),
    Step("dose.day", "dose.ask_day", _DAYS, _earlier, columns=2),
    *time_steps("dose", _earlier),
))  # fmt: skip
