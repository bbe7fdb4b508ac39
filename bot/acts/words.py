"""What a patient says in their own words, and what is no text at all."""

from app.services.free_text import hear_words
from bot.chats import Said, Talk


def hear_text(talk: Talk, text: str) -> str:
    """Nothing said is lost: it goes to the nurse, a red flag at once. The key of the answer."""
    assert talk.patient is not None
    flags = hear_words(talk.work, talk.patient, text)
    return "symptoms.emergency" if flags else "free_text.passed_on"


def hear_other(_talk: Talk, _said: Said) -> str:
    """A sticker, a place, a file: the key of a kind sentence."""
    return "other.kindly"
