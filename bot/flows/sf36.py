"""SF-36: 36 items in six parts, one at a time; it can be paused for weeks, and is looked over.

An answer is changed by typing its number: the question is asked again, and then the flow goes
on where it stood. The parts are headings of our own [own]; items and their order are the form's.
"""

import re
import unicodedata

from app.clinical.sf36 import ITEMS, Item
from bot.flow import Answers, Choice, Flow, Step

SKIP = "skip"
REVIEW = "sf36.review"
FIRSTS = (1, 3, 13, 20, 23, 33)  # the position of the first item of each part
_NUMBER = re.compile(r"(?:第|no\.?|question)?\s*(\d{1,2})\s*(?:题|[.。])?", re.IGNORECASE)


def part_of(position: int) -> int:
    """In which part an item stands, from 1."""
    return sum(first <= position for first in FIRSTS)


def bar(done: int) -> str:
    """How far it is, for the eye."""
    return "●" * done + "○" * (len(FIRSTS) - done)


def _step(item: Item) -> Step:
    options = tuple(
        Choice(str(n), code) for n, code in enumerate(item.option_codes, start=1)
    )
    part = part_of(item.position)
    params = {
        "n": item.position, "of": len(ITEMS), "question_key": item.code, "part": part,
        "parts": len(FIRSTS), "bar": bar(part), "heading_key": f"sf36.part.{part}",
    }  # fmt: skip
    skip = Choice(SKIP, "sf36.skip")
    return Step(f"sf36.{item.position}", "sf36.ask", (*options, skip), params=params)


_ITEMS = tuple(_step(item) for item in ITEMS)
_LOOKED_OVER = Step(
    REVIEW, REVIEW, (Choice("send", "sf36.review.send"), Choice("change", "sf36.review.change")),
    params={"of": len(ITEMS), "bar": bar(len(FIRSTS))},
)  # fmt: skip

SF36 = Flow("sf36", (*_ITEMS, _LOOKED_OVER), can_pause=True)


def items_of(answers: Answers) -> list[int | None]:
    """The 36 raw answers; None for a skipped one."""
    told = [answers[step.code] for step in _ITEMS]
    return [None if answer == SKIP else int(answer) for answer in told]


def skipped(answers: Answers) -> list[int]:
    """The numbers of the questions that were skipped."""
    return [n for n, step in enumerate(_ITEMS, 1) if answers.get(step.code) == SKIP]


def number_in(text: str) -> int | None:
    """The number of a question, typed as 5, ５, 第5题 or "question 5"; else None."""
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    number = int(found[1]) if found else 0
    return number if 1 <= number <= len(ITEMS) else None


def option_key(position: int, answer: str) -> str:
    """The words of an answer to an item."""
    step = _ITEMS[position - 1]
    return "sf36.skipped" if answer == SKIP else step.choices[int(answer) - 1].label
