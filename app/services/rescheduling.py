"""Another time for a draw: the patient asks, a person decides. Nothing moves by itself."""

from datetime import datetime
from typing import Any

from sqlmodel import col, select

from app.clinical.triage import read_whole
from app.services.audit import audit
from app.services.desk_lines import leave_line
from app.services.errors import Conflict
from app.services.free_text import hear_words
from app.services.inbox import NoSuchItem, handle
from app.services.patients import find_patient
from app.services.visit_changes import move_and_tell
from app.services.visit_word import Told, Word, send_word
from app.services.visits import find_visit
from app.work import Work
from models import InboxItem, InboxKind, Patient, Visit


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


def accept_reschedule(work: Work, clinic_id: str, item_id: str, by: str) -> Told:
    """Move the visit to the time that was asked for, and tell the patient.

    Raises NoSuchItem, CannotBeMoved, Conflict, Invalid.
    """
    item = _open_wish(work, clinic_id, item_id)
    if "draw_at" not in item.data:
        raise CannotBeMoved
    draw_at = datetime.fromisoformat(item.data["draw_at"])
    visit = find_visit(work, clinic_id, item.data["visit_id"])
    patient = find_patient(work, clinic_id, visit.patient_id)
    audit(work, clinic_id, by, "visit.change", patient.id, visit.id)
    handle(work, clinic_id, item_id, by)
    return move_and_tell(work, patient, visit, draw_at, item.id)


def refuse_reschedule(work: Work, clinic_id: str, item_id: str, by: str) -> Told:
    """The visit stays as it is, and the patient is told. Raises NoSuchItem."""
    item = _open_wish(work, clinic_id, item_id)
    visit = find_visit(work, clinic_id, item.data["visit_id"])
    audit(work, clinic_id, by, "visit.keep", visit.patient_id, visit.id)
    handle(work, clinic_id, item_id, by)
    patient, draw_at = find_patient(work, clinic_id, visit.patient_id), visit.draw_at
    return send_word(work, patient, visit, Word(
        f"visit.not_moved:{item.id}", "visit.not_moved", {"draw_at": draw_at.isoformat()},
        "visit_kept_untold", draw_at, draw_at,
    ))  # fmt: skip


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
