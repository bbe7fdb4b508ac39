"""What one of the staff writes back by SMS: a code takes an alert, STOP and START are kept."""

import re
import unicodedata

from sqlmodel import col, select

from app.services.alarms import alarm
from app.services.alerts import CODE_LENGTH
from app.services.audit import audit
from app.services.escalation import call_failed, locked_alert
from app.services.taking import take
from app.work import Work
from models import Alert, AlertState, Channel, Message, MessageState, Staff

_WORD = re.compile("[A-Z0-9]+")
# https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out: the words that Twilio obeys
_STOPS = {"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "OPTOUT", "REVOKE"}
_STARTS = {"START", "YES", "UNSTOP"}


def answer_reply(work: Work, from_phone: str, body: str) -> str:
    """What an SMS reply did: a key of the catalogue, to be answered to the sender."""
    staff = list(work.session.exec(select(Staff).where(Staff.phone == from_phone, Staff.active)))
    if not staff:
        return "sms.reply.unknown_number"
    word = unicodedata.normalize("NFKC", body).strip().upper()
    if word in _STOPS | _STARTS:
        return _stop_or_start(work, staff, word in _STOPS)
    codes = _codes_in(word)
    answers = [
        f"sms.reply.{take(work, one, alert.id)}"
        for one in staff
        for code in codes
        if (alert := _with_code(work, one.clinic_id, code)) is not None
    ]
    return answers[0] if answers else "sms.reply.wrong_code"


def _stop_or_start(work: Work, staff: list[Staff], stop: bool) -> str:
    """Twilio obeys and answers itself; we keep it, and the operator hears of a STOP."""
    for one in staff:
        one.texts_stopped_at = work.now if stop else None
        audit(work, one.clinic_id, f"staff:{one.id}", "texts.stop" if stop else "texts.start")
        if stop:
            alarm(work, one.clinic_id, "stopped")
            pass_on(work, one, Channel.SMS, "said STOP to our texts")
    return "sms.reply.stopped" if stop else "sms.reply.started"


def pass_on(work: Work, staff: Staff, channel: Channel, why: str) -> None:
    """They are reached so no more: what was queued for them goes to the next person at once.

    An alert is locked before its messages, as by whoever takes it at this moment.
    """
    query = select(Message).where(
        Message.clinic_id == staff.clinic_id, Message.staff_id == staff.id,
        Message.state == MessageState.QUEUED, Message.channel == channel,
    )  # fmt: skip
    for row in work.session.exec(query).all():
        locked_alert(work, row)
        work.session.refresh(row, with_for_update=True)
        if row.state == MessageState.QUEUED:
            row.state, row.reason = MessageState.FAILED, why
            call_failed(work, row)


def stopped_by_provider(work: Work, staff_id: int | None) -> None:
    """The provider refuses this number since its owner said STOP (21610): kept, as if told."""
    staff = work.session.get(Staff, staff_id) if staff_id is not None else None
    if staff is not None and staff.texts_stopped_at is None:
        staff.texts_stopped_at = work.now
        alarm(work, staff.clinic_id, "stopped")


def _codes_in(words: str) -> list[str]:
    """The words of a reply that can be codes, or all its letters as one ("ab 3 d")."""
    found = _WORD.findall(words)
    codes = [word for word in found if len(word) == CODE_LENGTH]
    return list(dict.fromkeys(codes)) or ["".join(found)]


def _with_code(work: Work, clinic_id: str, code: str) -> Alert | None:
    """The one that is not closed, else the latest that had this code."""
    query = select(Alert).where(Alert.clinic_id == clinic_id, Alert.code == code)
    closed = col(Alert.state) == AlertState.CLOSED
    return work.session.exec(query.order_by(closed, col(Alert.raised_at).desc())).first()
