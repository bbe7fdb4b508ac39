"""Linking a Telegram chat to a patient, with a one-time code, year of birth and consent.

A chat serves one patient at a time (ADR 0014); a patient has one chat of their own, and any
number of carers'.
"""

import hashlib
from datetime import timedelta

from sqlmodel import col, select

from app.services.about import about_reach
from app.services.audit import actor_of, audit
from app.services.consent import note_consent
from app.services.errors import Invalid, NotFound
from app.services.inbox import put_in_inbox
from app.services.messages import cancel_about, cancel_in_chat
from app.services.prompts import rethink, stop_prompts
from app.services.stopping import plan_again
from app.texts import Reader, language_of, say
from app.work import Work
from models import Chat, ChatState, Clinic, InboxKind, Invitation, Patient

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
    if invitation is None or not is_open(work, invitation):
        raise NoSuchInvitation
    return invitation


def is_open(work: Work, invitation: Invitation) -> bool:
    """Whether a phone can still be linked with it."""
    tried_out = invitation.wrong_years >= MOST_WRONG_YEARS
    return invitation.used_at is None and invitation.expires_at > work.now and not tried_out


def is_of(work: Work, code: str, patient: Patient) -> bool:
    """Whether a code, open or used, was made for this patient."""
    query = select(Invitation).where(Invitation.code_sha256 == sha256_of(code))
    known = work.session.exec(query).first()
    whose = known and (known.clinic_id, known.patient_id)
    return whose == (patient.clinic_id, patient.id)


def year_fits(work: Work, code: str, year: int) -> bool:
    """Whether the year is the patient's; a wrong one counts, and three end the code."""
    invitation = find_invitation(work, code)
    if _patient(work, invitation).year_of_birth == year:
        return True
    invitation.wrong_years += 1
    if not is_open(work, invitation):
        _tell_clinic(work, invitation)
    return False


def _tell_clinic(work: Work, invitation: Invitation) -> None:
    clinic = work.session.get_one(Clinic, invitation.clinic_id)
    words = say("inbox.linking", Reader(language_of(clinic.language), clinic.time_zone))
    put_in_inbox(work, clinic.id, InboxKind.LINKING, words, invitation.patient_id)


def invited_language(work: Work, code: str) -> str:
    """The language that the clinic noted for the patient of a code."""
    return _patient(work, find_invitation(work, code)).language


def link(work: Work, chat: Chat, code: str) -> Patient:
    """They agreed: the chat is theirs or a carer's, the code is used, the consent is dated.

    Whatever the chat was linked to before ends; so does the patient's former own chat.
    """
    invitation = find_invitation(work, code)
    patient = work.session.get_one(
        Patient, (invitation.clinic_id, invitation.patient_id), with_for_update=True
    )
    if chat.patient_id is not None:
        end_link(work, chat, actor_of(chat), "the account was linked to another record")
    if not invitation.proxy:
        _end_former(work, chat, patient)
    invitation.used_at = work.now
    chat.clinic_id, chat.patient_id, chat.proxy = patient.clinic_id, patient.id, invitation.proxy
    chat.state, chat.language = ChatState.ACTIVE, patient.language
    audit(work, patient.clinic_id, actor_of(chat), "link", patient.id, invitation.id)
    note_consent(work, chat)
    rethink(work, patient, "a phone was linked")
    plan_again(work, patient)
    return patient


def _end_former(work: Work, chat: Chat, patient: Patient) -> None:
    """One own chat a patient: the phone that was lost hears nothing more."""
    query = select(Chat).where(
        Chat.clinic_id == patient.clinic_id,
        Chat.patient_id == patient.id,
        Chat.id != chat.id,
        col(Chat.proxy).is_(False),
    )
    for former in work.session.exec(query.with_for_update()):
        end_link(work, former, "patient", "another phone was linked")


def end_link(work: Work, chat: Chat, by: str, why: str) -> None:
    """The account is nobody's from now on; what is queued for it is cancelled.

    `consented_at` stays as the sign that it was linked once, so that it is told when it speaks.
    """
    audit(work, str(chat.clinic_id), by, "link.end", chat.patient_id, why)
    cancel_in_chat(work, chat, "the link ended")
    cancel_about(work, str(chat.clinic_id), about_reach(chat), "the link ended")
    patient = work.session.get_one(Patient, (chat.clinic_id, chat.patient_id))
    chat.clinic_id = chat.patient_id = chat.consent_version = chat.flow = None
    chat.proxy, chat.state = False, ChatState.NEW
    chat.answers, chat.paused = {}, {}
    work.session.flush()
    stop_prompts(work, patient)


def _patient(work: Work, invitation: Invitation) -> Patient:
    return work.session.get_one(Patient, (invitation.clinic_id, invitation.patient_id))
