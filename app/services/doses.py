"""Doses as they were taken, missed or vomited."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.services.errors import Invalid
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
        known.withdrawn_at = None
        return known
    dose = Dose(
        clinic_id=patient.clinic_id, id=new_id(work.now), patient_id=patient.id,
        taken_at=taken_at, dose_mg=dose_mg or _prescribed(work, patient), status=status,
        provenance=provenance, recorded_at=work.now,
    )  # fmt: skip
    work.session.add(dose)
    work.session.flush()
    after_dose(work, patient, dose)
    return dose


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
    if regimen is None:
        raise Invalid("No daily dose is recorded; give dose_mg or add a regimen.", field="dose_mg")
    return regimen.daily_dose_mg


def _of(patient: Patient) -> SelectOfScalar[Dose]:
    """The doses that count: those told by mistake are kept, and left out."""
    return select(Dose).where(
        Dose.clinic_id == patient.clinic_id, Dose.patient_id == patient.id,
        col(Dose.withdrawn_at).is_(None),
    )  # fmt: skip


def list_doses(work: Work, patient: Patient) -> list[Dose]:
    """All doses, the latest first."""
    return list(work.session.exec(_of(patient).order_by(col(Dose.taken_at).desc())))


def last_dose_before(work: Work, patient: Patient, at: datetime) -> Dose | None:
    """The last dose taken before a moment."""
    query = _of(patient).where(Dose.taken_at < at, Dose.status == DoseStatus.TAKEN)
    return work.session.exec(query.order_by(col(Dose.taken_at).desc())).first()


def dose_of_day(work: Work, patient: Patient) -> Dose | None:
    """What is told of today's dose, by the patient's calendar."""
    midnight = datetime.combine(
        work.now.astimezone(ZoneInfo(patient.time_zone)).date(), time(), ZoneInfo(patient.time_zone)
    )
    query = _of(patient).where(Dose.taken_at >= midnight.astimezone(UTC))
    return work.session.exec(query.order_by(col(Dose.taken_at).desc())).first()


def not_kept_down(work: Work, patient: Patient, before: datetime) -> list[datetime]:
    """When doses were missed or vomited before a moment."""
    query = _of(patient).where(Dose.taken_at < before, Dose.status != DoseStatus.TAKEN)
    return [dose.taken_at for dose in work.session.exec(query)]
