"""What the processes know of each other: who works, and how much was sent lately."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.columns import json_list


class Heartbeat(SQLModel, table=True):
    """The last beat of each part of the clockwork; `beat_at` by real time, `at` by the system's.

    `findings` are what the auditor saw: empty when all is well.
    """

    name: str = Field(primary_key=True, max_length=40)
    beat_at: datetime
    at: datetime
    findings: list[str] = json_list()


class RateBudget(SQLModel, table=True):
    """A rate that all processes share: `free_at` (real time) is when the next place is free."""

    __tablename__ = "rate_budget"
    key: str = Field(primary_key=True, max_length=40)
    free_at: datetime


class DayPlan(SQLModel, table=True):
    """Up to when the daily reminders of a zone are planned, and when all were looked through."""

    __tablename__ = "day_plan"
    time_zone: str = Field(primary_key=True, max_length=64)
    planned_to: datetime
    looked_at: datetime
