"""SF-36: 36 items, one at a time, with progress; it can be paused for weeks."""

from app.clinical.sf36 import ITEMS, Item
from bot.flow import Answers, Choice, Flow, Step

SKIP = "skip"


def _step(item: Item) -> Step:
    options = tuple(
        Choice(str(n), code) for n, code in enumerate(item.option_codes, start=1)
    )
    params = {"n": item.position, "of": len(ITEMS), "question_key": item.code}
    skip = Choice(SKIP, "sf36.skip")
    return Step(f"sf36.{item.position}", "sf36.ask", (*options, skip), params=params)


SF36 = Flow("sf36", tuple(_step(item) for item in ITEMS), can_pause=True)


def items_of(answers: Answers) -> list[int | None]:
    """The 36 raw answers; None for a skipped one."""
    told = [answers[step.code] for step in SF36.steps]
    return [None if answer == SKIP else int(answer) for answer in told]
