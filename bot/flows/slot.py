"""Another time for a draw: which visit, which day, which half hour; or in free words."""

import re
from datetime import UTC, date, datetime

from bot.flow import Answers, Flow, Step, Unclear

# Beside the answers: which visit, where it need not be asked; and that the dose did not wait,
# so that its own window is offered.
OF_VISIT, TOO_SOON = "slot*visit", "slot*too_soon"
_ID = re.compile(r"[0-9a-f]{22}")  # see models.columns.new_id
_DAY = re.compile(r"\d{8}")
_TIME = re.compile(r"\d{8}T\d{4}")
_WORDS = "words:"


def day_code(on: date) -> str:
    return f"{on:%Y%m%d}"


def time_code(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M}"


def _id(text: str) -> str:
    """A visit is tapped: other words are no answer. Raises Unclear."""
    if not _ID.fullmatch(text):
        raise Unclear("unclear.choice")
    return text


def _day_or_words(text: str) -> str:
    return text if _DAY.fullmatch(text) else f"{_WORDS}{text}"


def _time_or_words(text: str) -> str:
    return text if _TIME.fullmatch(text) else f"{_WORDS}{text}"


def told_visit(answers: Answers) -> str:
    return str(answers.get(OF_VISIT) or answers["slot.visit"])


def _wants_visit(answers: Answers) -> bool:
    return OF_VISIT not in answers


def _wants_day(answers: Answers) -> bool:
    return TOO_SOON not in answers


def _wants_time(answers: Answers) -> bool:
    return told_words(answers) is None


def told_words(answers: Answers) -> str | None:
    """What was written in place of a choice."""
    told = (str(answers.get(f"slot.{step}", "")) for step in ("day", "time"))
    return next((one.removeprefix(_WORDS) for one in told if one.startswith(_WORDS)), None)


def told_slot(answers: Answers) -> datetime | None:
    """The time that was chosen. None while it is not, or where it is no time at all."""
    told = str(answers.get("slot.time", ""))
    try:
        return datetime.strptime(told, "%Y%m%dT%H%M").replace(tzinfo=UTC)
    except ValueError:
        return None


def told_day(answers: Answers) -> date | None:
    try:
        return datetime.strptime(str(answers.get("slot.day", "")), "%Y%m%d").replace(
            tzinfo=UTC
        ).date()
    except ValueError:
        return None


SLOT = Flow("slot", (
    Step("slot.visit", "slot.ask_visit", asked_if=_wants_visit, read=_id),
    Step("slot.day", "slot.ask_day", asked_if=_wants_day, read=_day_or_words, columns=2),
    Step("slot.time", "slot.ask_time", asked_if=_wants_time, read=_time_or_words, columns=3),
))  # fmt: skip
