"""Bearer keys of machines; of a key only its SHA-256 is kept."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from app.services.audit import audit
from app.services.errors import Conflict, Invalid, NotFound
from app.work import Work
from models import ApiKey, Audit
from models.columns import new_id

SANDBOX_KEY = "sandbox-key"
LONGEST_NAME = 80


class NoSuchKey(NotFound):
    """There is no such key in this clinic."""


class NameMissing(Invalid):
    """A key has a name of 1 to 80 letters."""


class NameTaken(Conflict):
    """A valid key has this name already; take another, or revoke that one first."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose key it is."""

    clinic_id: str
    key_id: str

    @property
    def actor(self) -> str:
        return f"key:{self.key_id}"


@dataclass(frozen=True, slots=True)
class KeyMade:
    """A new key, told once."""

    id: str
    name: str
    key: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A key as the clinic sees it; `used_at` is its last access to a record."""

    id: str
    name: str
    role: str
    made_at: datetime
    revoked_at: datetime | None
    used_at: datetime | None


def make_key(work: Work, clinic_id: str, name: str, key: str | None = None) -> str:
    """A new key, told once."""
    return _made(work, clinic_id, name, key or secrets.token_urlsafe(32)).key


def add_key(work: Work, clinic_id: str, name: str, by: str) -> KeyMade:
    """The same by a person, who hears it once. Raises NameMissing, NameTaken."""
    plain = " ".join(name.split())
    if not 0 < len(plain) <= LONGEST_NAME:
        raise NameMissing(field="name")
    query = select(ApiKey.id).where(
        ApiKey.clinic_id == clinic_id, ApiKey.name == plain, col(ApiKey.revoked_at).is_(None)
    )
    if work.session.exec(query).first() is not None:
        raise NameTaken(field="name")
    made = _made(work, clinic_id, plain, secrets.token_urlsafe(32))
    audit(work, clinic_id, by, "key.make", about=made.id)
    return made


def _made(work: Work, clinic_id: str, name: str, key: str) -> KeyMade:
    row = ApiKey(
        clinic_id=clinic_id, id=new_id(work.now), name=name, key_sha256=_sha256(key),
        made_at=work.now,
    )  # fmt: skip
    work.session.add(row)
    return KeyMade(row.id, name, key)


def list_keys(work: Work, clinic_id: str) -> list[Listed]:
    """All of a clinic, those that are valid first, then the newest."""
    query = select(ApiKey).where(ApiKey.clinic_id == clinic_id)
    rows = work.session.exec(
        query.order_by(col(ApiKey.revoked_at).is_not(None), col(ApiKey.id).desc())
    )
    return [
        Listed(row.id, row.name, row.role, row.made_at, row.revoked_at, _used_at(work, row))
        for row in rows.all()
    ]


def _used_at(work: Work, row: ApiKey) -> datetime | None:
    query = select(Audit.at).where(
        Audit.clinic_id == row.clinic_id, Audit.actor == f"key:{row.id}"
    )
    return work.session.exec(query.order_by(col(Audit.id).desc()).limit(1)).first()


def revoke_key(work: Work, clinic_id: str, key_id: str, by: str) -> ApiKey:
    """Refused from the next request on; revoked again, nothing changes. Raises NoSuchKey."""
    row = work.session.get(ApiKey, (clinic_id, key_id), with_for_update=True)
    if row is None:
        raise NoSuchKey
    if row.revoked_at is None:
        row.revoked_at = work.now
        audit(work, clinic_id, by, "key.revoke", about=row.id)
    return row


def caller_of(work: Work, key: str) -> Caller | None:
    """The clinic and key of a bearer, or None when it is unknown or revoked."""
    query = select(ApiKey).where(
        ApiKey.key_sha256 == _sha256(key), col(ApiKey.revoked_at).is_(None)
    )
    row = work.session.exec(query).first()
    return Caller(row.clinic_id, row.id) if row else None


def _sha256(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
