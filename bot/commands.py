"""The commands that Telegram shows, in the order of use."""

from app.texts import Reader, catalogue, say
from bot.acts import COMMANDS

_FIRST = ("well", "symptoms", "dose", "visit", "sf36")
_LAST = ("more", "language", "help", "cancel", "stop")
_OF_THE_CONVERSATION = ("cancel",)  # what it hears without an act


def announced(language: str) -> list[tuple[str, str]]:
    """Each command that has words, with them: the daily ones first, the way out last."""
    texts, reader = catalogue(language), Reader(language, "UTC")
    known = [name for name in (*COMMANDS, *_OF_THE_CONVERSATION) if f"command.{name}" in texts]
    return [(name, say(f"command.{name}", reader)) for name in sorted(known, key=_rank)]


def _rank(name: str) -> tuple[int, int, str]:
    if name in _FIRST:
        return 0, _FIRST.index(name), name
    return (2, _LAST.index(name), name) if name in _LAST else (1, 0, name)
