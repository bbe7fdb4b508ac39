"""The nurse's inbox: what a machine could not answer."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlmodel import col, select

from app.clinical.triage import LONGEST, triage
from app.services.audit import audit
from app.services.errors import NotFound
from app.work import Work
from models import InboxItem, InboxKind
from models.columns import new_id


class NoSuchItem(NotFound):
    """There is no such item in this clinic's inbox."""


def put_in_inbox(
    work: Work, clinic_id: str, kind: InboxKind, text: str, patient_id: str | None = None
) -> InboxItem:
    """Leave something for a nurse to read."""
    item = InboxItem(
        clinic_id=clinic_id, id=new_id(work.now), patient_id=patient_id, kind=kind, text=text,
        triage=_read(kind, text), received_at=work.now,
    )  # fmt: skip
    work.session.add(item)
    return item


def _read(kind: InboxKind, text: str) -> dict[str, Any]:
    """What triage finds in a patient's own words; both languages are read, whichever is named."""
    if kind != InboxKind.TEXT or not text.strip():
        return {}
    return asdict(triage(text[:LONGEST], "zh-CN"))


def open_inbox(work: Work, clinic_id: str, at_most: int = 50) -> Sequence[InboxItem]:
    """What nobody has handled, the oldest first."""
    query = select(InboxItem).where(
        InboxItem.clinic_id == clinic_id, col(InboxItem.handled_at).is_(None)
    )
    return work.session.exec(query.order_by(col(InboxItem.received_at)).limit(at_most)).all()


def handle(work: Work, clinic_id: str, item_id: str, by: str) -> InboxItem:
    """Someone has seen to it. Raises NoSuchItem."""
    item = work.session.get(InboxItem, (clinic_id, item_id))
    if item is None:
        raise NoSuchItem(field="id")
    if item.handled_at is None:
        item.handled_at, item.handled_by = work.now, by
        audit(work, clinic_id, by, "inbox.handle", item.patient_id, item.id)
    return item
