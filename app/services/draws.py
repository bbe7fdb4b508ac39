"""The way of a tube from the arm to its result: each step with its time, by whom and how.

That the blood was drawn is the visit's own time, so that windows, reminders and "take today's
dose now" follow from it whoever told it, on a page or in the chat (ADR 0035).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, select

from app.services.audit import audit
from app.services.errors import Conflict, Invalid, PatientErased
from app.services.specimen_fields import read_detail
from app.services.visits import find_visit_of, record_draw, take_back_draw
from app.work import Work
from models import DrawStep, Patient, Provenance, Step, Visit, VisitPurpose, VisitStatus
from models.columns import new_id

NEAR = timedelta(days=3)  # [own] a draw further from its plan is a slip of the date


class NoDrawHere(Conflict):
    """No blood is drawn at this visit: it was cancelled, or is one without a draw."""


class DrawnFirst(Invalid):
    """Note first that the blood was drawn."""


class StepToCome(Invalid):
    """This time has not come yet; check it."""


class OutOfOrder(Invalid):
    """The steps follow each other: drawn, centrifuged, frozen, sent, measured; check the time."""


class FarFromPlan(Invalid):
    """This is more than three days from the planned draw; check the date."""


class LaterStepStands(Conflict):
    """A later step is noted; take that back first."""


@dataclass(frozen=True, slots=True)
class Done:
    """A step that was done; of a draw told in the chat `by` is None and `told` says who."""

    step: Step
    at: datetime
    by: str | None
    told: Provenance
    detail: Mapping[str, Any]


Chain = Mapping[Step, Done]


def chain_of(work: Work, visit: Visit) -> Chain:
    """The steps of a visit's tube that are done, in their order."""
    return _chain(visit, _rows(work, visit.clinic_id, DrawStep.visit_id == visit.id))


def chains_of(work: Work, patient: Patient) -> list[tuple[Visit, Chain]]:
    """The draws of a patient that are planned or done, the latest first."""
    query = select(Visit).where(
        Visit.clinic_id == patient.clinic_id, Visit.patient_id == patient.id,
        Visit.purpose == VisitPurpose.TROUGH,
        col(Visit.status).in_((VisitStatus.PLANNED, VisitStatus.ATTENDED)),
    )  # fmt: skip
    rows = _rows(work, patient.clinic_id, DrawStep.patient_id == patient.id)
    return [
        (visit, _chain(visit, [row for row in rows if row.visit_id == visit.id]))
        for visit in work.session.exec(query.order_by(col(Visit.draw_at).desc()))
    ]


def _rows(work: Work, clinic_id: str, of: Any) -> list[DrawStep]:
    query = select(DrawStep).where(DrawStep.clinic_id == clinic_id, of)
    return list(work.session.exec(query.order_by(col(DrawStep.id))))


def _chain(visit: Visit, rows: Iterable[DrawStep]) -> Chain:
    latest = {row.step: row for row in rows}
    found = (_done(visit, step, latest.get(step)) for step in Step)
    return {one.step: one for one in found if one is not None}


def _done(visit: Visit, step: Step, row: DrawStep | None) -> Done | None:
    if step == Step.DRAWN:
        return _drawn(visit, row)
    if row is None or row.at is None:
        return None
    return Done(step, row.at, row.recorded_by, Provenance.STAFF, row.detail)


def _drawn(visit: Visit, row: DrawStep | None) -> Done | None:
    if visit.drawn_at is None:
        return None
    by = row.recorded_by if row and row.at == visit.drawn_at else None
    told = visit.drawn_provenance or Provenance.STAFF
    return Done(Step.DRAWN, visit.drawn_at, by, told, {})


def note_step(
    work: Work, patient: Patient, visit_id: str, step: Step, *, at: datetime | None,
    told: Mapping[str, str], by: str,
) -> Done:  # fmt: skip
    """A step was done, now (to the minute, as a label prints it) or at a time; again corrects it.

    Raises NoSuchVisit, NoDrawHere, and for the fields of the form the errors of this file and of
    `read_detail`.
    """
    if patient.erased_at is not None:
        raise PatientErased
    visit = open_draw(work, patient, visit_id)
    moment = (at or work.now).replace(second=0, microsecond=0)
    _check(work, visit, step, moment)
    detail = read_detail(step, told)
    if step == Step.DRAWN:
        record_draw(work, patient, visit, moment, Provenance.STAFF)
    _keep(work, visit, step, moment, detail, by)
    audit(work, visit.clinic_id, by, "draw.note", patient.id, visit.id)
    return Done(step, moment, by, Provenance.STAFF, detail)


def take_back_step(work: Work, patient: Patient, visit_id: str, step: Step, by: str) -> None:
    """A wrong tap: the step is not done. Of the draw only while no later step stands."""
    visit = open_draw(work, patient, visit_id)
    done = chain_of(work, visit)
    if step not in done:
        return
    if step == Step.DRAWN:
        if len(done) > 1:
            raise LaterStepStands
        take_back_draw(work, patient, visit)
    _keep(work, visit, step, None, {}, by)
    audit(work, visit.clinic_id, by, "draw.undo", patient.id, visit.id)


def open_draw(work: Work, patient: Patient, visit_id: str) -> Visit:
    """A visit of this patient at which blood is drawn. Raises NoSuchVisit, NoDrawHere."""
    visit = find_visit_of(work, patient, visit_id)
    if visit.purpose != VisitPurpose.TROUGH or visit.status == VisitStatus.CANCELLED:
        raise NoDrawHere
    return visit


def _keep(
    work: Work, visit: Visit, step: Step, at: datetime | None, detail: dict[str, Any], by: str
) -> None:
    work.session.add(DrawStep(
        clinic_id=visit.clinic_id, id=new_id(work.now), patient_id=visit.patient_id,
        visit_id=visit.id, step=step, at=at, detail=detail, recorded_by=by, recorded_at=work.now,
    ))  # fmt: skip
    work.session.flush()


def _check(work: Work, visit: Visit, step: Step, at: datetime) -> None:
    done = chain_of(work, visit)
    if at > work.now:
        raise StepToCome(field="at")
    if step == Step.DRAWN and abs(at - visit.draw_at) > NEAR:
        raise FarFromPlan(field="at")
    if step != Step.DRAWN and Step.DRAWN not in done:
        raise DrawnFirst(field="at")
    order = list(Step)
    for other in done.values():
        before = order.index(other.step) - order.index(step)
        if (before < 0 and other.at > at) or (before > 0 and other.at < at):
            raise OutOfOrder(field="at")
