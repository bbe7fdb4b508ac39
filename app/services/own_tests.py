"""A test that one of the staff sends to herself, and what became of the last ones."""

from collections.abc import Sequence

from sqlmodel import col, select

from app.services.errors import Conflict
from app.services.messages import message_to_staff, queue_once
from app.work import Work
from models import Channel, Message, Staff

_SHOWN = 6


class NoWayThere(Conflict):
    """There is no phone number or chat to send a test to."""


def ways_to(staff: Staff) -> list[Channel]:
    """By which channels one of the staff can be reached."""
    by_phone = [Channel.SMS, Channel.VOICE] if staff.phone else []
    return [*by_phone, *([Channel.TELEGRAM] if staff.chat_id is not None else [])]


def send_test(work: Work, staff: Staff, channel: Channel) -> bool:
    """Once a minute by a channel; False when that was done. Raises NoWayThere."""
    if channel not in ways_to(staff):
        raise NoWayThere
    dedupe, about = f"test:{channel}:{work.now:%Y%m%d%H%M}", f"test:{staff.id}"
    return queue_once(
        work, message_to_staff(work, staff, channel, dedupe, f"{channel}.test", {}, about)
    )


def last_tests(work: Work, staff: Staff) -> Sequence[Message]:
    """The latest first."""
    query = select(Message).where(
        Message.clinic_id == staff.clinic_id, Message.about == f"test:{staff.id}"
    )
    return work.session.exec(query.order_by(col(Message.id).desc()).limit(_SHOWN)).all()
