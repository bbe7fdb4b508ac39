"""Bearer keys of machines; of a key only its SHA-256 is kept."""

import hashlib
import secrets
from dataclasses import dataclass

from sqlmodel import col, select

from app.work import Work
from models import ApiKey
from models.columns import new_id

SANDBOX_KEY = "sandbox-key"


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose key it is."""

    clinic_id: str
    key_id: str

    @property
    def actor(self) -> str:
        return f"key:{self.key_id}"


def make_key(work: Work, clinic_id: str, name: str, key: str | None = None) -> str:
    """A new key, told once."""
    made = key or secrets.token_urlsafe(32)
    work.session.add(ApiKey(
        clinic_id=clinic_id, id=new_id(work.now), name=name, key_sha256=_sha256(made),
        made_at=work.now,
    ))  # fmt: skip
    return made


def caller_of(work: Work, key: str) -> Caller | None:
    """The clinic and key of a bearer, or None when it is unknown or revoked."""
    query = select(ApiKey).where(
        ApiKey.key_sha256 == _sha256(key), col(ApiKey.revoked_at).is_(None)
    )
    row = work.session.exec(query).first()
    return Caller(row.clinic_id, row.id) if row else None


def _sha256(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
