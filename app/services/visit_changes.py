"""A planned visit gets another time, is cancelled, or nobody came; the patient hears of it.

A dose that waits for a draw which does not come today is set free in the same word.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from app.clinical.draw_window import dose_times
from app.services.about import about_visit
from app.services.audit import audit
from app.services.errors import Conflict, Invalid
from app.services.meant import dose_meant_for, is_dose_of_draw_day_taken
from app.services.reminders import DOSE_BUTTONS
from app.services.unattended import settle_undrawn
from app.services.visit_word import NEEDLESS, Told, Word, send_word, untold_lines
from app.services.visits import STILL_CURRENT, change_visit, find_visit_of
from app.work import Work
from models import Message, MessageState, Patient, Visit, VisitPurpose, VisitStatus

_NEW = ("visit.new", "visit.new_plain")
_FREE, _USUAL = {"key": "visit.dose_free"}, {"key": "visit.dose_usual"}


class NotPlanned(Conflict):
    """This visit is not planned any more; look at the patient's page again."""


class VisitThen(Conflict):
    """The patient has a visit planned at this time already; choose another time."""


class NotOverYet(Invalid):
    """This visit is still to come; cancel or move it instead."""


def refuse_second(work: Work, patient: Patient, draw_at: datetime) -> None:
    """One visit of a patient at a time. Raises VisitThen."""
    query = select(Visit.id).where(
        Visit.clinic_id == patient.clinic_id, Visit.patient_id == patient.id,
        Visit.status == VisitStatus.PLANNED, Visit.draw_at == draw_at,
    )  # fmt: skip
    if work.session.exec(query).first() is not None:
        raise VisitThen(field="draw_at")


def planned_of(work: Work, patient: Patient) -> list[Visit]:
    """All that is planned, also what is past and of which nobody told; the first first."""
    query = select(Visit).where(
        Visit.clinic_id == patient.clinic_id, Visit.patient_id == patient.id,
        Visit.status == VisitStatus.PLANNED,
    )  # fmt: skip
    return list(work.session.exec(query.order_by(col(Visit.draw_at), col(Visit.id))))


def move_visit(
    work: Work, patient: Patient, visit_id: str, draw_at: datetime, by: str
) -> Told:
    """Raises NoSuchVisit, NotPlanned, VisitThen, and Invalid for a time that is past."""
    visit = _planned(work, patient, visit_id)
    refuse_second(work, patient, draw_at)
    audit(work, visit.clinic_id, by, "visit.change", patient.id, visit.id)
    settle_undrawn(work, visit, by)
    return move_and_tell(work, patient, visit, draw_at, f"{visit.id}:{work.now:%Y%m%d%H%M%S}")


def move_and_tell(
    work: Work, patient: Patient, visit: Visit, draw_at: datetime, once: str
) -> Told:
    """Another time, and the word of it, once an occurrence that `once` names."""
    was, waits = visit.draw_at, _waits_today(work, patient, visit)
    change_visit(work, visit.clinic_id, visit.id, draw_at=draw_at)
    key, values, dose_at = _moved(work, visit)
    free = waits and not {_day(patient, one) for one in (draw_at, dose_at)} & {_day(patient, was)}
    return send_word(work, patient, visit, Word(
        f"{key}:{once}", key, values, "visit_moved_untold",
        min(one for one in (was, draw_at) if one > work.now), draw_at,
        *_set_free(free),
    ))  # fmt: skip


def cancel_visit(work: Work, patient: Patient, visit_id: str, by: str) -> Told:
    """It does not take place. Whom nobody had told of it yet, nobody tells that it is off.

    Raises NoSuchVisit, NotPlanned.
    """
    visit = _planned(work, patient, visit_id)
    waits, unheard = _waits_today(work, patient, visit), _is_unheard(work, visit)
    _end(work, visit, VisitStatus.CANCELLED, "visit.cancel", by)
    if unheard or visit.draw_at + STILL_CURRENT <= work.now:
        return NEEDLESS
    return send_word(work, patient, visit, _cancelled(work, patient, visit, waits))


def note_missed(work: Work, patient: Patient, visit_id: str, by: str) -> Told:
    """Nobody came; a dose that still waits for this draw is set free.

    Raises NoSuchVisit, NotPlanned, NotOverYet.
    """
    visit = _planned(work, patient, visit_id)
    if visit.draw_at > work.now:
        raise NotOverYet(field="status")
    waits = _waits_today(work, patient, visit)
    _end(work, visit, VisitStatus.MISSED, "visit.missed", by)
    if not waits:
        return NEEDLESS
    return send_word(work, patient, visit, Word(
        f"visit.not_drawn:{visit.id}", "visit.not_drawn", {"draw_at": visit.draw_at.isoformat()},
        "visit_dose_waits", work.now, visit.draw_at + STILL_CURRENT, *_set_free(True),
    ))  # fmt: skip


def _planned(work: Work, patient: Patient, visit_id: str) -> Visit:
    visit = find_visit_of(work, patient, visit_id)
    if visit.status != VisitStatus.PLANNED:
        raise NotPlanned
    return visit


def _end(work: Work, visit: Visit, status: VisitStatus, action: str, by: str) -> None:
    audit(work, visit.clinic_id, by, action, visit.patient_id, visit.id)
    settle_undrawn(work, visit, by)
    for line in untold_lines(work, visit):
        line.handled_at, line.handled_by = work.now, by
    change_visit(work, visit.clinic_id, visit.id, status=status)


def _moved(work: Work, visit: Visit) -> tuple[str, dict[str, str], datetime]:
    """The dose before it is named only while it is still to be taken: never a second one."""
    draw_at, dose_at = visit.draw_at.isoformat(), dose_times(visit.draw_at).ideal
    if visit.purpose != VisitPurpose.TROUGH:
        return "visit.moved_plain", {"draw_at": draw_at}, visit.draw_at
    if dose_at <= work.now or dose_meant_for(work, visit) is not None:
        return "visit.moved_told", {"draw_at": draw_at}, visit.draw_at
    return "visit.moved", {"draw_at": draw_at, "dose_at": dose_at.isoformat()}, dose_at


def _cancelled(work: Work, patient: Patient, visit: Visit, waits: bool) -> Word:
    """Of a draw to come: its day's dose is taken as usual."""
    draws, until = visit.purpose == VisitPurpose.TROUGH, visit.draw_at + STILL_CURRENT
    key = "visit.cancelled" if draws else "visit.cancelled_plain"
    lines, buttons = _set_free(waits)
    if draws and _day(patient, visit.draw_at) > _day(patient, work.now):
        lines = [_USUAL]
    return Word(
        f"{key}:{visit.id}:{work.now:%Y%m%d%H%M%S}", key, {"draw_at": visit.draw_at.isoformat()},
        "visit_cancelled_untold", visit.draw_at if visit.draw_at > work.now else until, until,
        lines, buttons,
    )  # fmt: skip


def _waits_today(work: Work, patient: Patient, visit: Visit) -> bool:
    """Whether today's dose was to wait for this draw, and is not told as taken."""
    if visit.purpose != VisitPurpose.TROUGH or work.now >= visit.draw_at + timedelta(hours=12):
        return False
    is_today = _day(patient, visit.draw_at) == _day(patient, work.now)
    return is_today and not is_dose_of_draw_day_taken(work, patient, visit)


def _set_free(waits: bool) -> tuple[Sequence[Any], Sequence[Any]]:
    """The line of a word, and its buttons."""
    return ([_FREE], DOSE_BUTTONS) if waits else ((), ())


def _is_unheard(work: Work, visit: Visit) -> bool:
    """Whether the word of a new visit still waits, or the line that asks a person to tell it."""
    if any(line.data.get("says") == "desk.visit_untold" for line in untold_lines(work, visit)):
        return True
    query = select(Message.state).where(
        Message.clinic_id == visit.clinic_id, Message.about == about_visit(visit),
        col(Message.key).in_(_NEW),
    )  # fmt: skip
    states = set(work.session.exec(query))
    return MessageState.QUEUED in states and states <= {MessageState.QUEUED, MessageState.CANCELLED}


def _day(patient: Patient, at: datetime) -> date:
    return at.astimezone(ZoneInfo(patient.time_zone)).date()
