"""Which dose is meant for which draw. Elapsed time.

Blood is drawn 22-26 h after the dose, Chen ZL et al. 2024; that a dose 12 to 36 h before a draw
was meant for it, and one within the 12 h before, or after it while no draw was told, was the dose
that should have waited, is [own].
"""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from app.work import Work
from models import Dose, DoseStatus, Patient, Visit, VisitPurpose, VisitStatus

MEANT = timedelta(hours=12), timedelta(hours=36)
OF_A_DRAW = timedelta(hours=12)  # a draw told so near to a plan is the planned one


def planned_draws(
    work: Work, patient: Patient, since: datetime, until: datetime
) -> Iterable[Visit]:
    """The planned draws from a moment to another, the first first."""
    query = select(Visit).where(
        Visit.clinic_id == patient.clinic_id, Visit.patient_id == patient.id,
        Visit.status == VisitStatus.PLANNED, Visit.purpose == VisitPurpose.TROUGH,
        Visit.draw_at >= since, Visit.draw_at <= until,
    )  # fmt: skip
    return work.session.exec(query.order_by(col(Visit.draw_at))).all()


def visit_of(work: Work, patient: Patient, dose: Dose) -> Visit | None:
    """The planned draw that this dose is meant for."""
    at = dose.taken_at
    return next(iter(planned_draws(work, patient, at + MEANT[0], at + MEANT[1])), None)


def visit_spoiled_by(work: Work, patient: Patient, dose: Dose) -> Visit | None:
    """The planned draw for which this dose should have waited: the nearest.

    It is to come, or its time is past and no draw was told.
    """
    at = dose.taken_at
    near = planned_draws(work, patient, at - MEANT[0], at + MEANT[0])
    open_ones = (visit for visit in near if visit.draw_at < at + MEANT[0])
    return min(open_ones, key=lambda visit: abs(visit.draw_at - at), default=None)


def is_too_soon(visit: Visit) -> bool:
    """Whether a dose that did not wait still stands in the way, wherever the draw is now."""
    taken_at = visit.dose_before_draw_at
    return taken_at is not None and -MEANT[0] <= visit.draw_at - taken_at < MEANT[0]


def is_dose_of_draw_day_taken(work: Work, patient: Patient, visit: Visit) -> bool:
    """Whether a second dose would be taken: one is told since the midnight before the draw.

    By the patient's calendar. One that was vomited is not taken again unless the clinic says so.
    """
    if visit.dose_before_draw_at is not None:
        return True
    zone = ZoneInfo(patient.time_zone)
    on = (visit.drawn_at or work.now).astimezone(zone).date()
    midnight = datetime.combine(on, time(), zone).astimezone(UTC)
    query = select(Dose.id).where(
        Dose.clinic_id == patient.clinic_id, Dose.patient_id == patient.id,
        Dose.status != DoseStatus.MISSED, col(Dose.withdrawn_at).is_(None),
        Dose.taken_at >= midnight,
    )  # fmt: skip
    return work.session.exec(query).first() is not None


def visit_drawn(work: Work, patient: Patient, drawn_at: datetime) -> Visit | None:
    """The planned draw that blood drawn at a moment belongs to: the nearest within 12 h."""
    near = planned_draws(work, patient, drawn_at - OF_A_DRAW, drawn_at + OF_A_DRAW)
    return min(near, key=lambda visit: abs(visit.draw_at - drawn_at), default=None)


def visit_told_drawn(work: Work, patient: Patient, drawn_at: datetime) -> Visit | None:
    """The visit whose draw is noted already, within 12 h of a moment."""
    query = select(Visit).where(
        Visit.clinic_id == patient.clinic_id, Visit.patient_id == patient.id,
        col(Visit.drawn_at) >= drawn_at - OF_A_DRAW, col(Visit.drawn_at) <= drawn_at + OF_A_DRAW,
    )  # fmt: skip
    return work.session.exec(query.order_by(col(Visit.drawn_at).desc())).first()


def dose_meant_for(work: Work, visit: Visit) -> Dose | None:
    """The last dose told that can be meant for a visit."""
    query = select(Dose).where(
        Dose.clinic_id == visit.clinic_id, Dose.patient_id == visit.patient_id,
        Dose.status == DoseStatus.TAKEN, col(Dose.withdrawn_at).is_(None),
        Dose.taken_at >= visit.draw_at - MEANT[1], Dose.taken_at <= visit.draw_at - MEANT[0],
    )  # fmt: skip
    return work.session.exec(query.order_by(col(Dose.taken_at).desc())).first()
