"""Laboratory values with their CTCAE grade; from a grade on they alert like a symptom."""

from datetime import datetime
from typing import NotRequired, TypedDict, Unpack

from sqlmodel import col, select

from app.clinical.alerts import ALERT_GRADE, OLD, Cause, is_old, laboratory_causes
from app.clinical.grading import grade_result
from app.clinical.grading.term import Grade
from app.services.alerts import raise_alerts
from app.services.errors import Invalid
from app.services.pace import TROUBLE
from app.services.prompts import no_longer_calm
from app.services.recall_marks import mark_recall
from app.work import Work
from models import Clinic, Comparator, Lab, Patient
from models.columns import new_id


class ValueTold(TypedDict):
    """A laboratory value as it is told. `identifier` is the laboratory system's own."""

    analyte: str
    value: float
    unit: str
    collected_at: datetime
    lln: NotRequired[float | None]
    uln: NotRequired[float | None]
    baseline: NotRequired[float | None]
    comparator: NotRequired[Comparator | None]
    identifier: NotRequired[str | None]


def record_lab(work: Work, patient: Patient, **told: Unpack[ValueTold]) -> Lab:
    """Keep a value with its grade; people are called as the clinic asks."""
    lab = value_of(work, patient, **told)
    work.session.add(lab)
    follow_value(work, patient, lab)
    return lab


def follow_value(work: Work, patient: Patient, lab: Lab) -> None:
    """What a value sets going: recall, an alert as the clinic asks, checks that come sooner.

    The alert of one that is old by now calls nobody by night.
    """
    mark_recall(work, patient.clinic_id, patient.id)
    causes = causes_of(lab, work.session.get_one(Clinic, patient.clinic_id).alert_from_grade)
    if causes and is_old(lab.collected_at, work.now):
        causes = (*causes, Cause(OLD, causes[0].family, ""))
    if causes:
        raise_alerts(work, patient, causes, report_id=None, grade=lab.grade or ALERT_GRADE)
    if (lab.grade or 0) >= TROUBLE:
        no_longer_calm(work, patient)


def causes_of(lab: Lab, from_grade: int) -> tuple[Cause, ...]:
    """Why a value must reach a nurse, if it must."""
    grade = Grade(
        lab.term, lab.grade, lab.criterion, lab.family or "", missing=tuple(lab.missing)
    )  # fmt: skip
    return laboratory_causes(grade, from_grade)


def value_of(
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
    """A value as it would be kept, graded by its unit's printed limits, in the clinic's edition.

    The edition is kept with the grade: a later change of the clinic's regrades nothing. With a
    comparator the value is only a limit.
    """
    if collected_at > work.now:
        raise Invalid("A sample cannot lie in the future; check the time.", field="collected_at")
    version = work.session.get_one(Clinic, patient.clinic_id).ctcae_version
    grade = grade_result(analyte, value, unit, lln, uln, baseline, version, comparator)
    return Lab(
        clinic_id=patient.clinic_id, id=new_id(work.now), patient_id=patient.id, analyte=analyte,
        value=value, comparator=comparator, unit=unit, lln=lln, uln=uln, baseline=baseline,
        collected_at=collected_at, identifier=identifier,
        term=grade.term, family=grade.family, grade=grade.grade, criterion=grade.criterion,
        ctcae_version=grade.ctcae_version, missing=list(grade.missing), recorded_at=work.now,
    )  # fmt: skip


def list_labs(work: Work, patient: Patient) -> list[Lab]:
    """All values, the latest first."""
    query = select(Lab).where(Lab.clinic_id == patient.clinic_id, Lab.patient_id == patient.id)
    return list(work.session.exec(query.order_by(col(Lab.collected_at).desc())))
