"""A symptom report: answers, suggested grades, and the alert that they raise, in one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.clinical.alerts import alert_causes
from app.clinical.grading.term import Grade
from app.clinical.symptoms import ReportGrades, grade_report
from app.services.alerts import raise_alerts
from app.services.errors import Invalid
from app.services.prompts import check_told
from app.work import Work
from models import Alert, Clinic, Patient, Provenance, SymptomGrade, SymptomReport
from models.columns import new_id


@dataclass(frozen=True, slots=True)
class Reported:
    """What became of a report: its row, its grades, and the alert if there is one."""

    report: SymptomReport
    grades: tuple[Grade, ...]
    alert: Alert | None


def report_symptoms(
    work: Work,
    patient: Patient,
    *,
    answers: Mapping[str, str],
    intolerable: bool,
    provenance: Provenance,
    reported_at: datetime | None = None,
    note: str | None = None,
    corrects: SymptomReport | None = None,
) -> Reported:
    """Grade the answers, keep them, and alert a nurse where the rules say so.

    One that it corrects no longer stands: a rise is told from the report before that.
    """
    at = reported_at or work.now
    if at > work.now:
        raise Invalid("A report cannot lie in the future; check the time.", field="reported_at")
    graded, report_id = grade_report(answers), new_id(work.now)
    if corrects is not None:
        corrects.replaced_by = report_id
    before = _families_before(work, patient, at)
    report = SymptomReport(
        clinic_id=patient.clinic_id, id=report_id, patient_id=patient.id, reported_at=at,
        provenance=provenance, answers=dict(answers), intolerable=intolerable, note=note,
        families=graded.families, red_flags=list(graded.red_flags), recorded_at=work.now,
    )  # fmt: skip
    work.session.add(report)
    _keep_grades(work, report, graded)
    from_grade = work.session.get_one(Clinic, patient.clinic_id).alert_from_grade
    causes = alert_causes(graded.families, before, intolerable, graded.red_flags, from_grade)
    worst = max(graded.families.values())
    check_told(work, patient, at, worst)
    alert = raise_alerts(
        work, patient, causes, report_id=report.id, grade=worst, families=graded.families
    )
    return Reported(report, graded.grades, alert)


def _families_before(work: Work, patient: Patient, at: datetime) -> dict[str, int] | None:
    last = last_report(work, patient, at)
    return last.families if last else None


def last_report(
    work: Work, patient: Patient, until: datetime | None = None
) -> SymptomReport | None:
    """The last report that stands, until a moment or now."""
    query = _of(patient).where(SymptomReport.reported_at <= (until or work.now))
    return work.session.exec(query.order_by(col(SymptomReport.reported_at).desc())).first()


def _of(patient: Patient) -> SelectOfScalar[SymptomReport]:
    """The reports that stand: one that the patient corrected is kept, and left out."""
    return select(SymptomReport).where(
        SymptomReport.clinic_id == patient.clinic_id,
        SymptomReport.patient_id == patient.id,
        col(SymptomReport.replaced_by).is_(None),
    )


def _keep_grades(work: Work, report: SymptomReport, graded: ReportGrades) -> None:
    work.session.add_all(
        SymptomGrade(
            clinic_id=report.clinic_id, id=new_id(work.now), patient_id=report.patient_id,
            report_id=report.id, term=str(grade.term), family=str(grade.family),
            grade=grade.grade or 0, criterion=grade.criterion, graded_at=report.reported_at,
        )
        for grade in graded.grades
    )  # fmt: skip


def list_reports(work: Work, patient: Patient) -> list[SymptomReport]:
    """All reports, the latest first."""
    query = _of(patient)
    return list(work.session.exec(query.order_by(col(SymptomReport.reported_at).desc())))


def grades_of(work: Work, report: SymptomReport) -> list[SymptomGrade]:
    query = select(SymptomGrade).where(
        SymptomGrade.clinic_id == report.clinic_id, SymptomGrade.report_id == report.id
    )
    return list(work.session.exec(query.order_by(col(SymptomGrade.id))))
