"""Doses as they were taken, missed or vomited."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.services.about import about_day
from app.services.errors import Invalid
from app.services.messages import cancel_about
from app.services.regimens import current_regimen
from app.services.reminders import after_dose
from app.work import Work
from models import Dose, DoseStatus, Patient, Provenance
from models.columns import new_id

OLDEST = timedelta(days=400)


def record_dose(
    work: Work,
    patient: Patient,
    *,
    taken_at: datetime,
    status: DoseStatus = DoseStatus.TAKEN,
    provenance: Provenance,
    dose_mg: int | None = None,
) -> Dose:
    """Keep a dose; the same time and status again returns the row that is there."""
    _check_time(work, taken_at)
    known = _same(work, patient, taken_at, status)
    if known is not None:
        return _told_again(work, patient, known)
    dose = Dose(
        clinic_id=patient.clinic_id, id=new_id(work.now), patient_id=patient.id,
        taken_at=taken_at, dose_mg=dose_mg or _prescribed(work, patient), status=status,
        provenance=provenance, recorded_at=work.now,
    )  # fmt: skip
    work.session.add(dose)
    return _told(work, patient, dose)


def _told(work: Work, patient: Patient, dose: Dose) -> Dose:
    """What follows from a dose: nobody asks for it again that day, and a draw goes by it."""
    work.session.flush()
    on = dose.taken_at.astimezone(ZoneInfo(patient.time_zone)).date()
    cancel_about(work, patient.clinic_id, about_day(patient, on), "dose told")
    after_dose(work, patient, dose)
    return dose


def _told_again(work: Work, patient: Patient, known: Dose) -> Dose:
    """The same dose again changes nothing; one that was taken back counts again."""
    if known.withdrawn_at is None:
        return known
    known.withdrawn_at, known.recorded_at = None, work.now
    return _told(work, patient, known)


def _check_time(work: Work, taken_at: datetime) -> None:
    if taken_at > work.now:
        raise Invalid("A dose cannot lie in the future; check the time.", field="taken_at")
    if taken_at < work.now - OLDEST:
        raise Invalid("A dose older than 400 days is not kept; check the date.", field="taken_at")


def _same(work: Work, patient: Patient, taken_at: datetime, status: DoseStatus) -> Dose | None:
    query = select(Dose).where(
        Dose.clinic_id == patient.clinic_id, Dose.patient_id == patient.id,
        Dose.taken_at == taken_at, Dose.status == status,
    )  # fmt: skip
    return work.session.exec(query).first()


def _prescribed(work: Work, patient: Patient) -> int:
    regimen = current_regimen(work, patient)
    if regimen is None or not regimen.daily_dose_mg:
        raise Invalid("No daily dose is recorded; give dose_mg or add a regimen.", field="dose_mg")
    return regimen.daily_dose_mg


def _of(patient: Patient) -> SelectOfScalar[Dose]:
    """The doses that count: those told by mistake are kept, and left out."""
    return select(Dose).where(
        Dose.clinic_id == patient.clinic_id, Dose.patient_id == patient.id,
        counts(),
    )  # fmt: skip


def counts() -> ColumnElement[bool]:
    """Not told by mistake."""
    return col(Dose.withdrawn_at).is_(None)


def list_doses(work: Work, patient: Patient) -> list[Dose]:
    """All doses, the latest first."""
    return list(work.session.exec(_of(patient).order_by(col(Dose.taken_at).desc())))


def latest_doses(work: Work, patient: Patient, most: int) -> list[Dose]:
    """The doses taken, missed or vomited last."""
    return list(work.session.exec(_of(patient).order_by(col(Dose.taken_at).desc()).limit(most)))


def last_dose_before(work: Work, patient: Patient, at: datetime) -> Dose | None:
    """The last dose taken before a moment."""
    query = _of(patient).where(Dose.taken_at < at, Dose.status == DoseStatus.TAKEN)
    return work.session.exec(query.order_by(col(Dose.taken_at).desc())).first()


def was_withdrawn(work: Work, patient: Patient, taken_at: datetime) -> bool:
    """Whether the dose of a moment was told by mistake."""
    query = select(Dose.id).where(
        Dose.clinic_id == patient.clinic_id, Dose.patient_id == patient.id,
        Dose.taken_at == taken_at, col(Dose.withdrawn_at).is_not(None),
    )  # fmt: skip
    return work.session.exec(query).first() is not None


def dose_of_day(work: Work, patient: Patient, days_ago: int = 0) -> Dose | None:
    """What is told last of today's dose, or of one some days ago, by the patient's calendar."""
    zone = ZoneInfo(patient.time_zone)
    on = work.now.astimezone(zone).date() - timedelta(days=days_ago)
    starts, ends = (
        datetime.combine(day, time(), zone).astimezone(UTC) for day in (on, on + timedelta(days=1))
    )
    query = _of(patient).where(Dose.taken_at >= starts, Dose.taken_at < ends)
    return work.session.exec(query.order_by(col(Dose.taken_at).desc())).first()


def not_kept_down(work: Work, patient: Patient, before: datetime) -> list[datetime]:
    """When doses were missed or vomited before a moment."""
    query = _of(patient).where(Dose.taken_at < before, Dose.status != DoseStatus.TAKEN)
    return [dose.taken_at for dose in work.session.exec(query)]


def last_told(work: Work, patient: Patient) -> Dose | None:
    """The dose that was told last, whenever it was taken."""
    query = _of(patient).order_by(col(Dose.recorded_at).desc(), col(Dose.id).desc())
    return work.session.exec(query).first()


def due_of_missed(work: Work, patient: Patient) -> datetime | Dose:
    """When the dose that is told as missed was due: the last usual time by now.

    Today's once its time is past, else yesterday's. The dose in its place where something else
    is told of each of them, the one told last: a day does not have two answers.
    """
    zone = ZoneInfo(patient.time_zone)
    told: list[Dose] = []
    for days_ago in (0, 1):
        on = work.now.astimezone(zone).date() - timedelta(days=days_ago)
        due = datetime.combine(on, patient.usual_dose_time, zone).astimezone(UTC)
        of_day = dose_of_day(work, patient, days_ago)
        if of_day is not None and of_day.status == DoseStatus.MISSED:
            return of_day.taken_at
        if of_day is None and due <= work.now:
            return due
        told += [of_day] if of_day else []
    return max(told, key=lambda dose: dose.recorded_at)  # yesterday's is due, or told
