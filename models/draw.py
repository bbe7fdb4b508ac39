"""What happens to a tube of blood: drawn, centrifuged, frozen, sent, measured."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKeyConstraint
from sqlmodel import Index, SQLModel

from models.columns import clinic_key, json_dict, of_patient, one_of, row_key, word


class Step(StrEnum):
    """In the order in which they happen."""

    DRAWN = "drawn"
    CENTRIFUGED = "centrifuged"
    FROZEN = "frozen"
    SENT = "sent"
    MEASURED = "measured"


class DrawStep(SQLModel, table=True):
    """A step of a visit's draw as told; never changed. The latest row of a step counts.

    `at` of None takes the step back. That the blood was drawn, and when, the visit itself says.
    """

    __tablename__ = "draw_step"
    __table_args__ = (
        of_patient(),
        ForeignKeyConstraint(
            ["clinic_id", "visit_id"], ["visit.clinic_id", "visit.id"], name="of_visit"
        ),
        one_of("step", Step),
        Index("draw_step_of_patient", "clinic_id", "patient_id"),
        Index("draw_step_of_visit", "clinic_id", "visit_id"),
    )
    clinic_id: str = clinic_key()
    id: str = row_key()
    patient_id: str
    visit_id: str
    step: Step = word()
    at: datetime | None = None
    detail: dict[str, Any] = json_dict()
    recorded_by: str
    recorded_at: datetime
