"""The inbox a page at a time: what waits, the longest first; what was handled, the latest first."""

from typing import Any

from sqlalchemy import tuple_
from sqlmodel import col, select

from app.services.paging import PAGE, Page, Place, place_of
from app.services.patients import list_patients
from app.work import Work
from models import InboxItem

_OPEN, _HANDLED = 0, 1


def list_inbox(
    work: Work, clinic_id: str, *, handled: bool = False, code: str = "", after: str | None = None,
    at_most: int = PAGE,
) -> Page[InboxItem]:  # fmt: skip
    """Of patients whose code has `code` in it, where that is given. Raises NoSuchPage."""
    by = InboxItem.handled_at if handled else InboxItem.received_at
    is_open = col(InboxItem.handled_at).is_(None)
    query = select(InboxItem).where(
        InboxItem.clinic_id == clinic_id, ~is_open if handled else is_open
    )
    if code:
        found, _ = list_patients(work, clinic_id, code)
        query = query.where(col(InboxItem.patient_id).in_([one.id for one in found]))
    query = _from(query, by, handled, after)
    rows = list(work.session.exec(query.limit(at_most + 1)))
    last = rows[at_most - 1] if len(rows) > at_most else None
    return Page(rows[:at_most], str(_place(last, handled)) if last else None)


def _from(query: Any, by: Any, handled: bool, after: str | None) -> Any:
    """In its order, from where the last page ended."""
    start, place = place_of(after), tuple_(col(by), col(InboxItem.id))
    if start is not None:
        end = (start.at, start.id)
        query = query.where(place < end if handled else place > end)
    if handled:
        return query.order_by(col(by).desc(), col(InboxItem.id).desc())
    return query.order_by(col(by), col(InboxItem.id))


def _place(last: InboxItem, handled: bool) -> Place:
    at = last.handled_at if handled and last.handled_at else last.received_at
    return Place(_HANDLED if handled else _OPEN, at, last.id)
