"""A planned draw of which nobody told: the clinic is asked, once, and decides."""

import hashlib
from datetime import timedelta

from sqlmodel import col, select

from app.services.desk_lines import leave_line
from app.services.visits import STILL_CURRENT
from app.work import Work
from models import InboxItem, Patient, Visit, VisitPurpose, VisitStatus

_LOOKS_BACK = timedelta(days=7)  # [own] what is older was seen, or is of no use


def note_undrawn(work: Work) -> int:
    """A line for each draw that is 12 h past and not told; how many were new."""
    query = select(Visit).where(
        Visit.status == VisitStatus.PLANNED, Visit.purpose == VisitPurpose.TROUGH,
        Visit.draw_at <= work.now - STILL_CURRENT, Visit.draw_at > work.now - _LOOKS_BACK,
    )  # fmt: skip
    locked = query.order_by(col(Visit.draw_at)).with_for_update(skip_locked=True, key_share=True)
    return sum(_note(work, visit) for visit in work.session.exec(locked).all())


def _note(work: Work, visit: Visit) -> bool:
    """The line's id is made of the visit and its time, so that there is one."""
    once = _once(visit)
    if work.session.get(InboxItem, (visit.clinic_id, once)) is not None:
        return False
    patient = work.session.get_one(Patient, (visit.clinic_id, visit.patient_id))
    if patient.died_on is not None or patient.erased_at is not None:
        return False
    line = leave_line(work, patient, "no_draw_told", {"draw_at": visit.draw_at.isoformat()})
    line.id = once
    work.session.flush()
    return True


def settle_undrawn(work: Work, visit: Visit, by: str) -> None:
    """A person has ended or moved the visit: its line, where there is one, is seen to."""
    line = work.session.get(InboxItem, (visit.clinic_id, _once(visit)))
    if line is not None and line.handled_at is None:
        line.handled_at, line.handled_by = work.now, by


def _once(visit: Visit) -> str:
    told = f"{visit.id} {visit.draw_at.isoformat()}"
    return hashlib.sha256(told.encode()).hexdigest()[:22]
