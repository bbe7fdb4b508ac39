"""An Observation as a laboratory system sends it: what is read of it; the rest may be there."""

import re
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

from app.services.fhir.reading import Coded
from app.services.fhir.terms import CONFIRMED, LAST_DOSE
from models import Comparator

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _moment_or_day(told: object) -> datetime | date:
    """A FHIR dateTime: a whole day, or a time with its offset."""
    if not isinstance(told, str):
        raise ValueError("a dateTime like 2026-11-23T07:40:00+08:00 or 2026-11-23")
    if _DAY.fullmatch(told):
        return date.fromisoformat(told)
    at = datetime.fromisoformat(told)
    if at.tzinfo is None:
        raise ValueError("a time needs its offset, like 2026-11-23T07:40:00+08:00")
    return at


MomentOrDay = Annotated[datetime | date, BeforeValidator(_moment_or_day)]


class Part(BaseModel):
    """A part of a resource; what is not named here is passed over."""

    model_config = ConfigDict(extra="ignore", allow_inf_nan=False)


class Coding(Part):
    system: str | None = None
    code: str | None = None

    @property
    def coded(self) -> Coded:
        return Coded(self.system, self.code)


class Concept(Part):
    coding: list[Coding] = []
    text: str | None = None


class Quantity(Coding):
    value: float
    comparator: Comparator | None = None
    unit: str | None = None


class Limit(Part):
    value: float | None = None


class Range(Part):
    low: Limit | None = None
    high: Limit | None = None


class Identifier(Part):
    system: Annotated[str, Field(max_length=200)] | None = None
    value: Annotated[str, Field(max_length=190)] | None = None

    @property
    def kept_as(self) -> str | None:
        return f"{self.system or ''}|{self.value}" if self.value else None


class Subject(Part):
    reference: str | None = None
    identifier: Identifier | None = None

    @property
    def coded(self) -> Coded | None:
        told = self.identifier
        return Coded(told.system, told.value) if told else None


class Extension(Part):
    url: str
    valueDateTime: AwareDatetime | None = None  # noqa: N815  FHIR's names
    valueBoolean: bool | None = None  # noqa: N815


class ObservationBody(Part):
    """Only what is final is taken; a correction of what is kept is a person's."""

    resourceType: Literal["Observation"]  # noqa: N815
    status: Literal["final", "amended", "corrected"]
    code: Concept
    subject: Subject
    effectiveDateTime: MomentOrDay  # noqa: N815
    valueQuantity: Quantity  # noqa: N815
    referenceRange: list[Range] = []  # noqa: N815
    identifier: list[Identifier] = []
    extension: list[Extension] = []

    @property
    def last_dose_at(self) -> datetime | None:
        return next((one.valueDateTime for one in self.extension if one.url == LAST_DOSE), None)

    @property
    def is_confirmed(self) -> bool:
        return any(one.valueBoolean for one in self.extension if one.url == CONFIRMED)

    @property
    def limits(self) -> tuple[float | None, float | None]:
        """The lower and upper limit of the first reference range."""
        told = self.referenceRange[0] if self.referenceRange else Range()
        return (told.low.value if told.low else None, told.high.value if told.high else None)

    @property
    def own_identifier(self) -> str | None:
        return next((one.kept_as for one in self.identifier if one.value), None)
