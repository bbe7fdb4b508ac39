"""What a call says, and what it asks to be pressed."""

from dataclasses import dataclass
from typing import Any

from sandbox.twilio.posts import read_twiml


@dataclass(frozen=True, slots=True)
class Step:
    """A key that was asked for, and where what was pressed is posted."""

    url: str
    pressed: str

    @property
    def params(self) -> dict[str, str]:
        return {"Digits": self.pressed}


def is_asking(twiml: str) -> bool:
    """Whether a person is asked to press something."""
    return _gather(twiml) is not None


def words_of(twiml: str) -> list[str]:
    root = read_twiml(twiml)
    return [] if root is None else ["".join(say.itertext()).strip() for say in root.iter("Say")]


def next_step(twiml: str, digits: str) -> Step | None:
    """What is posted next; None when the call ends here."""
    gather = _gather(twiml)
    if gather is None or not gather.get("action"):
        return None
    pressed = digits[: int(gather.get("numDigits", "1"))]
    if not pressed and gather.get("actionOnEmptyResult") != "true":
        return None
    return Step(gather.get("action"), pressed)


def _gather(twiml: str) -> Any:
    root = read_twiml(twiml)
    return None if root is None else root.find("Gather")
