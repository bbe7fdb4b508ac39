"""A symptom report that is not complete: its red flags do not wait, and it is not lost."""

from collections.abc import Collection, Mapping, Sequence

from sqlmodel import col, select

from app.clinical.alerts import alert_causes, calls
from app.clinical.symptoms import told_so_far
from app.services.alerts import raise_alerts
from app.services.desk_lines import leave_line
from app.texts import Reader, language_of, say
from app.work import Work
from models import Alert, Chat, Clinic, InboxItem, InboxKind, Patient

_CORRECTS = "corrects*"  # among the answers of a chat: they change a report, which stands
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


def leave_half_report(
    work: Work, patient: Patient, told: Mapping[str, Sequence[str]]
) -> None:
    """One line for the nurse with what was told so far, in place of an earlier with no more.

    `told` has the symptoms, and of each the options as QUESTION.OPTION.
    """
    clinic = work.session.get_one(Clinic, patient.clinic_id)
    reader = Reader(language_of(clinic.language), clinic.time_zone)
    comma = say("page.summary.comma", reader)
    names = comma.join(_named(term, options, reader) for term, options in told.items())
    half_report_told(work, patient, told)
    item = leave_line(work, patient, "half_report", {"terms": names}, InboxKind.TEXT)
    item.data = {**item.data, _OF: list(told)}


def _named(term: str, options: Sequence[str], reader: Reader) -> str:
    name = say(f"term.{term}", reader)
    words = say("half.and", reader).join(say(f"o.{option}", reader) for option in options)
    return say("half.term", reader, {"term": name, "told": words}) if words else name


def told_now(work: Work, clinic_id: str, patient_id: str) -> dict[str, tuple[str, ...]]:
    """What the report says that is being filled in at this moment, as in `leave_half_report`."""
    query = select(Chat).where(
        Chat.clinic_id == clinic_id, Chat.patient_id == patient_id, Chat.flow == "symptoms"
    )
    chats = [one for one in work.session.exec(query) if _CORRECTS not in one.answers]
    return {term: told for one in chats for term, told in told_so_far(one.answers).items()}



def half_report_told(work: Work, patient: Patient, terms: Collection[str]) -> None:
    """What a half report named is told again: nobody need read of the half."""
    query = select(InboxItem).where(
        InboxItem.clinic_id == patient.clinic_id, InboxItem.patient_id == patient.id,
        InboxItem.kind == InboxKind.TEXT, col(InboxItem.handled_at).is_(None),
    )  # fmt: skip
    for item in work.session.exec(query):
        if _OF in item.data and set(item.data[_OF]) <= set(terms):
            item.handled_at, item.handled_by = work.now, "system"
