"""What may be sent of a level or a laboratory value."""

from pydantic import AwareDatetime

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
