"""What is said of the questionnaire as it stands when the message goes, not when it was planned."""

from collections.abc import Mapping
from typing import Any

from app.clinical.sf36 import ITEMS
from app.work import Work
from models import Chat, Message

_SPEAKS_OF_IT = ("questionnaire.ask", "questionnaire.reminder")
_RESUME = [[{"label": "questionnaire.button.resume", "data": "go:sf36"}]]


def said_now(work: Work, row: Message) -> tuple[str, Mapping[str, Any]]:
    """Key and data of a message; one about a questionnaire that is half done says where."""
    stopped_at = _stopped_at(work, row) if row.key in _SPEAKS_OF_IT else None
    if stopped_at is None:
        return row.key, row.data
    return "questionnaire.half_done", {"n": stopped_at, "of": len(ITEMS), "buttons": _RESUME}


def _stopped_at(work: Work, row: Message) -> int | None:
    """The first question without an answer; None where none was answered yet."""
    chat = work.session.get_one(Chat, row.chat_id)
    answers = chat.answers if chat.flow == "sf36" else chat.paused.get("sf36", {})
    told = [item.position for item in ITEMS if f"sf36.{item.position}" in answers]
    missing = [item.position for item in ITEMS if item.position not in told]
    return (missing[0] if missing else len(ITEMS)) if told else None
