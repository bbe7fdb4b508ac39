"""A nurse or doctor confirms a suggested grade, or sets another that the term has; both are kept.

Machines propose, people decide: who goes far from what was suggested says why.
"""

from sqlmodel import col, select

from app.clinical.grading import grades_of
from app.services.audit import audit
from app.services.errors import Invalid, NotFound
from app.work import Work
from models import Alert, AlertState, GradeStatus, Lab, Patient, SymptomGrade


class NoSuchGrade(NotFound):
    """This report has no grade of that term in this clinic."""


class NoSuchLab(NotFound):
    """There is no such laboratory value in this clinic."""


class GradeNotInTerm(Invalid):
    """The term has no such grade; confirm one that it has."""


class NotGraded(Invalid):
    """This value has no CTCAE term, so there is no grade to confirm."""


class SayWhy(Invalid):
    """Say why: the grade is two or more from the suggestion, or below that of an open alert."""


_FAR = 2  # [own] grades from the suggestion


def confirm_symptom(
    work: Work, clinic_id: str, report_id: str, term: str, grade: int, by: str,
    reason: str | None = None,
) -> SymptomGrade:  # fmt: skip
    """Confirm the grade of a term in a report. Raises NoSuchGrade, GradeNotInTerm, SayWhy."""
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
        _confirm(work, row, grade, by, reason)
        row.status = GradeStatus.CONFIRMED
        audit(work, clinic_id, by, "symptom_grade.confirm", row.patient_id, row.id)
    return row


def confirm_lab(
    work: Work, clinic_id: str, lab_id: str, grade: int, by: str, reason: str | None = None
) -> Lab:
    """Confirm the grade of a laboratory value.

    Raises NoSuchLab, NotGraded, GradeNotInTerm, SayWhy.

    A value whose grade could not be told from the number can be given one so.
    """
    row = work.session.get(Lab, (clinic_id, lab_id))
    if row is None:
        raise NoSuchLab
    if row.term is None:
        raise NotGraded(field="id")
    _check(row.term, row.ctcae_version, grade)
    if row.confirmed_grade != grade:
        _confirm(work, row, grade, by, reason)
        audit(work, clinic_id, by, "lab_grade.confirm", row.patient_id, row.id)
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


def _confirm(
    work: Work, row: SymptomGrade | Lab, grade: int, by: str, reason: str | None
) -> None:
    """Keep the grade beside the suggestion, with who confirmed it, when, and why. Raises SayWhy."""
    said = (reason or "").strip()
    if not said and (_is_far(row, grade) or _is_below_alert(work, row, grade)):
        raise SayWhy(field="reason")
    row.confirmed_grade, row.confirmed_by = grade, by
    row.confirmed_at, row.confirm_reason = work.now, said or None


def _is_far(row: SymptomGrade | Lab, grade: int) -> bool:
    return row.grade is not None and abs(grade - row.grade) >= _FAR


def _is_below_alert(work: Work, row: SymptomGrade | Lab, grade: int) -> bool:
    """Lowered, while an alert of a higher grade about the same is not closed."""
    if row.grade is None or grade >= row.grade:
        return False
    query = select(Alert.id).where(
        Alert.clinic_id == row.clinic_id, Alert.patient_id == row.patient_id,
        Alert.family == row.family, Alert.state != AlertState.CLOSED, Alert.grade > grade,
    )  # fmt: skip
    return work.session.exec(query.limit(1)).first() is not None
