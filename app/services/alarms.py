"""A text to the operator: something of the clockwork, or of a clinic's rota, needs a person."""

from datetime import timedelta

from app.services.messages import queue_once
from app.work import Work
from models import Channel, Message
from models.columns import new_id

OPERATOR = "operator:"  # begins what such a text is about
_OF_USE = timedelta(hours=24)


def alarm(work: Work, clinic_id: str, what: str) -> bool:
    """Text the operator `sms.operator.WHAT`, once an hour for each clinic; False when done."""
    return queue_once(work, Message(
        clinic_id=clinic_id, id=new_id(work.now),
        dedupe=f"{OPERATOR}{what}:{work.now:%Y%m%d%H}", channel=Channel.SMS,
        about=f"{OPERATOR}{what}", key=f"sms.operator.{what}", data={"clinic": clinic_id},
        due_at=work.now, not_after=work.now + _OF_USE, made_at=work.now,
    ))  # fmt: skip
