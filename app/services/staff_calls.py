"""What is said to one of the staff who was called, after a key was pressed or none was."""

from dataclasses import dataclass

from app.services.errors import NoSuchAlert
from app.services.taking import Take, take
from app.texts import Reader, language_of, say
from app.work import Work
from models import Channel, Message, Staff

TAKES = "1"
_TIMES = 3  # that a call says its words, twice each time [own]


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words for the phone, and whether a key is asked for again."""

    words: str
    asks: bool = False


def answer_call(work: Work, reference: str, key: str, time: int) -> Spoken:
    """1 takes the alert; any other key, or none, has the words said again, three times in all."""
    row = _called(work, reference)
    staff = work.session.get(Staff, row.staff_id) if row else None
    if row is None or staff is None or not staff.active:
        return Spoken(say("voice.reply.unknown", Reader("zh-CN", "UTC")))
    reader = Reader(language_of(staff.language), "UTC")
    if key == TAKES:
        return Spoken(say(f"voice.reply.{_answered(work, row, staff)}", reader))
    if time < _TIMES:
        return Spoken(str(row.sent_body), asks=True)
    return Spoken(say("voice.reply.nobody", reader))


def _called(work: Work, reference: str) -> Message | None:
    clinic_id, _, message_id = reference.rpartition(".")
    row = work.session.get(Message, (clinic_id, message_id))
    is_call = row is not None and row.channel == Channel.VOICE and row.sent_body is not None
    return row if is_call else None


def _answered(work: Work, row: Message, staff: Staff) -> str:
    about, _, alert_id = str(row.about).partition(":")
    if about != "alert":
        return "test"
    try:
        return take(work, staff, alert_id)
    except NoSuchAlert:  # its patient was erased
        return Take.CLOSED
