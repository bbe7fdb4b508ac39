"""The ways out, and what is handed to them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.senders import Fate, Receipt
from app.services.settling import Told
from app.texts.render import Rendered
from models import Channel


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A claimed message with its words, ready for a sender; or why it is not sent at all."""

    clinic_id: str
    id: str
    channel: Channel
    attempts: int
    to: str = ""
    words: Rendered = Rendered("")
    leased_until: datetime | None = None
    refused: str | None = None

    @property
    def told(self) -> Told:
        return Told(self.clinic_id, self.id, self.attempts)


LookUp = Callable[[str, str, datetime, Collection[str]], Fate]
"""Whether it has such a one, to a number, with these words, since then, beside some others."""


@dataclass(frozen=True, slots=True)
class Way:
    """A provider that takes one message at a time and tells later what became of it."""

    send: Callable[[str, str, str], Fate]  # to a number, these words, under our reference
    look_up: LookUp
    fetch: Callable[[str], Receipt | None]  # its word on one that it took


def _no_word(_provider_id: str) -> Receipt | None:
    return None


@dataclass(frozen=True, slots=True)
class Post:
    """Many texts at once to Telegram; an SMS, a look at Twilio's list, its word; and calls."""

    telegram: Callable[[Sequence[tuple[int, Rendered]]], list[Fate]]
    sms: Callable[[str, str, str], Fate]
    look_up: LookUp
    fetch: Callable[[str], Receipt | None] = _no_word
    voice: Way | None = None

    def ways(self) -> Mapping[Channel, Way]:
        """How each channel is served that takes one message at a time."""
        texts = {Channel.SMS: Way(self.sms, self.look_up, self.fetch)}
        return texts if self.voice is None else {**texts, Channel.VOICE: self.voice}
