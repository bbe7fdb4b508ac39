"""One-time links with which a person sets a password: texted to themselves, or made by an admin.

Of a link's code only the hash is kept; setting a password ends it. It lasts by real time.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from app.services.audit import audit
from app.services.invitations import qr_of
from app.services.linking import sha256_of
from app.services.messages import message_to_staff, queue_once
from app.work import Work
from models import Channel, Staff

BY_TEXT = timedelta(minutes=30)
BY_ADMIN = timedelta(hours=24)
_ANEW_AFTER = timedelta(minutes=5)  # a text is not asked for again sooner
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that looks like another
_LONG = 12  # with the longest address the Chinese text is one segment


@dataclass(frozen=True, slots=True)
class Link:
    """Shown once; `expires_at` is real time."""

    url: str
    expires_at: datetime
    qr_svg: str


def make_link(work: Work, staff: Staff, public_url: str, now: datetime, by: str) -> Link:
    """A link of 24 hours, handed over by an admin; an earlier one ends."""
    url = _renewed(staff, public_url, now + BY_ADMIN)
    audit(work, staff.clinic_id, by, "password_link.make", about=f"staff:{staff.id}")
    return Link(url, now + BY_ADMIN, qr_of(url, sized=False))


def text_link(work: Work, staff_id: int, public_url: str, now: datetime) -> bool:
    """Text a link of 30 minutes to the person's own phone; False when none goes.

    The text names neither the person nor the clinic.
    """
    staff = work.session.get_one(Staff, staff_id, with_for_update=True)
    if not staff.phone or _was_texted_just_now(staff, now):
        return False
    data = {"url": _renewed(staff, public_url, now + BY_TEXT)}
    about = f"password:{staff.id}"
    dedupe = f"{about}:{now:%Y%m%d%H%M%S%f}"
    row = message_to_staff(work, staff, Channel.SMS, dedupe, "sms.password", data, about)
    row.not_after = work.now + BY_TEXT
    audit(work, staff.clinic_id, "system", "password_link.text", about=f"staff:{staff.id}")
    return queue_once(work, row)


def staff_of_link(work: Work, code: str, now: datetime) -> Staff | None:
    """Whose link this is; None when it is not known, used, replaced or over."""
    query = select(Staff).where(
        Staff.link_sha256 == sha256_of(code), col(Staff.link_until) > now, Staff.active
    )
    return work.session.exec(query).first()


def end_link(staff: Staff) -> None:
    staff.link_sha256 = staff.link_until = None


def _was_texted_just_now(staff: Staff, now: datetime) -> bool:
    left = staff.link_until - now if staff.link_until else timedelta()
    return BY_TEXT - _ANEW_AFTER < left <= BY_TEXT


def _renewed(staff: Staff, public_url: str, until: datetime) -> str:
    code = "".join(secrets.choice(_LETTERS) for _ in range(_LONG))
    staff.link_sha256, staff.link_until = sha256_of(code), until
    return f"{public_url}/s/{code}"
