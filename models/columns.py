"""Column shapes that the tables share."""

import secrets
from datetime import datetime
from enum import StrEnum
from itertools import count
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, String
from sqlmodel import JSON, Field

_made = count()


def new_id(now: datetime) -> str:
    """An opaque id that sorts by when it was made: 12 hex of ms, 4 of a count, 6 of chance."""
    return f"{int(now.timestamp() * 1000):012x}{next(_made) & 0xFFFF:04x}{secrets.token_hex(3)}"


def first_id(at: datetime) -> str:
    """What is made at a moment or later has an id no less than this."""
    return f"{int(at.timestamp() * 1000):012x}"


def one_of(column: str, words: type[StrEnum]) -> CheckConstraint:
    """A CHECK that a column holds one of an enum's words."""
    listed = ", ".join(f"'{word.value}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def of_patient() -> ForeignKeyConstraint:
    """A row of a patient is of the same clinic as the patient."""
    return ForeignKeyConstraint(
        ["clinic_id", "patient_id"], ["patient.clinic_id", "patient.id"], name="of_patient"
    )


def clinic_key() -> Any:
    """The clinic leads every key, so that a table can be partitioned by clinic."""
    return Field(primary_key=True, max_length=22, foreign_key="clinic.id")


def row_key() -> Any:
    return Field(primary_key=True, max_length=22)


def word(**more: Any) -> Any:
    """An enum stored as its word, never as a database enum."""
    return Field(sa_type=String, max_length=40, **more)  # type: ignore[call-overload]


def json_list() -> Any:
    return Field(default_factory=list, sa_type=JSON)


def json_dict() -> Any:
    return Field(default_factory=dict, sa_type=JSON)
