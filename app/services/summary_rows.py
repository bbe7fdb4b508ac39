"""What a pre-visit summary holds. Frozen values; moments are aware UTC, levels in ug/L."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from app.clinical.dose_rule import DoseProposal
from app.clinical.draw_window import DoseWindow, Unfit, Window
from app.clinical.watch import Watch
from app.services.summary_quality import QualityOfLife

if TYPE_CHECKING:
    from app.clinical.bayes import Estimate
    from app.services.medicines import MedicinesAsked


@dataclass(frozen=True, slots=True)
class WhoseSummary:
    id: str
    code: str
    age: int
    sex: str
    language: str
    time_zone: str
    surgery_date: date | None
    risk: str | None
    linked: bool
    recurrence_on: date | None = None
    died_on: date | None = None


@dataclass(frozen=True, slots=True)
class DoseStep:
    daily_dose_mg: int
    started_on: date
    reason: str | None


@dataclass(frozen=True, slots=True)
class NextVisit:
    """What is planned next; of a draw also when to take its dose, and the window of one told.

    A visit that plans no draw has none of these.
    """

    id: str
    draw_at: datetime
    purpose: str
    dose_times: DoseWindow | None
    dose_taken_at: datetime | None
    window: Window | None
    fits: bool | None
    unfit: Unfit | None


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit: when the blood was drawn, or is to be."""

    at: datetime
    status: str


@dataclass(frozen=True, slots=True)
class Level:
    id: str
    drawn_at: datetime
    drawn_provenance: str
    last_dose_at: datetime | None
    dose_provenance: str | None
    dose_mg: int | None
    comparator: str | None
    raw_ug_per_l: float
    corrected_ug_per_l: float | None
    low_ug_per_l: float | None
    high_ug_per_l: float | None
    hours_after_dose: float | None
    band: str | None
    flags: tuple[str, ...]
    ke_per_h: float
    first_at_dose: bool


@dataclass(frozen=True, slots=True)
class FamilyGrade:
    at: datetime
    family: str
    grade: int


@dataclass(frozen=True, slots=True)
class FamilySummary:
    """The worst and the latest grade of a family since the current dose; None where unknown."""

    family: str
    worst: int | None
    latest: int | None
    latest_at: datetime | None


@dataclass(frozen=True, slots=True)
class TermGrade:
    """A term's grade: the confirmed one where there is one, else that suggested."""

    term: str
    family: str
    grade: int
    criterion: str | None
    status: str
    ctcae_version: str
    suggested_grade: int
    confirmed_by: str | None = None
    confirmed_at: datetime | None = None
    confirm_reason: str | None = None


@dataclass(frozen=True, slots=True)
class LatestReport:
    id: str
    reported_at: datetime
    provenance: str
    terms: tuple[TermGrade, ...]
    intolerable: bool
    red_flags: tuple[str, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class Adherence:
    """What was told of the last days; days of which nothing was told are not counted as taken."""

    days: int
    taken: int
    missed: int
    vomited: int
    not_told: int


@dataclass(frozen=True, slots=True)
class LabValue:
    """A laboratory value; its grade is the confirmed one where there is one."""

    analyte: str
    comparator: str | None
    value: float
    unit: str
    lln: float | None
    uln: float | None
    collected_at: datetime
    grade: int | None
    term: str | None
    missing: tuple[str, ...]
    id: str
    ctcae_version: str
    suggested_grade: int | None
    confirmed: bool
    confirmed_by: str | None = None
    confirmed_at: datetime | None = None
    confirm_reason: str | None = None


@dataclass(frozen=True, slots=True)
class AlertLine:
    id: str
    code: str
    family: str
    causes: tuple[str, ...]
    grade: int
    state: str
    raised_at: datetime
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    closed_at: datetime | None
    disposition: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class RuleInputs:
    """What the dose rule was given, with its dates."""

    worst_grade: int | None
    intolerable: bool
    reported_since: datetime
    first_trough_ug_per_l: float | None
    first_trough_at: datetime | None
    current_dose_mg: int
    days_at_dose: int


@dataclass(frozen=True, slots=True)
class Rule:
    inputs: RuleInputs
    proposal: DoseProposal


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """An entry, where it stands, and the dose that it became.

    `corrected_since` names what it went by and what was corrected or taken back later: level, lab.
    """

    id: str
    decision: str
    dose_mg: int | None
    reason: str | None
    decided_by: str
    decided_at: datetime
    proposal: dict[str, Any]
    status: str
    amends: str | None
    starts_on: date | None
    confirmed_by: str | None
    confirmed_at: datetime | None
    told_at: datetime | None
    told_by: str | None
    corrected_since: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    at: datetime
    patient: WhoseSummary
    current: DoseStep | None
    dose_steps: tuple[DoseStep, ...]
    next_visit: NextVisit | None
    visits: tuple[VisitLine, ...]
    levels: tuple[Level, ...]
    families: tuple[FamilySummary, ...]
    grades: tuple[FamilyGrade, ...]
    report: LatestReport | None
    quality: QualityOfLife
    adherence: Adherence
    labs: tuple[LabValue, ...]
    alerts: tuple[AlertLine, ...]
    medicines: MedicinesAsked | None
    dose_rule: Rule | None
    decisions: tuple[DecisionLine, ...]
    missing: tuple[str, ...]
    watch: Watch | None
    estimate: Estimate | None
    missing_labs: tuple[str, ...] = ()  # of marrow, liver, kidney, where "labs" is missing
