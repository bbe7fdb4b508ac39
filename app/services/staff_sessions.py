"""Browsers in which somebody of the staff has signed in, each with a row that signing out ends.

The cookie names its row: a copy of it is worth nothing once the row is gone. Moments here are
real time, not the clinic's clock.
"""

import secrets
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col

from app.services.audit import audit
from app.work import Work
from models import Staff, StaffSession

Key = tuple[str, str]  # clinic and id, as the cookie holds them


def begin_session(work: Work, staff_id: int, now: datetime, ended_by: datetime) -> Key:
    """A new one; those of the person that began before `ended_by` are over and go."""
    mine = col(StaffSession.staff_id) == staff_id
    work.session.execute(delete(StaffSession).where(mine, col(StaffSession.begun_at) < ended_by))
    clinic_id = work.session.get_one(Staff, staff_id).clinic_id
    row = StaffSession(
        clinic_id=clinic_id, id=secrets.token_hex(11), staff_id=staff_id, begun_at=now
    )
    work.session.add(row)
    return row.clinic_id, row.id


def is_kept(work: Work, key: Key) -> bool:
    """Whether the session has not been ended."""
    return work.session.get(StaffSession, key) is not None


def end_session(work: Work, key: Key) -> None:
    """That nobody ends another's session is the cookie's signature."""
    ended = delete(StaffSession).where(
        col(StaffSession.clinic_id) == key[0], col(StaffSession.id) == key[1]
    )
    work.session.execute(ended)


def sign_out(work: Work, staff_id: int, key: Key) -> None:
    end_session(work, key)
    audit(work, key[0], f"staff:{staff_id}", "sign_out")


def end_sessions(work: Work, staff: Staff) -> None:
    """In every browser."""
    work.session.execute(delete(StaffSession).where(col(StaffSession.staff_id) == staff.id))
