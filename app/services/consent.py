"""Consent has versions: a chat that agreed to an older text of its clinic is asked anew."""

import re

from app.services.audit import actor_of, audit
from app.services.errors import Invalid
from app.services.stopping import stop_reminders
from app.work import Work
from models import Chat, Clinic

FIRST = "1"  # of a chat that was linked before versions were kept
_VERSION = re.compile(r"[A-Za-z0-9.-]{1,20}")


class NotAVersion(Invalid):
    """A version has 1 to 20 letters, digits, dots or hyphens, like 2 or 2026-11."""


def consent_is_due(work: Work, chat: Chat) -> bool:
    """Whether the clinic asks for another consent than the one that was given."""
    if chat.patient_id is None:
        return False
    clinic = work.session.get_one(Clinic, chat.clinic_id)
    return (chat.consent_version or FIRST) != clinic.consent_version


def note_consent(work: Work, chat: Chat) -> None:
    """They agreed to the clinic's text of today."""
    clinic = work.session.get_one(Clinic, chat.clinic_id)
    chat.consent_version, chat.consented_at = clinic.consent_version, work.now
    _note(work, chat, "consent", clinic.consent_version)


def note_refusal(work: Work, chat: Chat) -> None:
    """They did not: reminders stop, and nothing that is stored is removed."""
    clinic = work.session.get_one(Clinic, chat.clinic_id)
    stop_reminders(work, chat)
    _note(work, chat, "consent.decline", clinic.consent_version)


def _note(work: Work, chat: Chat, action: str, version: str) -> None:
    audit(work, str(chat.clinic_id), actor_of(chat), action, chat.patient_id, version)


def set_consent_version(work: Work, clinic_id: str, version: str) -> None:
    """From now on everybody is asked for this version before anything else."""
    if not _VERSION.fullmatch(version):
        raise NotAVersion(field="version")
    work.session.get_one(Clinic, clinic_id).consent_version = version
    audit(work, clinic_id, "system", "clinic.consent", about=version)
