"""What a patient tells: symptoms with their grades, and questionnaires."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Index, SQLModel

from models.columns import clinic_key, json_dict, json_list, of_patient, one_of, row_key, word
from models.treatment import Provenance

OWN_WORDING = "own-unvalidated"  # of the SF-36, where the clinic has loaded no licensed one
SEVERAL = " + "  # between the wordings of a questionnaire whose words changed midway


class GradeStatus(StrEnum):
    SUGGESTED = "suggested"
    CONFIRMED = "confirmed"


class SymptomReport(SQLModel, table=True):
    __tablename__ = "symptom_report"
    __table_args__ = (
        of_patient(),
        Index("report_by_time", "clinic_id", "patient_id", "reported_at"),
    )
    clinic_id: str = clinic_key()
    id: str = row_key()
    patient_id: str
    reported_at: datetime
    provenance: Provenance = word()
    answers: dict[str, str] = json_dict()
    intolerable: bool = False
    note: str | None = None
    families: dict[str, int] = json_dict()
    red_flags: list[str] = json_list()
    replaced_by: str | None = None  # the report by which the patient corrected this one
    recorded_at: datetime


class SymptomGrade(SQLModel, table=True):
    """A grade suggested from answers, and the one that a clinician confirmed."""

    __tablename__ = "symptom_grade"
    __table_args__ = (
        of_patient(),
        one_of("status", GradeStatus),
        Index("symptom_grade_of_patient", "clinic_id", "patient_id"),
    )
    clinic_id: str = clinic_key()
    id: str = row_key()
    patient_id: str
    report_id: str
    term: str
    family: str
    grade: int
    criterion: str | None = None
    ctcae_version: str = "5.0"
    status: GradeStatus = word(default=GradeStatus.SUGGESTED)
    confirmed_grade: int | None = None
    confirmed_by: str | None = None
    confirmed_at: datetime | None = None
    confirm_reason: str | None = None  # asked for where the grade is far from the suggestion
    graded_at: datetime


class Questionnaire(SQLModel, table=True):
    """SF-36: the 36 raw answers, eight scales, both summary conventions."""

    __table_args__ = (of_patient(), Index("questionnaire_of_patient", "clinic_id", "patient_id"))
    clinic_id: str = clinic_key()
    id: str = row_key()
    patient_id: str
    instrument: str = "sf36"
    wording: str = OWN_WORDING
    provenance: Provenance = word(default=Provenance.PATIENT_AT_THE_MOMENT)
    items: list[int | None] = json_list()
    scales: dict[str, float | None] = json_dict()
    pcs_mean: float | None = None
    mcs_mean: float | None = None
    pcs_t: float | None = None
    mcs_t: float | None = None
    answered_at: datetime
    recorded_at: datetime
