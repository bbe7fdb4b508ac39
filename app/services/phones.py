"""Who is linked to a patient's record: their own phone, and carers'."""

from dataclasses import dataclass
from datetime import datetime

from app.services.errors import NotFound
from app.services.linking import end_link
from app.services.messages import linked_chats
from app.services.patients import find_patient
from app.work import Work
from models import Clinic, Patient


class NoSuchPhone(NotFound):
    """This phone is not linked to this patient."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A linked chat as the clinic sees it; Telegram's number of it is not shown."""

    chat_id: int
    proxy: bool
    state: str
    consent_version: str | None
    consented_at: datetime | None
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Phones:
    """The phones of a patient, and how far they asked to be forgotten."""

    linked: tuple[Phone, ...]
    consent_version: str
    on_forget: str
    forget_asked_at: datetime | None
    erased_at: datetime | None
    removed: bool


def phones_of(work: Work, clinic_id: str, patient_id: str) -> Phones:
    """What the card on the patient's page shows. Raises NoSuchPatient."""
    patient = find_patient(work, clinic_id, patient_id)
    clinic = work.session.get_one(Clinic, clinic_id)
    linked = [
        Phone(one.id, one.proxy, one.state, one.consent_version, one.consented_at, one.seen_at)
        for one in linked_chats(work, patient)
    ]
    return Phones(
        tuple(sorted(linked, key=lambda one: one.proxy)), clinic.consent_version,
        clinic.on_forget, patient.forget_asked_at, patient.erased_at, _is_removed(patient),
    )  # fmt: skip


def _is_removed(patient: Patient) -> bool:
    return patient.erased_at is not None and patient.year_of_birth == 0


def unlink(work: Work, clinic_id: str, patient_id: str, chat_id: int, by: str) -> None:
    """The clinic ends a link, for example of a phone that was lost. Raises NoSuchPhone."""
    patient = find_patient(work, clinic_id, patient_id)
    found = [chat for chat in linked_chats(work, patient) if chat.id == chat_id]
    if not found:
        raise NoSuchPhone
    end_link(work, found[0], by, "ended by the clinic")
