"""The nurse's inbox: what a machine could not answer."""

from sqlmodel import col, select

from app.services.audit import audit
from app.services.errors import NotFound
from app.work import Work
from models import InboxItem, InboxKind
from models.columns import new_id


class NoSuchInboxItem(NotFound):
    """There is no such item in this clinic's inbox."""


def put_in_inbox(
    work: Work, clinic_id: str, kind: InboxKind, text: str, patient_id: str | None = None
) -> InboxItem:
    """Leave something for a nurse to read."""
    item = InboxItem(
        clinic_id=clinic_id, id=new_id(work.now), patient_id=patient_id, kind=kind, text=text,
        received_at=work.now,
    )  # fmt: skip
    work.session.add(item)
    return item


def open_inbox(work: Work, clinic_id: str) -> list[InboxItem]:
    """What nobody has handled yet, the oldest first."""
    query = select(InboxItem).where(
        InboxItem.clinic_id == clinic_id, col(InboxItem.handled_at).is_(None)
    )
    return list(work.session.exec(query.order_by(col(InboxItem.received_at))))


def handle(work: Work, clinic_id: str, item_id: str, by: str) -> InboxItem:
    """A person has dealt with it."""
    item = work.session.get(InboxItem, (clinic_id, item_id))
    if item is None:
        raise NoSuchInboxItem
    item.handled_at, item.handled_by = work.now, by
    audit(work, clinic_id, by, "inbox.handle", item.patient_id, item.id)
    return item
