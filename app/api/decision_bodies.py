"""What may be sent of decisions, of the recall list and of follow-up."""

from datetime import date
from typing import Annotated, Any

from pydantic import AwareDatetime, Field, model_validator

from app.api.bodies import Body, PageQuery, PatientPath
from models import DecisionKind, FollowUpHow, RecallKind


class DecisionBody(Body):
    """`seen`, where given, is the summary's: a decision on another state is refused."""

    decision: DecisionKind
    dose_mg: int | None = None
    reason: Annotated[str, Field(max_length=4000)] | None = None
    starts_on: date | None = None
    amends: Annotated[str, Field(max_length=22)] | None = None
    seen: Annotated[str, Field(max_length=400)] | None = None


class RecallQuery(PageQuery):
    kind: RecallKind | None = None


class RecallBody(Body):
    """May be left out: then the visit is planned as suggested."""

    draw_at: AwareDatetime | None = None

    @model_validator(mode="before")
    @classmethod
    def _none_is_empty(cls, told: Any) -> Any:
        return {} if told is None else told


class RecallPath(PatientPath):
    kind: RecallKind


class FollowUpBody(Body):
    seen_on: date | None = None
    how: FollowUpHow = FollowUpHow.PHONE
    on_treatment: bool | None = None
    stopped_on: date | None = None
    recurrence_on: date | None = None
    died_on: date | None = None
    confirmed: bool = False  # the day of death is right, though the record shows life after it
    note: Annotated[str, Field(max_length=4000)] | None = None
