"""Lines for the nurse's inbox, in the words and by the clock of the clinic."""

from collections.abc import Mapping
from typing import Any

from app.texts import Reader, language_of, say
from app.work import Work
from models import Clinic, InboxItem, InboxKind, Patient
from models.columns import new_id


def leave_line(
    work: Work, patient: Patient, key: str, values: Mapping[str, Any],
    kind: InboxKind = InboxKind.APPOINTMENT,
) -> InboxItem:  # fmt: skip
    """Tell the clinic of something about a patient, as `desk.KEY` of the catalogue."""
    clinic = work.session.get_one(Clinic, patient.clinic_id)
    reader = Reader(language_of(clinic.language), clinic.time_zone)
    words = say(f"desk.{key}", reader, values)
    item = InboxItem(
        clinic_id=patient.clinic_id, id=new_id(work.now), patient_id=patient.id, kind=kind,
        text=words, received_at=work.now,
        data={"says": f"desk.{key}", "values": dict(values)},  # for readers of another language
    )  # fmt: skip
    work.session.add(item)
    return item
