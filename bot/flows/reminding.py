"""The daily reminder, and where the patient is."""

from datetime import time

from app.services.places import is_zone, zones_named
from bot.flow import Answers, Choice, Flow, Step, Unclear
from bot.flows.times import hours, typed_time


def _on(answers: Answers) -> bool:
    return answers.get("daily") == "on"


def told_daily(answers: Answers) -> time | None:
    """At which time the reminder is wanted; None for no reminder."""
    if not _on(answers):
        return None
    told = str(answers["daily.at"])
    return time.fromisoformat(told) if ":" in told else time(int(told))


DAILY = Flow("daily", (
    Step("daily", "daily.ask", (Choice("on", "daily.on"), Choice("off", "daily.off"))),
    Step("daily.at", "daily.ask_at", hours(*range(7, 21)), _on, typed_time, columns=4),
))  # fmt: skip

# [own] Where the clinic's patients mostly are; every other place is typed.
NEAR_PLACES = (
    "Asia/Shanghai", "Asia/Hong_Kong", "Asia/Tokyo", "Asia/Singapore", "Europe/London",
    "America/New_York",
)  # fmt: skip


def _place(text: str) -> str | list[str]:
    """The zone of a place, or several to choose from. Raises Unclear."""
    if is_zone(text):
        return text
    found = zones_named(text)
    if not found:
        raise Unclear("zone.unknown")
    return found[0] if len(found) == 1 else found


def _one_of_these(text: str) -> str:
    found = _place(text)
    if not isinstance(found, str):
        raise Unclear("zone.several")
    return found


def _is_several(answers: Answers) -> bool:
    return isinstance(answers.get("zone"), list)


def told_zone(answers: Answers) -> str:
    return str(answers["zone.which"] if _is_several(answers) else answers["zone"])


ZONE = Flow("zone", (
    Step("zone", "zone.ask", read=_place, words=True, columns=2),
    Step("zone.which", "zone.ask_which", asked_if=_is_several, read=_one_of_these, words=True),
))  # fmt: skip
