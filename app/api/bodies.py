"""What may be sent. Unknown fields are refused; times carry their offset."""

from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, Field, model_validator

from app.services.shapes import Body, Phone, WallClock, Zone
from app.services.told import DoseBody, PatientBody, PatientChange, RegimenBody
from models import (
    CtcaeVersion,
    Disposition,
    Language,
    Provenance,
    VisitPurpose,
    VisitStatus,
)
from models.report import OWN_WORDING

__all__ = [
    "Body", "DoseBody", "PatientBody", "PatientChange", "Phone", "RegimenBody", "WallClock", "Zone",
]  # fmt: skip


class PatientPath(BaseModel):
    patient_id: str


class RowPath(BaseModel):
    id: str


class GradePath(RowPath):
    term: str


class PageQuery(Body):
    after: str | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class InvitationBody(Body):
    """May be left out."""

    proxy: bool = False

    @model_validator(mode="before")
    @classmethod
    def _none_is_empty(cls, told: Any) -> Any:
        return {} if told is None else told


class VisitBody(Body):
    draw_at: AwareDatetime
    purpose: VisitPurpose = VisitPurpose.TROUGH


class VisitChange(Body):
    draw_at: AwareDatetime | None = None
    status: VisitStatus | None = None
    purpose: VisitPurpose | None = None


class ReportBody(Body):
    reported_at: AwareDatetime | None = None
    provenance: Provenance = Provenance.STAFF
    answers: dict[str, str]
    intolerable: bool = False
    note: Annotated[str, Field(max_length=4000)] | None = None


class QuestionnaireBody(Body):
    instrument: Annotated[str, Field(pattern="^sf36$")] = "sf36"
    items: list[int | None]
    answered_at: AwareDatetime | None = None
    wording: Annotated[str, Field(min_length=1, max_length=200)] = OWN_WORDING


class AcknowledgeBody(Body):
    by: Annotated[str, Field(max_length=80)] | None = None


class CloseBody(Body):
    disposition: Disposition
    note: Annotated[str, Field(max_length=4000)] | None = None


class ConfirmBody(Body):
    """A reason is asked for where the grade is far from the suggestion, or below an alert's."""

    grade: Annotated[int, Field(ge=0, le=5)]
    reason: Annotated[str, Field(max_length=500)] | None = None


class TroughBody(Body):
    concentration: float
    unit: str
    dose_taken_at: AwareDatetime
    drawn_at: AwareDatetime
    ke: float = 0.041  # Wang 2009, Ther Drug Monit 31:579


class GradeBody(Body):
    analyte: str | None = None
    value: float | None = None
    unit: str | None = None
    lln: float | None = None
    uln: float | None = None
    baseline: float | None = None
    term: str | None = None
    answers: dict[str, str] | None = None
    ctcae_version: CtcaeVersion = CtcaeVersion.V5


class Sf36Body(Body):
    items: list[int | None]


class DoseRuleBody(Body):
    worst_grade: int | None = None
    intolerable: bool
    first_trough_ug_per_l: float | None = None
    current_dose_mg: int
    days_at_dose: int | None = None


class PatientsQuery(PageQuery):
    q: str | None = None


class TriageBody(Body):
    text: str
    language: Language


class LanguageQuery(Body):
    language: Language = Language.CHINESE
