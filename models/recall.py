"""Whom the clinic has to call in, and what is known of patients between visits."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import text
from sqlmodel import Index, SQLModel, UniqueConstraint

from models.columns import clinic_key, json_list, of_patient, one_of, row_key, word


class RecallKind(StrEnum):
    LEVEL = "level"  # one month after the first dose or a change of dose
    VISIT = "visit"  # after 2-3 months
    LABS = "labs"  # blood count, liver or kidney not within a week of a level
    DECISION = "decision"  # deferred
    CONFIRMATION = "confirmation"  # waits for a second person
    TELL = "tell"  # a new dose that the patient does not know yet


_PLANNED = text("planned_at IS NOT NULL")
_ENDS = text("until_on IS NOT NULL")


class Recall(SQLModel, table=True):
    """What is due for a patient, made anew from the record whenever that changes."""

    __table_args__ = (
        of_patient(),
        one_of("kind", RecallKind),
        UniqueConstraint("clinic_id", "patient_id", "kind", name="recall_once"),
        Index("recall_due", "clinic_id", "due_on", "id"),
        Index("recall_of_kind", "clinic_id", "kind", "due_on", "id"),
        Index("recall_planned", "clinic_id", "planned_at", "id", sqlite_where=_PLANNED,
              postgresql_where=_PLANNED),
        Index("recall_ends", "clinic_id", "until_on", sqlite_where=_ENDS,
              postgresql_where=_ENDS),
    )  # fmt: skip
    clinic_id: str = clinic_key()
    id: str = row_key()
    patient_id: str
    kind: RecallKind = word()
    due_on: date
    overdue_on: date  # the first day on which it is late
    until_on: date | None = None  # the last day on which it is of use
    planned_at: datetime | None = None  # the last visit planned for it
    missing: list[str] = json_list()
    about: str | None = None  # the decision, or the level


class RecallMark(SQLModel, table=True):
    """The record of a patient has changed; what is due is to be made anew."""

    __tablename__ = "recall_mark"
    __table_args__ = (of_patient(),)
    clinic_id: str = clinic_key()
    id: str = row_key()
    patient_id: str


class FollowUpHow(StrEnum):
    PHONE = "phone"
    ONLINE = "online"
    VISIT = "visit"


class FollowUp(SQLModel, table=True):
    """What a patient, or somebody for them, told on one day; never changed."""

    __tablename__ = "follow_up"
    __table_args__ = (
        of_patient(),
        one_of("how", FollowUpHow),
        Index("follow_up_of_patient", "clinic_id", "patient_id"),
    )
    clinic_id: str = clinic_key()
    id: str = row_key()
    patient_id: str
    seen_on: date
    how: FollowUpHow = word()
    on_treatment: bool | None = None  # not asked: None
    stopped_on: date | None = None
    recurrence_on: date | None = None
    died_on: date | None = None
    note: str | None = None
    recorded_by: str
    recorded_at: datetime
