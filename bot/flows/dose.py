"""The dose: taken now, earlier (when), not yet, missed, vomited; and what was told wrongly."""

from bot.flow import Answers, Choice, Flow, Step
from bot.flows.times import time_steps


def _earlier(answers: Answers) -> bool:
    return answers.get("dose") == "earlier"


def _too_soon_earlier(answers: Answers) -> bool:
    return answers.get("early") == "earlier"


def _at_another_time(answers: Answers) -> bool:
    return answers.get("fix") == "time"


_WHAT = ("taken_now", "earlier", "not_yet", "missed", "vomited", "wrong")
_FIXES = ("time", "missed", "vomited", "none")

DOSE = Flow("dose", (
    Step("dose", "dose.ask", tuple(Choice(code, f"dose.button.{code}") for code in _WHAT)),
    *time_steps("dose", _earlier),
))  # fmt: skip

# Which dose is corrected stands beside the answers, so that it stays the one that was shown.
FIXED = "fix*dose"
FIX = Flow("fix", (
    Step("fix", "fix.ask", tuple(Choice(code, f"fix.{code}") for code in _FIXES)),
    *time_steps("fix", _at_another_time),
))  # fmt: skip

# On the day of a draw, told too soon.
EARLY = Flow("early", (
    Step("early", "early.ask", (
        Choice("now", "dose.button.taken_now"), Choice("earlier", "early.earlier"),
    )),
    *time_steps("early", _too_soon_earlier),
))  # fmt: skip
