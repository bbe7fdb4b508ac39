"""A call about an alert that could not go in its time, and is of use no more."""

from sqlmodel import select

from app.work import Work
from models import Alert, AlertState, Channel, Message

CALLED_ANEW = "called anew"
_ALERT = "alert:"
_CHANNELS = set(Channel)


def overtaken_by(work: Work, row: Message) -> str | None:
    """Why a text or call to the staff need not go any more; None when it must."""
    if not is_call(row):
        return None
    alert = work.session.get(Alert, (row.clinic_id, alert_of(row)))
    if alert is None or alert.state != AlertState.OPEN:
        return "somebody has it" if alert else "there is no such alert any more"
    begun_anew = round_in(row.dedupe) < alert.round
    return CALLED_ANEW if begun_anew and _later(work, row) else None


def alert_of(row: Message) -> str:
    """The id of the alert that a call is about."""
    return str(row.about).removeprefix(_ALERT)


def is_called_anew(work: Work, row: Message) -> bool:
    """Whether a call is of a round that is over, and its person was called again since."""
    return is_call(row) and _later(work, row)


def is_call(row: Message) -> bool:
    """Whether a message calls one of the staff about an alert."""
    return row.staff_id is not None and (row.about or "").startswith(_ALERT)


def _later(work: Work, row: Message) -> bool:
    """Whether the same person was called about it in a later round by the same way.

    Rounds are counted; ids sort by a clock that may have been set back.
    """
    query = select(Message.dedupe).where(
        Message.clinic_id == row.clinic_id, Message.about == row.about,
        Message.staff_id == row.staff_id, Message.channel == row.channel,
    )  # fmt: skip
    mine = round_in(row.dedupe)
    return any(round_in(dedupe) > mine for dedupe in work.session.exec(query))


def round_in(dedupe: str) -> int:
    """Of "alert:ID:ROUND:CHANNEL:PERSON"; 0 of a call from before rounds were counted."""
    words = dedupe.split(":")
    has_round = len(words) == 5 and words[3] in _CHANNELS
    return int(words[2]) if has_round else 0
