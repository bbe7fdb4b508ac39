"""The rows of one patient, as the summary's values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlmodel import SQLModel, col, select

from app.clinical.draw_window import dose_times, fits, unfit, window_after
from app.services.adherence import ADHERENCE_DAYS
from app.services.doses import counts
from app.services.meant import MEANT
from app.services.summary_rows import (
    DoseStep,
    Level,
    NextVisit,
    VisitLine,
)
from app.services.what_counts import UNDER_WAY
from app.work import Work
from models import (
    Alert,
    Decision,
    Dose,
    DoseStart,
    DoseStatus,
    Lab,
    Patient,
    Provenance,
    Questionnaire,
    Regimen,
    Sample,
    SymptomReport,
    Visit,
    VisitPurpose,
    VisitStatus,
)

Row = TypeVar("Row", bound=SQLModel)
NOT_STEADY = "not_at_steady_state"


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that one patient's summary is made of, oldest first."""

    patient: Patient
    regimens: Sequence[Regimen]
    doses: Sequence[Dose]
    visits: Sequence[Visit]
    samples: Sequence[Sample]
    reports: Sequence[SymptomReport]
    labs: Sequence[Lab]
    questionnaires: Sequence[Questionnaire]
    alerts: Sequence[Alert]
    decisions: Sequence[Decision]
    starts: Sequence[DoseStart] = ()


def read_record(work: Work, patient: Patient) -> Record:
    recent = col(Dose.taken_at) >= work.now - timedelta(days=ADHERENCE_DAYS + 1)
    stands = col(SymptomReport.replaced_by).is_(None)  # not corrected by the patient
    return Record(
        patient,
        of_patient(work, patient, Regimen, Regimen.started_on, Regimen.recorded_at),
        of_patient(work, patient, Dose, Dose.taken_at, where=(recent, counts())),
        of_patient(work, patient, Visit, Visit.draw_at),
        of_patient(work, patient, Sample, Sample.drawn_at),
        of_patient(work, patient, SymptomReport, SymptomReport.reported_at, where=(stands,)),
        of_patient(work, patient, Lab, Lab.collected_at),
        of_patient(work, patient, Questionnaire, Questionnaire.answered_at, Questionnaire.id),
        of_patient(work, patient, Alert, Alert.raised_at),
        of_patient(work, patient, Decision, Decision.decided_at, Decision.id),
        of_patient(work, patient, DoseStart, DoseStart.at),
    )


def of_patient(
    work: Work, patient: Patient, table: type[Row], *order: Any, where: Iterable[Any] = ()
) -> Sequence[Row]:
    """The rows of a patient in a table, in an order."""
    columns: Any = table
    query = select(table).where(
        columns.clinic_id == patient.clinic_id, columns.patient_id == patient.id, *where
    )
    return work.session.exec(query.order_by(*order)).all()


def started_at(regimen: Regimen, patient: Patient) -> datetime:
    """When a dose began: the usual time of taking it on its first day."""
    zone = ZoneInfo(patient.time_zone)
    first = datetime.combine(regimen.started_on, patient.usual_dose_time, zone)
    return first.astimezone(UTC)


def regimen_on(regimens: Sequence[Regimen], day: date) -> Regimen | None:
    """The regimen in force on a day."""
    return next((r for r in reversed(regimens) if r.started_on <= day), None)


def dose_step(regimen: Regimen) -> DoseStep:
    return DoseStep(regimen.daily_dose_mg, regimen.started_on, regimen.reason)


def visit_lines(record: Record) -> tuple[VisitLine, ...]:
    return tuple(VisitLine(one.drawn_at or one.draw_at, one.status) for one in record.visits)


def next_visit(work: Work, record: Record) -> NextVisit | None:
    """None after a death, whatever is still planned."""
    if record.patient.died_on is not None:
        return None
    planned = [
        visit for visit in record.visits
        if visit.status == VisitStatus.PLANNED and visit.draw_at > work.now - UNDER_WAY
    ]  # fmt: skip
    return _next_visit(planned[0], record) if planned else None


def _next_visit(visit: Visit, record: Record) -> NextVisit:
    if visit.purpose == VisitPurpose.FOLLOW_UP:
        return NextVisit(visit.id, visit.draw_at, visit.purpose, None, None, None, None, None)
    meant = dose_meant_for(visit.draw_at, record.doses)
    window = window_after(meant.taken_at) if meant else None
    return NextVisit(
        visit.id, visit.draw_at, visit.purpose, dose_times(visit.draw_at),
        meant.taken_at if meant else None, window,
        fits(window, visit.draw_at) if window else None,
        unfit(visit.draw_at, ZoneInfo(record.patient.time_zone)),
    )  # fmt: skip


def dose_meant_for(draw_at: datetime, doses: Sequence[Dose]) -> Dose | None:
    """The last dose taken 12 to 36 h before a planned draw."""
    earliest, latest = draw_at - MEANT[1], draw_at - MEANT[0]
    meant = [
        dose for dose in doses
        if dose.status == DoseStatus.TAKEN and earliest <= dose.taken_at <= latest
    ]  # fmt: skip
    return meant[-1] if meant else None


def levels(record: Record) -> tuple[Level, ...]:
    zone = ZoneInfo(record.patient.time_zone)
    seen: set[str] = set()
    found = []
    for sample in record.samples:
        regimen = regimen_on(record.regimens, sample.drawn_at.astimezone(zone).date())
        first = _counts_first(sample, regimen, seen)
        found.append(_level(sample, record.visits, regimen, first))
    return tuple(found)


def is_usable(sample: Any) -> bool:
    """A level, or the columns of one, that is corrected and at steady state."""
    return sample.corrected_ug_per_l is not None and NOT_STEADY not in sample.flags


def _counts_first(sample: Sample, regimen: Regimen | None, seen: set[str]) -> bool:
    """The first level at a dose that is corrected and at steady state counts; none at 0 mg."""
    if regimen is None or not regimen.daily_dose_mg or not is_usable(sample) or regimen.id in seen:
        return False
    seen.add(regimen.id)
    return True


def _level(
    sample: Sample, visits: Sequence[Visit], regimen: Regimen | None, first_at_dose: bool
) -> Level:
    return Level(
        id=sample.id,
        drawn_at=sample.drawn_at,
        drawn_provenance=_drawn_provenance(sample, visits),
        last_dose_at=sample.last_dose_at,
        dose_provenance=sample.dose_provenance,
        dose_mg=regimen.daily_dose_mg if regimen else None,
        comparator=sample.comparator,
        raw_ug_per_l=sample.raw_ug_per_l,
        corrected_ug_per_l=sample.corrected_ug_per_l,
        low_ug_per_l=sample.low_ug_per_l,
        high_ug_per_l=sample.high_ug_per_l,
        hours_after_dose=sample.hours_after_dose,
        band=sample.band,
        flags=tuple(sample.flags),
        ke_per_h=sample.ke_per_h,
        first_at_dose=first_at_dose,
    )


def _drawn_provenance(sample: Sample, visits: Sequence[Visit]) -> str:
    """Who told the draw time: the visit of that draw says, else it came with the result."""
    told = [visit.drawn_provenance for visit in visits if visit.drawn_at == sample.drawn_at]
    return told[0] if told and told[0] else Provenance.STAFF
