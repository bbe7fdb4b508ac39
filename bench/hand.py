"""A patient's hand on the phone: finds buttons by their labels, counts taps and what is read."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from app.texts import Reader, say
from app.texts.render import Button, Rendered
from app.work import Begin
from bot.chats import Said
from bot.conversation import hear

ZONE = "Asia/Shanghai"
WORDS_A_MINUTE, CHARACTERS_A_MINUTE = 200, 300  # [own] English and Chinese
NUMBERS = count(1)

Want = tuple[str, Mapping[str, Any]] | str  # a button by the key of its label, and its values
FIRST = ""  # whatever stands first


@dataclass(slots=True)
class Walked:
    taps: int = 0
    typed: int = 0
    read: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Hand:
    """A patient's chat, tapped by label."""

    begin: Begin
    language: str
    chat_id: int = field(default_factory=lambda: 10_000 + next(NUMBERS))
    shown: Rendered = Rendered("")
    walked: Walked = field(default_factory=Walked)

    def says(self, text: str) -> None:
        self._hears(text=text)

    def taps(self, data: str) -> None:
        self._hears(tap=data)

    def _hears(self, **said: str) -> None:
        with self.begin() as work:
            told = Said(10_000 + next(NUMBERS), self.chat_id, language=self.language, **said)
            heard = hear(work, told)
        assert heard is not None, "a new update is answered"
        self.shown = heard.words

    def wants(self, want: Want) -> bool:
        """Tap the button if it is there."""
        key, params = (want, None) if isinstance(want, str) else want
        buttons = [one for row in self.shown.buttons for one in row]
        label = say(key, Reader(self.language, ZONE), params) if key else buttons[0].label
        found = [one for one in buttons if one.label == label]
        if found:
            self._count(buttons[: buttons.index(found[0]) + 1])
            self.walked.taps += 1
            self.taps(found[0].data)
        return bool(found)

    def types(self, text: str) -> None:
        self._count([])
        self.walked.typed += 1
        self.says(text)

    def _count(self, buttons: Sequence[Button]) -> None:
        """A screen is read down to the button that fits."""
        self.walked.read += [self.shown.text, *(one.label for one in buttons)]


def seconds_to_read(texts: list[str], language: str) -> float:
    """English by words, Chinese by characters; numbers and Latin words count as one each."""
    text = " ".join(texts)
    characters = sum(unicodedata.name(one, "").startswith("CJK") for one in text)
    if language == "en":
        return 60 * len(text.split()) / WORDS_A_MINUTE
    return 60 * characters / CHARACTERS_A_MINUTE
