"""Keys of machines, repeated requests, and the append-only audit."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, Index, SQLModel

from models.columns import clinic_key, json_dict, row_key


class ApiKey(SQLModel, table=True):
    """A bearer key, of which only the SHA-256 is kept."""

    __tablename__ = "api_key"
    clinic_id: str = clinic_key()
    id: str = row_key()
    name: str
    role: str = "service"
    key_sha256: str = Field(unique=True, max_length=64)
    made_at: datetime
    revoked_at: datetime | None = None


class Idempotency(SQLModel, table=True):
    """The answer already given to a POST with this Idempotency-Key."""

    clinic_id: str = clinic_key()
    id: str = Field(primary_key=True, max_length=80)
    request_sha256: str
    status: int
    body: dict[str, Any] = json_dict()
    at: datetime


class Audit(SQLModel, table=True):
    """Who read or wrote what, by internal ids only; never changed, never deleted."""

    __table_args__ = (
        Index("audit_of_patient", "clinic_id", "patient_id", "id"),
        Index("audit_of_actor", "clinic_id", "actor", "id"),
        Index("audit_of_action", "clinic_id", "action", "id"),
    )
    clinic_id: str = clinic_key()
    id: str = row_key()
    at: datetime
    actor: str
    action: str
    patient_id: str | None = None
    about: str | None = None
