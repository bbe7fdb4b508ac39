"""A symptom report that is not complete: its red flags do not wait, and it is not lost."""

from collections.abc import Collection, Mapping, Sequence

from sqlmodel import col, select

from app.clinical.alerts import alert_causes, calls
from app.services.alerts import raise_alerts
from app.services.desk_lines import leave_line
from app.texts import Reader, language_of, say
from app.work import Work
from models import Alert, Clinic, InboxItem, InboxKind, Patient

_OF = "half_told"  # in the data of a line: the symptoms that it names


def alert_half_told(
    work: Work, patient: Patient, flags: Sequence[str], families: Mapping[str, int]
) -> Alert | None:
    """Call a nurse for what cannot wait; the complete report repeats the same alert."""
    from_grade = work.session.get_one(Clinic, patient.clinic_id).alert_from_grade
    severe = {family: grade for family, grade in families.items() if calls(grade, from_grade)}
    causes = alert_causes(severe, None, False, flags, from_grade)
    grade = max(families.values(), default=0)
    return raise_alerts(work, patient, causes, report_id=None, grade=grade, families=families)


def leave_half_report(work: Work, patient: Patient, terms: Sequence[str]) -> None:
    """One line for the nurse with the symptoms told so far, in place of an earlier with no more."""
    clinic = work.session.get_one(Clinic, patient.clinic_id)
    reader = Reader(language_of(clinic.language), clinic.time_zone)
    names = "、".join(say(f"term.{term}", reader) for term in terms)
    if reader.language != "zh-CN":
        names = names.replace("、", ", ")
    half_report_told(work, patient, terms)
    item = leave_line(work, patient, "half_report", {"terms": names}, InboxKind.TEXT)
    item.data = {**item.data, _OF: list(terms)}


def half_report_told(work: Work, patient: Patient, terms: Collection[str]) -> None:
    """What a half report named is told again: nobody need read of the half."""
    query = select(InboxItem).where(
        InboxItem.clinic_id == patient.clinic_id, InboxItem.patient_id == patient.id,
        InboxItem.kind == InboxKind.TEXT, col(InboxItem.handled_at).is_(None),
    )  # fmt: skip
    for item in work.session.exec(query):
        if _OF in item.data and set(item.data[_OF]) <= set(terms):
            item.handled_at, item.handled_by = work.now, "system"
