"""What may be sent of a level or a laboratory value."""

from typing import Annotated, Any

from pydantic import AwareDatetime, Field, model_validator

from app.api.bodies import Body
from models import Comparator


class SampleBody(Body):
    drawn_at: AwareDatetime
    concentration: float
    comparator: Comparator | None = None
    unit: str
    last_dose_at: AwareDatetime | None = None
    confirmed: bool = False


class LabBody(Body):
    analyte: str
    value: float
    comparator: Comparator | None = None
    unit: str
    lln: float | None = None
    uln: float | None = None
    baseline: float | None = None
    collected_at: AwareDatetime


class ResultCorrection(Body):
    """What is left out stays as it was told. `entered_in_error` takes it back, and nothing else."""

    reason: Annotated[str, Field(min_length=1, max_length=500)]
    entered_in_error: bool = False

    def told(self) -> dict[str, Any]:
        return self.model_dump(exclude_unset=True, exclude={"reason", "entered_in_error"})

    @model_validator(mode="after")
    def _takes_back_or_corrects(self) -> "ResultCorrection":
        if self.entered_in_error and self.told():
            raise ValueError("send entered_in_error alone, with the reason")
        return self


class SampleCorrection(ResultCorrection):
    drawn_at: AwareDatetime = None  # type: ignore[assignment]  # left out: as it was
    concentration: float = None  # type: ignore[assignment]
    comparator: Comparator | None = None
    unit: str = None  # type: ignore[assignment]
    last_dose_at: AwareDatetime | None = None
    confirmed: bool = False


class LabCorrection(ResultCorrection):
    analyte: str = None  # type: ignore[assignment]  # left out: as it was
    value: float = None  # type: ignore[assignment]
    comparator: Comparator | None = None
    unit: str = None  # type: ignore[assignment]
    lln: float | None = None
    uln: float | None = None
    baseline: float | None = None
    collected_at: AwareDatetime = None  # type: ignore[assignment]
