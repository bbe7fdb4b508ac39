"""Another time for a draw: the patient asks, a person decides. Nothing moves by itself."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, select

from app.clinical.draw_window import dose_times
from app.clinical.triage import read_whole
from app.services.about import about_visit
from app.services.audit import audit
from app.services.desk_lines import leave_line
from app.services.errors import Conflict
from app.services.free_text import hear_words
from app.services.inbox import NoSuchItem, handle
from app.services.meant import dose_meant_for
from app.services.messages import tell
from app.services.reminders import day_of
from app.services.visits import change_visit, find_visit
from app.work import Work
from models import Clinic, InboxItem, InboxKind, Patient, Visit

_BEFORE_DRAW = timedelta(hours=2)  # [own] an answer comes so long before, or as soon as it may


class CannotBeMoved(Conflict):
    """This wish can no longer be met as it was told; plan the visit by hand."""


def ask_for_time(work: Work, patient: Patient, visit: Visit, draw_at: datetime) -> InboxItem:
    """A wish for one time; it takes the place of an earlier wish for the same visit."""
    values = {"draw_at": visit.draw_at.isoformat(), "wanted_at": draw_at.isoformat()}
    data = {"visit_id": visit.id, "draw_at": draw_at.isoformat()}
    return _leave(work, patient, visit, "reschedule", values, data)


def ask_in_words(work: Work, patient: Patient, visit: Visit, words: str) -> tuple[str, ...]:
    """A wish in the patient's own words; a red flag in them calls a nurse. The flags."""
    values = {"draw_at": visit.draw_at.isoformat(), "words": words}
    _leave(work, patient, visit, "reschedule_words", values, {"visit_id": visit.id})
    red = read_whole(words).red_flags
    return hear_words(work, patient, words).flags if red else ()


def accept_reschedule(work: Work, clinic_id: str, item_id: str, by: str) -> Visit:
    """Move the visit to the time that was asked for, and tell the patient.

    Raises NoSuchItem, CannotBeMoved, Conflict, Invalid.
    """
    item = _open_wish(work, clinic_id, item_id)
    if "draw_at" not in item.data:
        raise CannotBeMoved
    draw_at = datetime.fromisoformat(item.data["draw_at"])
    visit = change_visit(work, clinic_id, item.data["visit_id"], draw_at=draw_at)
    audit(work, clinic_id, by, "visit.change", visit.patient_id, visit.id)
    handle(work, clinic_id, item_id, by)
    _answer(work, visit, item, *_moved(work, visit))
    return visit


def _moved(work: Work, visit: Visit) -> tuple[str, dict[str, str]]:
    """The dose before it is named only while it is still to be taken: never a second one."""
    draw_at, dose_at = visit.draw_at.isoformat(), dose_times(visit.draw_at).ideal
    if dose_at <= work.now or dose_meant_for(work, visit) is not None:
        return "visit.moved_told", {"draw_at": draw_at}
    return "visit.moved", {"draw_at": draw_at, "dose_at": dose_at.isoformat()}


def refuse_reschedule(work: Work, clinic_id: str, item_id: str, by: str) -> Visit:
    """The visit stays as it is, and the patient is told. Raises NoSuchItem."""
    item = _open_wish(work, clinic_id, item_id)
    visit = find_visit(work, clinic_id, item.data["visit_id"])
    audit(work, clinic_id, by, "visit.keep", visit.patient_id, visit.id)
    handle(work, clinic_id, item_id, by)
    _answer(work, visit, item, "visit.not_moved", {"draw_at": visit.draw_at.isoformat()})
    return visit


def _answer(
    work: Work, visit: Visit, item: InboxItem, key: str, values: dict[str, Any]
) -> None:
    """An answer to the patient's own question; not in the quiet hours, but before the draw."""
    patient = work.session.get_one(Patient, (visit.clinic_id, visit.patient_id))
    morning = day_of(work.session.get_one(Clinic, visit.clinic_id), patient).after_quiet(work.now)
    in_time = morning <= visit.draw_at - _BEFORE_DRAW
    tell(work, patient, f"{key}:{item.id}", key, values, about=about_visit(visit),
         due_at=morning if in_time else work.now, not_after=visit.draw_at)  # fmt: skip


def _open_wish(work: Work, clinic_id: str, item_id: str) -> InboxItem:
    query = select(InboxItem).where(InboxItem.clinic_id == clinic_id, InboxItem.id == item_id)
    item = work.session.exec(query.with_for_update()).first()
    if item is None or item.kind != InboxKind.RESCHEDULE:
        raise NoSuchItem(field="id")
    if item.handled_at is not None:
        raise CannotBeMoved
    return item


def _leave(
    work: Work, patient: Patient, visit: Visit, key: str, values: dict[str, Any],
    data: dict[str, Any],
) -> InboxItem:  # fmt: skip
    for earlier in _wishes(work, visit):
        earlier.handled_at, earlier.handled_by = work.now, "system"
    item = leave_line(work, patient, key, values, InboxKind.RESCHEDULE)
    item.data = {**item.data, **data}
    return item


def _wishes(work: Work, visit: Visit) -> list[InboxItem]:
    query = select(InboxItem).where(
        InboxItem.clinic_id == visit.clinic_id, InboxItem.patient_id == visit.patient_id,
        InboxItem.kind == InboxKind.RESCHEDULE, col(InboxItem.handled_at).is_(None),
    )  # fmt: skip
    return [one for one in work.session.exec(query) if one.data.get("visit_id") == visit.id]
