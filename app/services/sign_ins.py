"""Failed and complete sign-ins: after five failures an account is locked for a time.

Moments here are real time, not the clinic's clock. The lock is 15 minutes, twice as long with
each further five failures, a day at most [own]; only a complete sign-in, or an admin, counts anew.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, update
from sqlmodel import col

from app.services.audit import audit
from app.work import Work
from models import Staff

TRIES = 5
_FIRST, _LONGEST = timedelta(minutes=15), timedelta(days=1)


def lock_after(failures: int) -> timedelta:
    """How long an account is locked by its fifth, tenth, ... failure."""
    doublings = min(failures // TRIES - 1, 10)
    return min(_FIRST * (1 << doublings), _LONGEST)


def count_failure(work: Work, staff_id: int, now: datetime) -> None:
    """One statement counts, so that of two at once both count; while it is locked none does."""
    failed = update(Staff).where(col(Staff.id) == staff_id, _is_open(now))
    failures = col(Staff.failed_sign_ins) + 1
    counted = failed.values(failed_sign_ins=failures).returning(
        col(Staff.clinic_id), col(Staff.failed_sign_ins)
    )
    row = work.session.execute(counted).first()
    if row is None:
        return
    audit(work, row.clinic_id, "system", "sign_in.failed", about=f"staff:{staff_id}")
    if row.failed_sign_ins % TRIES == 0:
        _set(work, staff_id, locked_until=now + lock_after(row.failed_sign_ins))
        audit(work, row.clinic_id, "system", "sign_in.locked", about=f"staff:{staff_id}")


def is_locked(work: Work, staff_id: int, now: datetime) -> bool:
    until = work.session.get_one(Staff, staff_id).locked_until
    return until is not None and until > now


def complete(work: Work, staff_id: int) -> None:
    """Password and second factor were right."""
    _set(work, staff_id, failed_sign_ins=0, locked_until=None, signed_in_at=work.now)
    clinic_id = work.session.get_one(Staff, staff_id).clinic_id
    audit(work, clinic_id, f"staff:{staff_id}", "sign_in")


def unlock(work: Work, staff: Staff, by: str) -> None:
    """An admin knows that it was the person."""
    staff.failed_sign_ins, staff.locked_until = 0, None
    audit(work, staff.clinic_id, by, "sign_in.unlock", about=f"staff:{staff.id}")


def _is_open(now: datetime) -> ColumnElement[bool]:
    return or_(col(Staff.locked_until).is_(None), col(Staff.locked_until) <= now)


def _set(work: Work, staff_id: int, **values: object) -> None:
    work.session.execute(update(Staff).where(col(Staff.id) == staff_id).values(**values))
