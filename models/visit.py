"""Visits and what is drawn and measured at them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import text
from sqlmodel import Field, Index, SQLModel, UniqueConstraint

from models.columns import clinic_key, json_list, of_patient, one_of, row_key, word
from models.treatment import Provenance


class VisitStatus(StrEnum):
    PLANNED = "planned"
    ATTENDED = "attended"
    MISSED = "missed"
    CANCELLED = "cancelled"


class VisitPurpose(StrEnum):
    TROUGH = "trough"
    FOLLOW_UP = "follow_up"


class Comparator(StrEnum):
    """How the true value lies to the one written, where the laboratory gives only a limit."""

    BELOW = "<"
    AT_MOST = "<="
    AT_LEAST = ">="
    ABOVE = ">"


_COMES = text("status IN ('planned', 'attended')")


class Visit(SQLModel, table=True):
    """A planned draw; `drawn_at` is when the blood was really drawn, as told."""

    __table_args__ = (
        of_patient(),
        Index("visit_of_patient", "clinic_id", "patient_id"),
        one_of("status", VisitStatus),
        Index("visit_by_day", "clinic_id", "status", "draw_at"),
        Index("visit_queue", "clinic_id", "draw_at", "id", sqlite_where=_COMES,
              postgresql_where=_COMES),
    )  # fmt: skip
    clinic_id: str = clinic_key()
    id: str = row_key()
    patient_id: str
    draw_at: datetime
    status: VisitStatus = word(default=VisitStatus.PLANNED)
    purpose: VisitPurpose = word(default=VisitPurpose.TROUGH)
    drawn_at: datetime | None = None
    drawn_provenance: Provenance | None = word(default=None)
    dose_before_draw_at: datetime | None = None  # that day's dose, told as taken too early
    recorded_at: datetime


class Sample(SQLModel, table=True):
    """A level as measured and as corrected, with both times and where they come from.

    `identifier` is the laboratory system's own, "system|value".
    """

    __table_args__ = (
        of_patient(),
        one_of("comparator", Comparator),
        Index("sample_of_patient", "clinic_id", "patient_id"),
        UniqueConstraint("clinic_id", "identifier", name="sample_identifier"),
    )
    clinic_id: str = clinic_key()
    id: str = row_key()
    patient_id: str
    drawn_at: datetime
    concentration: float
    comparator: Comparator | None = word(default=None)
    unit: str
    last_dose_at: datetime | None = None
    dose_provenance: Provenance | None = word(default=None)
    raw_ug_per_l: float
    corrected_ug_per_l: float | None = None
    low_ug_per_l: float | None = None
    high_ug_per_l: float | None = None
    hours_after_dose: float | None = None
    band: str | None = None
    flags: list[str] = json_list()
    ke_per_h: float
    identifier: str | None = Field(default=None, max_length=400)
    corrected_at: datetime | None = None  # by a person; what it was is in `former`
    recorded_at: datetime


class Lab(SQLModel, table=True):
    """A laboratory value with the limits printed beside it, and its CTCAE grade."""

    __table_args__ = (
        of_patient(),
        one_of("comparator", Comparator),
        Index("lab_of_patient", "clinic_id", "patient_id"),
        UniqueConstraint("clinic_id", "identifier", name="lab_identifier"),
    )
    clinic_id: str = clinic_key()
    id: str = row_key()
    patient_id: str
    analyte: str
    value: float
    comparator: Comparator | None = word(default=None)
    unit: str
    lln: float | None = None
    uln: float | None = None
    baseline: float | None = None
    collected_at: datetime
    term: str | None = None
    family: str | None = None
    grade: int | None = None
    criterion: str | None = None
    ctcae_version: str = "5.0"
    missing: list[str] = json_list()
    confirmed_grade: int | None = None
    confirmed_by: str | None = None
    confirmed_at: datetime | None = None
    confirm_reason: str | None = None  # asked for where the grade is far from the suggestion
    identifier: str | None = Field(default=None, max_length=400)
    corrected_at: datetime | None = None  # by a person; what it was is in `former`
    recorded_at: datetime
