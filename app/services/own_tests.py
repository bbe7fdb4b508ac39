"""A test that one of the staff sends to herself, and what became of the last ones."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import func
from sqlmodel import col, select

from app.services.errors import Conflict
from app.services.messages import message_to_staff, queue_once
from app.work import Work
from models import Channel, Message, Staff

_HOUR = timedelta(hours=1)
_SHOWN = 6
_MOST = 3  # by a way in an hour, which is what the breaker of delivery lets through


class NoWayThere(Conflict):
    """There is no phone number or chat to send a test to."""


def ways_to(staff: Staff) -> list[Channel]:
    """By which channels one of the staff can be reached."""
    by_phone = [Channel.SMS, Channel.VOICE] if staff.phone else []
    return [*by_phone, *([Channel.TELEGRAM] if staff.chat_id is not None else [])]


def send_test(work: Work, staff: Staff, channel: Channel) -> bool:
    """Once a minute by a channel, three times an hour; False when it was. Raises NoWayThere."""
    if channel not in ways_to(staff):
        raise NoWayThere
    if _lately(work, staff, channel) >= _MOST:
        return False
    dedupe = f"test:{channel}:{work.now:%Y%m%d%H%M}"
    row = message_to_staff(work, staff, channel, dedupe, f"{channel}.test", {}, _about(staff))
    return queue_once(work, row)


def _about(staff: Staff) -> str:
    return f"test:{staff.id}"


def _lately(work: Work, staff: Staff, channel: Channel) -> int:
    query = select(func.count()).select_from(Message).where(
        Message.clinic_id == staff.clinic_id, Message.about == _about(staff),
        Message.channel == channel, col(Message.made_at) > work.now - _HOUR,
    )  # fmt: skip
    return work.session.exec(query).one()


def last_tests(work: Work, staff: Staff) -> Sequence[Message]:
    """The latest first."""
    query = select(Message).where(
        Message.clinic_id == staff.clinic_id, Message.about == _about(staff)
    )
    return work.session.exec(query.order_by(col(Message.id).desc()).limit(_SHOWN)).all()
