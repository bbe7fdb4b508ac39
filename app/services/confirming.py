"""A clinician confirms a suggested grade, or sets another that the term has; both are kept."""

from sqlmodel import col, select

from app.clinical.grading import grades_of
from app.services.audit import audit
from app.services.errors import Invalid, NotFound
from app.work import Work
from models import GradeStatus, Lab, Patient, SymptomGrade


class NoSuchGrade(NotFound):
    """This report has no grade of that term in this clinic."""


class NoSuchLab(NotFound):
    """There is no such laboratory value in this clinic."""


class GradeNotInTerm(Invalid):
    """The term has no such grade; confirm one that it has."""


class NotGraded(Invalid):
    """This value has no CTCAE term, so there is no grade to confirm."""


def confirm_symptom(
    work: Work, clinic_id: str, report_id: str, term: str, grade: int, by: str
) -> SymptomGrade:
    """Confirm the grade of a term in a report. Raises NoSuchGrade, GradeNotInTerm."""
    query = select(SymptomGrade).where(
        SymptomGrade.clinic_id == clinic_id,
        SymptomGrade.report_id == report_id,
        SymptomGrade.term == term,
    )
    row = work.session.exec(query).first()
    if row is None:
        raise NoSuchGrade
    _check(term, row.ctcae_version, grade)
    if row.confirmed_grade != grade:
        row.status = GradeStatus.CONFIRMED
        _confirm(work, row, grade, by, "symptom_grade.confirm")
    return row


def confirm_lab(work: Work, clinic_id: str, lab_id: str, grade: int, by: str) -> Lab:
    """Confirm the grade of a laboratory value. Raises NoSuchLab, NotGraded, GradeNotInTerm.

    A value whose grade could not be told from the number can be given one so.
    """
    row = work.session.get(Lab, (clinic_id, lab_id))
    if row is None:
        raise NoSuchLab
    if row.term is None:
        raise NotGraded(field="id")
    _check(row.term, row.ctcae_version, grade)
    if row.confirmed_grade != grade:
        _confirm(work, row, grade, by, "lab_grade.confirm")
    return row


def confirmed_or_suggested(row: SymptomGrade | Lab) -> int | None:
    """The grade that counts for a person: the confirmed one where there is one."""
    return row.grade if row.confirmed_grade is None else row.confirmed_grade


def confirmed_families(work: Work, patient: Patient) -> dict[str, dict[str, int]]:
    """The highest grade of each family in each report in which a grade was confirmed."""
    own = (SymptomGrade.clinic_id == patient.clinic_id, SymptomGrade.patient_id == patient.id)
    confirmed = select(SymptomGrade.report_id).where(
        *own, col(SymptomGrade.confirmed_grade).is_not(None)
    )
    query = select(SymptomGrade).where(*own, col(SymptomGrade.report_id).in_(confirmed))
    found: dict[str, dict[str, int]] = {}
    for row in work.session.exec(query):
        families = found.setdefault(row.report_id, {})
        grade = confirmed_or_suggested(row) or 0
        families[row.family] = max(families.get(row.family, 0), grade)
    return found


def _check(term: str, version: str, grade: int) -> None:
    """Raises GradeNotInTerm, naming the grades that there are."""
    there = grades_of(term, version)
    if grade not in there:
        listed = ", ".join(str(one) for one in there)
        raise GradeNotInTerm(f"{term} has the grades {listed} in CTCAE v{version}.", field="grade")


def _confirm(work: Work, row: SymptomGrade | Lab, grade: int, by: str, action: str) -> None:
    """Keep the grade beside the suggestion, with who confirmed it; audited."""
    row.confirmed_grade, row.confirmed_by = grade, by
    audit(work, row.clinic_id, by, action, row.patient_id, row.id)
