"""A person corrects a level or a laboratory value that is kept, or takes it back (ADR 0035).

The row keeps its id and the laboratory's identifier and holds what counts; what it was is kept as
a `FormerResult`. One that was entered in error leaves its table.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from sqlmodel import col, select

from app.clinical.alerts import EARLIEST_ALERT_GRADE
from app.services.alert_life import note
from app.services.alerts import one_at_a_time
from app.services.audit import audit
from app.services.doses import last_dose_before, was_withdrawn
from app.services.errors import Invalid, NotFound, PatientErased
from app.services.former import TABLES, find_withdrawn, keep_former
from app.services.labs import causes_of, follow_value, value_of
from app.services.recall_marks import mark_recall
from app.services.samples import level_of
from app.work import Work
from models import (
    Alert,
    AlertEvent,
    AlertState,
    AlertWhat,
    Ending,
    Lab,
    Patient,
    Provenance,
    ResultKind,
    Sample,
)

Result = TypeVar("Result", Sample, Lab)
CORRECTED = "value_corrected"  # the cause by which an open alert says that its value was another
_LEVEL = ("drawn_at", "concentration", "comparator", "unit", "last_dose_at")
_VALUE = ("analyte", "value", "comparator", "unit", "lln", "uln", "baseline", "collected_at")
_STAYS = {"clinic_id", "id", "patient_id", "identifier"}


class NoSuchResult(NotFound):
    """There is no such level or laboratory value in this clinic."""


class WhyMissing(Invalid):
    """Say why the value is corrected or taken back."""


class NothingChanged(Invalid):
    """Nothing is different from what is kept."""


def correct_sample(
    work: Work, clinic_id: str, sample_id: str, *, reason: str, by: str, confirmed: bool = False,
    **told: Any,
) -> Sample:  # fmt: skip
    """Keep a level anew with what is told; all else stays as it was told.

    A dose time that staff had told stays; of another the recorded dose is looked for again. Raises
    NoSuchResult, WhyMissing, NothingChanged and what `level_of` raises.
    """
    sample, patient = _found(work, clinic_id, sample_id, Sample)
    before = {name: getattr(sample, name) for name in _LEVEL}
    if sample.dose_provenance != Provenance.STAFF:
        before["last_dose_at"] = None
    why, now = _why(reason), _changed(before, told)
    new = _computed(work, patient, sample, now, confirmed)
    _take_place(work, sample, new, why, by)
    audit(work, clinic_id, by, "sample.correct", patient.id, sample.id)
    mark_recall(work, clinic_id, patient.id)
    return sample


def _computed(
    work: Work, patient: Patient, old: Sample, now: Mapping[str, Any], confirmed: bool
) -> Sample:
    """Anew from what is told; without a dose time from the one that counts for it."""
    if now["last_dose_at"] is not None:
        return level_of(work, patient, confirmed=confirmed, **now)
    at, provenance = _dose_of(work, patient, old, now["drawn_at"])
    told = {**now, "last_dose_at": at}
    new = level_of(work, patient, confirmed=confirmed, **told)
    new.dose_provenance = provenance
    return new


def _dose_of(
    work: Work, patient: Patient, old: Sample, drawn_at: datetime
) -> tuple[datetime | None, Provenance | None]:
    """The last dose before the draw: recorded, or else as it came with the level.

    One that staff had told, and now leave out, or that was taken back since, counts no more.
    """
    recorded = last_dose_before(work, patient, drawn_at)
    came = old.last_dose_at if old.dose_provenance != Provenance.STAFF else None
    if came is not None and (came >= drawn_at or was_withdrawn(work, patient, came)):
        came = None
    if recorded is not None and (came is None or recorded.taken_at >= came):
        return recorded.taken_at, recorded.provenance
    return (came, old.dose_provenance) if came else (None, None)


def correct_lab(
    work: Work, clinic_id: str, lab_id: str, *, reason: str, by: str, **told: Any
) -> Lab:
    """Keep a laboratory value anew; a confirmed grade was of the old value and goes with it.

    An alert that the old value raised says so and stays for a person to close; the new value
    alerts as any. Raises NoSuchResult, WhyMissing, NothingChanged and what `value_of` raises.
    """
    lab, patient = _found(work, clinic_id, lab_id, Lab)
    before = {name: getattr(lab, name) for name in _VALUE}
    why, now = _why(reason), _changed(before, told)
    new = value_of(work, patient, **now)
    _tell_alerts(work, lab, why, by)
    _take_place(work, lab, new, why, by)
    audit(work, clinic_id, by, "lab.correct", patient.id, lab.id)
    follow_value(work, patient, lab)
    return lab


def withdraw_sample(work: Work, clinic_id: str, sample_id: str, *, reason: str, by: str) -> Sample:
    """It was entered in error: it is kept as a former one, and counts nowhere."""
    sample, patient = _found(work, clinic_id, sample_id, Sample)
    _remove(work, sample, _why(reason), by)
    audit(work, clinic_id, by, "sample.withdraw", patient.id, sample_id)
    return sample


def withdraw_lab(work: Work, clinic_id: str, lab_id: str, *, reason: str, by: str) -> Lab:
    """As `withdraw_sample`; an alert that it raised says so."""
    lab, patient = _found(work, clinic_id, lab_id, Lab)
    why = _why(reason)
    _tell_alerts(work, lab, why, by)
    _remove(work, lab, why, by)
    audit(work, clinic_id, by, "lab.withdraw", patient.id, lab_id)
    return lab


def find_result(work: Work, clinic_id: str, result_id: str, table: type[Result]) -> Result:
    """Raises NoSuchResult."""
    row = work.session.get(table, (clinic_id, result_id))
    if row is None:
        raise NoSuchResult
    return row


def find_any_result(work: Work, clinic_id: str, result_id: str, kind: ResultKind) -> str:
    """The patient of a result that counts, or of one that was taken back. Raises NoSuchResult."""
    table: Any = TABLES[kind]
    row = work.session.get(table, (clinic_id, result_id))
    former = find_withdrawn(work, clinic_id, result_id)
    if row is not None:
        return str(row.patient_id)
    if former is None or former.kind != kind:
        raise NoSuchResult
    return str(former.row.patient_id)


def _found(
    work: Work, clinic_id: str, result_id: str, table: type[Result]
) -> tuple[Result, Patient]:
    """As it stands now, and nobody else corrects it or adds to the patient's alerts meanwhile."""
    row = find_result(work, clinic_id, result_id, table)
    patient = work.session.get_one(Patient, (clinic_id, row.patient_id))
    if patient.erased_at is not None:
        raise PatientErased
    one_at_a_time(work, patient)
    query = select(table).where(table.clinic_id == clinic_id, table.id == result_id)
    fresh = work.session.exec(query.execution_options(populate_existing=True)).first()
    if fresh is None:
        raise NoSuchResult
    return fresh, patient


def _why(reason: str) -> str:
    words = reason.strip()
    if not words:
        raise WhyMissing(field="reason")
    return words


def _changed(before: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    now = {**before, **told}
    if now == before:
        raise NothingChanged(field="reason")
    return now


def _take_place(work: Work, row: Result, new: Result, reason: str, by: str) -> None:
    keep_former(work, row, Ending.CORRECTED, reason, by)
    for name in type(row).model_fields:
        if name not in _STAYS:
            setattr(row, name, getattr(new, name))
    row.corrected_at = work.now
    work.session.flush()


def _remove(work: Work, row: Sample | Lab, reason: str, by: str) -> None:
    keep_former(work, row, Ending.WITHDRAWN, reason, by)
    work.session.delete(row)
    work.session.flush()
    mark_recall(work, row.clinic_id, row.patient_id)


def _tell_alerts(work: Work, lab: Lab, reason: str, by: str) -> None:
    """The alerts that this value raised or was added to: the same moment and family."""
    if not causes_of(lab, EARLIEST_ALERT_GRADE):
        return
    raised = select(AlertEvent.alert_id).where(
        AlertEvent.clinic_id == lab.clinic_id, AlertEvent.patient_id == lab.patient_id,
        AlertEvent.at == lab.recorded_at,
    )  # fmt: skip
    query = select(Alert).where(
        Alert.clinic_id == lab.clinic_id, Alert.patient_id == lab.patient_id,
        Alert.family == lab.family, col(Alert.id).in_(raised),
    )  # fmt: skip
    for alert in work.session.exec(query.with_for_update()):
        note(work, alert, AlertWhat.CORRECTED, by=by, why=reason)
        if alert.state != AlertState.CLOSED:
            alert.causes = sorted({*alert.causes, CORRECTED})
