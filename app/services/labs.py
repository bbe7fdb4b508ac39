"""Laboratory values with their CTCAE grade; from a grade on they alert like a symptom."""

from datetime import datetime

from sqlmodel import col, select

from app.clinical.alerts import ALERT_GRADE, laboratory_causes
from app.clinical.grading import grade_result
from app.services.alerts import raise_alerts
from app.services.errors import Invalid
from app.services.pace import TROUBLE
from app.services.prompts import no_longer_calm
from app.services.recall_marks import mark_recall
from app.work import Work
from models import Clinic, Comparator, Lab, Patient
from models.columns import new_id


def record_lab(
    work: Work,
    patient: Patient,
    *,
    analyte: str,
    value: float,
    unit: str,
    collected_at: datetime,
    lln: float | None = None,
    uln: float | None = None,
    baseline: float | None = None,
    comparator: Comparator | None = None,
    identifier: str | None = None,
) -> Lab:
    """Grade a value by the limits printed for its unit, in the clinic's edition, and keep it.

    The edition is kept with the grade: a later change of the clinic's regrades nothing. With a
    comparator the value is only a limit.
    """
    if collected_at > work.now:
        raise Invalid("A sample cannot lie in the future; check the time.", field="collected_at")
    clinic = work.session.get_one(Clinic, patient.clinic_id)
    version = clinic.ctcae_version
    grade = grade_result(analyte, value, unit, lln, uln, baseline, version, comparator)
    lab = Lab(
        clinic_id=patient.clinic_id, id=new_id(work.now), patient_id=patient.id, analyte=analyte,
        value=value, comparator=comparator, unit=unit, lln=lln, uln=uln, baseline=baseline,
        collected_at=collected_at, identifier=identifier,
        term=grade.term, family=grade.family, grade=grade.grade, criterion=grade.criterion,
        ctcae_version=grade.ctcae_version, missing=list(grade.missing), recorded_at=work.now,
    )  # fmt: skip
    work.session.add(lab)
    mark_recall(work, patient.clinic_id, patient.id)
    causes = laboratory_causes(grade, clinic.alert_from_grade)
    if causes:
        raise_alerts(work, patient, causes, report_id=None, grade=grade.grade or ALERT_GRADE)
    if (grade.grade or 0) >= TROUBLE:
        no_longer_calm(work, patient)
    return lab


def list_labs(work: Work, patient: Patient) -> list[Lab]:
    """All values, the latest first."""
    query = select(Lab).where(Lab.clinic_id == patient.clinic_id, Lab.patient_id == patient.id)
    return list(work.session.exec(query.order_by(col(Lab.collected_at).desc())))
