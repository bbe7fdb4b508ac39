"""Visits: a planned draw, and when the blood was really drawn."""

from datetime import datetime, timedelta

from sqlmodel import col, select

from app.services.about import about_visit
from app.services.daily import replan_days
from app.services.errors import Conflict, Invalid, NoSuchVisit
from app.services.messages import cancel_about
from app.services.prompts import rethink
from app.services.recall_marks import mark_recall
from app.services.reminders import after_draw, cancel_for_visit, plan_for_visit
from app.work import Work
from models import Patient, PromptKind, Provenance, Visit, VisitPurpose, VisitStatus
from models.columns import new_id

STILL_CURRENT = timedelta(hours=12)


def plan_visit(
    work: Work, patient: Patient, draw_at: datetime, purpose: VisitPurpose = VisitPurpose.TROUGH
) -> Visit:
    """Plan a draw and its reminders."""
    _check_draw(work, draw_at)
    visit = Visit(
        clinic_id=patient.clinic_id, id=new_id(work.now), patient_id=patient.id,
        draw_at=draw_at, purpose=purpose, recorded_at=work.now,
    )  # fmt: skip
    work.session.add(visit)
    work.session.flush()
    plan_for_visit(work, patient, visit)
    _rethink_sf36(work, patient)
    mark_recall(work, patient.clinic_id, patient.id)
    return visit


def _check_draw(work: Work, draw_at: datetime) -> None:
    if draw_at <= work.now:
        raise Invalid("A planned draw lies in the future; check the time.", field="draw_at")


def find_visit(work: Work, clinic_id: str, visit_id: str) -> Visit:
    query = select(Visit).where(Visit.clinic_id == clinic_id, Visit.id == visit_id)
    visit = work.session.exec(query.with_for_update()).first()
    if visit is None:
        raise NoSuchVisit
    return visit


def find_visit_of(work: Work, patient: Patient, visit_id: str) -> Visit:
    """A visit of this patient. Raises NoSuchVisit."""
    visit = find_visit(work, patient.clinic_id, visit_id)
    if visit.patient_id != patient.id:
        raise NoSuchVisit
    return visit


def change_visit(
    work: Work,
    clinic_id: str,
    visit_id: str,
    *,
    draw_at: datetime | None = None,
    status: VisitStatus | None = None,
    purpose: VisitPurpose | None = None,
) -> Visit:
    """Move, cancel or end a visit; its reminders follow."""
    visit = find_visit(work, clinic_id, visit_id)
    if purpose is not None and purpose != visit.purpose:
        _mean(work, visit, purpose)
    if draw_at is not None and draw_at != visit.draw_at:
        _move(work, visit, draw_at)
    if status is not None and status != visit.status:
        _end(work, visit, status)
    _rethink_sf36(work, _patient(work, visit))
    replan_days(work, _patient(work, visit))
    mark_recall(work, visit.clinic_id, visit.patient_id)
    return visit


def _rethink_sf36(work: Work, patient: Patient) -> None:
    """The questionnaire after a dose change goes with the visit."""
    rethink(work, patient, "the visits have changed", (PromptKind.SF36,))


def _mean(work: Work, visit: Visit, purpose: VisitPurpose) -> None:
    visit.purpose = purpose
    if visit.status == VisitStatus.PLANNED:
        plan_for_visit(work, _patient(work, visit), visit)


def _move(work: Work, visit: Visit, draw_at: datetime) -> None:
    if visit.status != VisitStatus.PLANNED:
        raise Conflict("Only a planned visit can be moved.", field="draw_at")
    _check_draw(work, draw_at)
    visit.draw_at = draw_at
    plan_for_visit(work, _patient(work, visit), visit)


def _end(work: Work, visit: Visit, status: VisitStatus) -> None:
    visit.status = status
    if status == VisitStatus.PLANNED:
        plan_for_visit(work, _patient(work, visit), visit)
    else:
        cancel_for_visit(work, visit, f"visit {status.value}")


def _patient(work: Work, visit: Visit) -> Patient:
    return work.session.get_one(Patient, (visit.clinic_id, visit.patient_id))


def list_visits(work: Work, patient: Patient) -> list[Visit]:
    """All visits, the latest first."""
    query = select(Visit).where(
        Visit.clinic_id == patient.clinic_id, Visit.patient_id == patient.id
    )
    return list(work.session.exec(query.order_by(col(Visit.draw_at).desc())))


def next_visit(work: Work, patient: Patient) -> Visit | None:
    """The planned visit that comes next, or that was due within 12 hours."""
    return next(iter(planned_visits(work, patient)), None)


def planned_visits(work: Work, patient: Patient) -> list[Visit]:
    """The planned visits to come, and one that was due within 12 hours; the next first."""
    query = select(Visit).where(
        Visit.clinic_id == patient.clinic_id,
        Visit.patient_id == patient.id,
        Visit.status == VisitStatus.PLANNED,
        Visit.draw_at > work.now - STILL_CURRENT,
    )
    return list(work.session.exec(query.order_by(col(Visit.draw_at))))


def record_draw(
    work: Work, patient: Patient, visit: Visit, drawn_at: datetime, provenance: Provenance
) -> None:
    """The blood was drawn: the visit is attended, and today's dose is free."""
    visit.drawn_at, visit.drawn_provenance = drawn_at, provenance
    visit.status = VisitStatus.ATTENDED
    if visit.dose_before_draw_at and visit.dose_before_draw_at >= drawn_at:
        visit.dose_before_draw_at = None  # it did wait: the draw was told after the dose
    after_draw(work, patient, visit)
    mark_recall(work, patient.clinic_id, patient.id)


def take_back_draw(work: Work, patient: Patient, visit: Visit) -> None:
    """It was noted by mistake: the visit is planned again, and its dose still waits."""
    visit.drawn_at = visit.drawn_provenance = None
    visit.status = VisitStatus.PLANNED
    cancel_about(work, visit.clinic_id, about_visit(visit), "draw noted by mistake")
    plan_for_visit(work, patient, visit)
    replan_days(work, patient)
    mark_recall(work, patient.clinic_id, patient.id)
