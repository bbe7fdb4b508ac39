"""The authenticator apps of the demo staff, which the phones page stands in for."""

import hashlib
import hmac
from base64 import b32encode
from collections.abc import Collection

from sqlmodel import col, select

from app.services.second_factors import METHOD, kept_secret
from app.settings import Settings
from app.work import Work
from models import Staff


def one_time_secret(settings: Settings, email: str) -> str:
    """What the app of one of the demo staff holds, in base 32: the same at every start."""
    told = f"authenticator of {email}".encode()
    digest = hmac.new(settings.secret_key.encode(), told, hashlib.sha256).digest()
    return b32encode(digest[:20]).decode()


def give_second_factors(settings: Settings, work: Work, emails: Collection[str]) -> None:
    """They need not set one up; one who did has their own."""
    missing = select(Staff).where(col(Staff.email).in_(emails), col(Staff.tf_totp_secret).is_(None))
    for staff in work.session.exec(missing):
        secret = one_time_secret(settings, staff.email)
        staff.tf_totp_secret = kept_secret(settings.secret_key, secret)
        staff.tf_primary_method = METHOD
