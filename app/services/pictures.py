"""A picture that somebody asked for: a message to the chat that asked, made as it is sent."""

from app.services.messages import queue_once
from app.work import Work
from models import Channel, Chat, Message, Patient
from models.columns import new_id


def send_picture(work: Work, patient: Patient, chat: Chat, key: str, what: str) -> None:
    """Queue it; asked for twice in the same minute it comes once."""
    dedupe = f"{key}:{chat.id}:{work.now:%Y%m%d%H%M}"
    queue_once(work, Message(
        clinic_id=patient.clinic_id, id=new_id(work.now), dedupe=dedupe, channel=Channel.TELEGRAM,
        chat_id=chat.id, patient_id=patient.id, key=key, data={"attachment": what},
        due_at=work.now, made_at=work.now,
    ))  # fmt: skip
