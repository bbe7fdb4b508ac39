"""The staff's own Telegram, a second way for alerts: connected by a one-time code.

A chat belongs to one of the staff at most; it may be a patient's or a carer's as well, and
neither knows of the other.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import select

from app.services.audit import audit
from app.services.invitations import qr_of
from app.services.linking import sha256_of
from app.services.staff_replies import pass_on
from app.work import Work
from models import Channel, Staff

VALID_FOR = timedelta(minutes=10)
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that looks like another
LONG = 12  # so that it is told from a patient's code


@dataclass(frozen=True, slots=True)
class Offered:
    """The code is told once: only its hash is kept."""

    code: str
    url: str
    expires_at: datetime
    qr_svg: str


def offer_chat(work: Work, staff: Staff, bot_name: str) -> Offered:
    """Make a code that connects one chat within ten minutes; an earlier code ends."""
    code = "".join(secrets.choice(_LETTERS) for _ in range(LONG))
    staff.chat_code_sha256, staff.chat_code_until = sha256_of(code), work.now + VALID_FOR
    audit(work, staff.clinic_id, f"staff:{staff.id}", "chat.offer")
    url = f"https://t.me/{bot_name}?start={code}"
    return Offered(code, url, staff.chat_code_until, qr_of(url, sized=False))


def connect_chat(work: Work, chat_id: int, code: str) -> Staff | None:
    """The chat is theirs from now on; None when the code is not known, used, or has run out."""
    query = select(Staff).where(Staff.chat_code_sha256 == sha256_of(code), Staff.active)
    staff = work.session.exec(query.with_for_update()).first()
    if staff is None or staff.chat_code_until is None or staff.chat_code_until <= work.now:
        return None
    former = _owner(work, chat_id)
    if former is not None and former.id != staff.id:
        disconnect_chat(work, former, "the chat was connected to another account")
    staff.chat_id, staff.chat_code_sha256, staff.chat_code_until = chat_id, None, None
    audit(work, staff.clinic_id, f"staff:{staff.id}", "chat.connect")
    return staff


def disconnect_chat(work: Work, staff: Staff, why: str) -> None:
    """Alerts go there no more; what was queued there goes to the next person at once."""
    staff.chat_id = None
    work.session.flush()
    audit(work, staff.clinic_id, f"staff:{staff.id}", "chat.disconnect", about=why)
    pass_on(work, staff, Channel.TELEGRAM, why)


def chat_blocked(work: Work, chat_id: int) -> None:
    """The bot was blocked there: if it is one of the staff's, it is a way no more."""
    staff = _owner(work, chat_id)
    if staff is not None:
        disconnect_chat(work, staff, "the bot was blocked")


def staff_of_chat(work: Work, chat_id: int) -> Staff | None:
    """Whose chat this is, of those who still work here."""
    staff = _owner(work, chat_id)
    return staff if staff is not None and staff.active else None


def _owner(work: Work, chat_id: int) -> Staff | None:
    return work.session.exec(select(Staff).where(Staff.chat_id == chat_id)).first()
