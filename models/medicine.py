"""What else a patient takes, as far as it matters beside imatinib."""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Index, SQLModel

from models.columns import clinic_key, json_list, of_patient, one_of, row_key, word


class MedicineAnswer(StrEnum):
    NONE = "none"
    LISTED = "listed"


class MedicineKind(StrEnum):
    """What is asked for by name at each visit."""

    INDUCER = "inducer"  # of CYP3A4: lowers the level
    INHIBITOR = "inhibitor"  # of CYP3A4: raises it
    WARFARIN = "warfarin"
    PARACETAMOL = "paracetamol"  # in quantity


class MedicineReview(SQLModel, table=True):
    """That a patient was asked for other medicines on a day, and the answer; never changed."""

    __tablename__ = "medicine_review"
    __table_args__ = (
        of_patient(),
        one_of("answer", MedicineAnswer),
        Index("medicine_review_of_patient", "clinic_id", "patient_id"),
    )
    clinic_id: str = clinic_key()
    id: str = row_key()
    patient_id: str
    asked_on: date
    answer: MedicineAnswer = word()
    kinds: list[str] = json_list()
    words: str | None = None  # the medicines as they were told
    recorded_by: str
    recorded_at: datetime
