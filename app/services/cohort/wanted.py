"""Which patients a cohort report is of."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError
from sqlmodel import col

from models import Mutation, Operation, Patient, Risk, Sex, Site

REVERSED = "reversed"  # the kind of the error of a span that ends before it begins
Age = Annotated[int, Field(ge=0, le=130)]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2999, 12, 31))]
DoseMg = Annotated[int, Field(ge=0, le=800, multiple_of=100)]


class Wanted(BaseModel):
    """What is left out does not narrow; of several words in a list any will do.

    Ages are in the year of surgery (of registration where that is unknown); days are the
    clinic's, both ends included; `dose_mg` is the dose of today, 0 off treatment; a level is
    one that counts: corrected, and at steady state.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    sex: Sex | None = None
    age_from: Age | None = None
    age_to: Age | None = None
    risk: list[Risk] = []
    site: list[Site] = []
    operation: list[Operation] = []
    mutation: list[Mutation] = []
    dose_mg: list[DoseMg] = []
    preoperative_imatinib: bool | None = None
    lowered: bool | None = None
    with_level: bool | None = None
    registered_from: Day | None = None
    registered_to: Day | None = None
    operated_from: Day | None = None
    operated_to: Day | None = None

    @field_validator("age_to", "registered_to", "operated_to")
    @classmethod
    def _in_order(cls, last: Any, told: ValidationInfo) -> Any:
        first = told.data.get(f"{(told.field_name or '').removesuffix('_to')}_from")
        if first is not None and last is not None and last < first:
            raise PydanticCustomError(REVERSED, "This lies before where the span begins.")
        return last

    def narrowed(self) -> dict[str, Any]:
        """Only what narrows, as words."""
        told = self.model_dump(mode="json")
        return {name: value for name, value in told.items() if value not in (None, [])}


def asked_of_patient(wanted: Wanted, zone: ZoneInfo) -> Iterator[Any]:
    """What the database can tell of the patient's own row."""
    for name in ("sex", "preoperative_imatinib"):
        if (value := getattr(wanted, name)) is not None:
            yield getattr(Patient, name) == value
    for name in ("risk", "site", "operation", "mutation"):
        if values := getattr(wanted, name):
            yield col(getattr(Patient, name)).in_(values)
    yield from _days(wanted, zone)


def _days(wanted: Wanted, zone: ZoneInfo) -> Iterator[Any]:
    if wanted.registered_from:
        yield col(Patient.registered_at) >= midnight(wanted.registered_from, zone)
    if wanted.registered_to:
        yield col(Patient.registered_at) < midnight(wanted.registered_to + timedelta(1), zone)
    if wanted.operated_from:
        yield col(Patient.surgery_date) >= wanted.operated_from
    if wanted.operated_to:
        yield col(Patient.surgery_date) <= wanted.operated_to


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """When a day begins in a zone, in UTC."""
    return datetime.combine(day, time(0), zone).astimezone(UTC)


def fits_age(wanted: Wanted, age: int) -> bool:
    return _between(wanted.age_from, age, wanted.age_to)


def _between(least: int | None, value: int, most: int | None) -> bool:
    return (least is None or value >= least) and (most is None or value <= most)


def fits(asked: bool | None, found: bool) -> bool:
    """A yes-or-no that was asked for, or not asked."""
    return asked is None or asked == found
