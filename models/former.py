"""What a level or laboratory value was before a person corrected it, or took it back."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Field, Index, SQLModel

from models.columns import clinic_key, json_dict, of_patient, one_of, row_key, word


class ResultKind(StrEnum):
    LEVEL = "level"
    LAB = "lab"


class Ending(StrEnum):
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"  # entered in error: nothing stands in its place


class FormerResult(SQLModel, table=True):
    """A version that counts no longer, `told` as its row was; never changed.

    The tables `sample` and `lab` hold only what counts, under the same id, so that no reader of
    them has to know of this one (ADR 0035).
    """

    __tablename__ = "former_result"
    __table_args__ = (
        of_patient(),
        one_of("kind", ResultKind),
        one_of("ended", Ending),
        Index("former_result_of_patient", "clinic_id", "patient_id"),
        Index("former_result_identifier", "clinic_id", "identifier"),
    )
    clinic_id: str = clinic_key()
    id: str = row_key()
    patient_id: str
    kind: ResultKind = word()
    result_id: str
    identifier: str | None = Field(default=None, max_length=400)
    told: dict[str, Any] = json_dict()
    ended: Ending = word()
    reason: str
    recorded_by: str
    recorded_at: datetime
