"""Linking a Telegram chat to a patient, with a one-time code, year of birth and consent."""

import hashlib
from datetime import timedelta

from sqlmodel import select

from app.services.audit import audit
from app.services.errors import Invalid, NotFound
from app.services.prompts import rethink
from app.work import Work
from models import Chat, ChatState, Clinic, Invitation, Patient

MOST_WRONG_YEARS = 3
VALID_FOR = timedelta(days=14)


class NoSuchInvitation(NotFound):
    """This code is not known, is used, or has run out."""


class WrongYear(Invalid):
    """This is not the patient's year of birth."""


def sha256_of(code: str) -> str:
    """How a one-time code is kept: upper case, hashed."""
    return hashlib.sha256(code.upper().encode()).hexdigest()


def find_invitation(work: Work, code: str) -> Invitation:
    """The open invitation of a code. Raises NoSuchInvitation."""
    query = select(Invitation).where(Invitation.code_sha256 == sha256_of(code)).with_for_update()
    invitation = work.session.exec(query).first()
    if invitation is None or not _is_open(work, invitation):
        raise NoSuchInvitation
    return invitation


def _is_open(work: Work, invitation: Invitation) -> bool:
    tried_out = invitation.wrong_years >= MOST_WRONG_YEARS
    return invitation.used_at is None and invitation.expires_at > work.now and not tried_out


def year_fits(work: Work, code: str, year: int) -> bool:
    """Whether the year is the patient's; a wrong one counts, and three end the code."""
    invitation = find_invitation(work, code)
    patient = _patient(work, invitation)
    if patient.year_of_birth == year:
        return True
    invitation.wrong_years += 1
    return False


def invited_language(work: Work, code: str) -> str:
    """The language that the clinic noted for the patient of a code."""
    return _patient(work, find_invitation(work, code)).language


def link(work: Work, chat: Chat, code: str) -> Patient:
    """The patient agreed: the chat is theirs, the code is used, the consent is dated."""
    invitation = find_invitation(work, code)
    patient = _patient(work, invitation)
    clinic = work.session.get_one(Clinic, patient.clinic_id)
    invitation.used_at = work.now
    chat.clinic_id, chat.patient_id = patient.clinic_id, patient.id
    chat.state, chat.language = ChatState.ACTIVE, patient.language
    chat.consent_version, chat.consented_at = clinic.consent_version, work.now
    rethink(work, patient, "a phone was linked")
    audit(work, patient.clinic_id, f"chat:{chat.id}", "link", patient.id)
    return patient


def _patient(work: Work, invitation: Invitation) -> Patient:
    return work.session.get_one(Patient, (invitation.clinic_id, invitation.patient_id))
