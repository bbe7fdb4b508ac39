"""What the patient said and what was told, woven into one history, the newest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement
from sqlmodel import SQLModel, col, select

from app.services.message_history import Told, messages_of_patient
from app.services.own_words import said_by
from app.services.paging import Page
from app.services.patients import find_patient
from app.work import Work
from models import Chat, InboxItem, Media

Row = TypeVar("Row", bound=SQLModel)


@dataclass(frozen=True, slots=True)
class Entry:
    """One of three: a message, an item of the inbox, a photo that came with no words.

    `by` is "patient" or "carer" of whom an item is.
    """

    id: str
    told: Told | None = None
    item: InboxItem | None = None
    photo: Media | None = None
    by: str = "patient"


def both_sides(
    work: Work, clinic_id: str, patient_id: str, *, after: str | None = None, limit: int = 50,
    replies: bool = True,
) -> Page[Entry]:  # fmt: skip
    """A page of it; `replies` are what the bot answered. Raises NoSuchPatient."""
    told = messages_of_patient(
        work, clinic_id, patient_id, after=after, limit=limit, replies=replies
    )
    entries = [Entry(one.id, told=one) for one in told.items]
    if not find_patient(work, clinic_id, patient_id).erased_at:
        entries += _said(work, clinic_id, patient_id, after, limit + 1)
    entries.sort(key=lambda one: one.id, reverse=True)
    is_more = told.next is not None or len(entries) > limit
    return Page(entries[:limit], entries[limit - 1].id if is_more else None)


def _said(
    work: Work, clinic_id: str, patient_id: str, after: str | None, at_most: int
) -> list[Entry]:
    items = _newest(work, InboxItem, said_by(clinic_id, patient_id), after, at_most)
    alone = (col(Media.clinic_id) == clinic_id, col(Media.patient_id) == patient_id,
             col(Media.inbox_id).is_(None))  # fmt: skip
    photos = _newest(work, Media, alone, after, at_most)
    carers = _carers(work, {one.chat_id for one in items})
    return [
        *(Entry(one.id, item=one, by="carer" if one.chat_id in carers else "patient")
          for one in items),
        *(Entry(one.id, photo=one) for one in photos),
    ]  # fmt: skip


def _newest(
    work: Work, table: type[Row], which: Sequence[ColumnElement[bool]], after: str | None,
    at_most: int,
) -> Sequence[Row]:  # fmt: skip
    columns: Any = table
    query = select(table).where(*which)
    if after:
        query = query.where(columns.id < after)
    return work.session.exec(query.order_by(columns.id.desc()).limit(at_most)).all()


def _carers(work: Work, numbers: Iterable[int | None]) -> set[int]:
    query = select(Chat.id).where(col(Chat.id).in_([one for one in numbers if one]), Chat.proxy)
    return set(work.session.exec(query))
