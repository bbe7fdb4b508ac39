"""When the blood was drawn."""

from bot.flow import Answers, Choice, Flow, Step
from bot.flows.times import time_steps


def _earlier(answers: Answers) -> bool:
    return answers.get("draw") == "earlier"


_WHAT = tuple(Choice(code, f"draw.button.{code}") for code in ("now", "earlier", "not_yet"))

DRAW = Flow("draw", (Step("draw", "draw.ask", _WHAT), *time_steps("draw", _earlier)))
