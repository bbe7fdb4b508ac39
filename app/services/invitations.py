"""Invitations: a one-time code, its link, and its QR code for a printed card."""

import secrets
from dataclasses import dataclass
from datetime import datetime

import segno

from app.services.errors import PatientErased
from app.services.linking import VALID_FOR, sha256_of
from app.work import Work
from models import Invitation, Patient
from models.columns import new_id

_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that looks like another
_LONG = 8


@dataclass(frozen=True, slots=True)
class Invited:
    """The code is told once: only its hash is kept."""

    id: str
    code: str
    url: str
    expires_at: datetime
    qr_svg: str


def invite(work: Work, patient: Patient, bot_name: str, *, proxy: bool = False) -> Invited:
    """Make a code that links one phone, the patient's or a carer's, within 14 days."""
    if patient.erased_at:
        raise PatientErased
    code = "".join(secrets.choice(_LETTERS) for _ in range(_LONG))
    row = Invitation(
        clinic_id=patient.clinic_id, id=new_id(work.now), patient_id=patient.id,
        proxy=proxy, code_sha256=sha256_of(code), expires_at=work.now + VALID_FOR,
    )  # fmt: skip
    work.session.add(row)
    url = f"https://t.me/{bot_name}?start={code}"
    return Invited(row.id, code, url, row.expires_at, qr_of(url))


def qr_of(url: str, *, sized: bool = True) -> str:
    """The QR code as SVG; without a size it fills what it stands in."""
    return segno.make(url, error="m").svg_inline(scale=4, omitsize=not sized)
