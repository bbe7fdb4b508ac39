"""A patient corrects the last report within 24 hours: a new row, and both versions are kept."""

from collections.abc import Mapping
from datetime import timedelta

from sqlmodel import col, select, update

from app.services.alerts import one_at_a_time
from app.services.audit import audit
from app.services.errors import Conflict
from app.services.reports import Reported, last_report, report_symptoms
from app.work import Work
from models import Alert, AlertState, Media, Patient, Provenance, SymptomReport

CORRECTABLE_FOR = timedelta(hours=24)
CORRECTED = "corrected"  # the cause by which an open alert says that its report was changed


class TooLateToCorrect(Conflict):
    """This report can no longer be corrected; a new one can be made."""


def correctable(work: Work, patient: Patient) -> SymptomReport | None:
    """The last report, while the patient who told it can still correct it."""
    last = last_report(work, patient)
    if last is None or last.provenance == Provenance.STAFF:
        return None
    return last if work.now < last.reported_at + CORRECTABLE_FOR else None


def correct_report(
    work: Work,
    patient: Patient,
    report_id: str,
    *,
    answers: Mapping[str, str],
    intolerable: bool,
    provenance: Provenance,
    by: str,
) -> Reported:
    """The corrected report, in the place and at the time of the earlier one.

    Raises TooLateToCorrect when the 24 hours are over or another report came since.
    """
    one_at_a_time(work, patient)
    old = correctable(work, patient)
    if old is None or old.id != report_id:
        raise TooLateToCorrect
    raised = _raised_by(work, old)
    told = report_symptoms(
        work, patient, answers=answers, intolerable=intolerable, provenance=provenance,
        reported_at=old.reported_at, note=old.note, corrects=old,
    )  # fmt: skip
    for alert in raised:
        alert.report_id = told.report.id
        alert.causes = sorted({*alert.causes, CORRECTED})
    _photos_follow(work, old, told.report)
    audit(work, patient.clinic_id, by, "report.correct", patient.id, told.report.id)
    return told


def _raised_by(work: Work, old: SymptomReport) -> list[Alert]:
    """What the earlier version raised stays open for a person, and says that it was changed."""
    query = select(Alert).where(
        Alert.clinic_id == old.clinic_id,
        Alert.patient_id == old.patient_id,
        Alert.report_id == old.id,
        Alert.state != AlertState.CLOSED,
    )
    return list(work.session.exec(query.with_for_update()))


def _photos_follow(work: Work, old: SymptomReport, new: SymptomReport) -> None:
    shown = update(Media).where(
        col(Media.clinic_id) == old.clinic_id, col(Media.report_id) == old.id
    )
    work.session.execute(shown.values(report_id=new.id))


def replaced_reports(
    work: Work, patient_id: str, clinic_id: str, at_most: int | None = 10
) -> list[SymptomReport]:
    """The versions that the patient corrected, the latest first."""
    query = select(SymptomReport).where(
        SymptomReport.clinic_id == clinic_id,
        SymptomReport.patient_id == patient_id,
        col(SymptomReport.replaced_by).is_not(None),
    )
    newest = query.order_by(col(SymptomReport.recorded_at).desc())
    return list(work.session.exec(newest.limit(at_most)))
