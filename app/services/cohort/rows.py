"""What a cohort report holds. Frozen values; levels in ug/L, times in months. No identifiers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.clinical.cohort import (
    Anova,
    ChiSquare,
    Correlation,
    Curve,
    CurvePoint,
    MarginalHomogeneity,
    MeanTest,
    Spread,
)


@dataclass(frozen=True, slots=True)
class FlowStep:
    """How many patients are still there, and how many left before, by why."""

    name: str
    patients: int
    left: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Counted:
    """Patients by the words of a characteristic; of `unknown` nothing is recorded."""

    known: int
    unknown: int
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Baseline:
    """Table 1 of some patients."""

    patients: int
    counted: Mapping[str, Counted]
    spreads: Mapping[str, Spread]


@dataclass(frozen=True, slots=True)
class Change:
    """Of all who have one: before and after; of those who have both: `pairs` and the tests.

    `paired` is Student's for pairs, `independent` the test for two groups that the paper names.
    """

    before: Spread
    after: Spread
    pairs: int
    paired: MeanTest | None
    independent: MeanTest | None


@dataclass(frozen=True, slots=True)
class FamilyChange:
    """Table 2: patients by band of their worst grade; of those who are known before and after.

    `moves` has a row for each band before and a column for each after. `few_expected`: a cell
    of which fewer than 5 are expected; `few_moved`: fewer than 10 changed their band.
    """

    patients: int
    not_known: int
    before: Mapping[str, int]
    after: Mapping[str, int]
    moves: Sequence[Sequence[int]]
    pearson: ChiSquare
    few_expected: bool
    stuart_maxwell: MarginalHomogeneity
    few_moved: bool


@dataclass(frozen=True, slots=True)
class Quality:
    """SF-36 by scale and summary; how many pairs were asked in our own or in two wordings."""

    pairs: int
    own_wording: int
    two_wordings: int
    scales: Mapping[str, Change]


@dataclass(frozen=True, slots=True)
class Point:
    """The first level at 400 mg of one patient, for the figures: no code, no date."""

    ug_per_l: float
    age: int
    bmi: float | None
    bsa: float | None
    sex: str
    operation: str | None


@dataclass(frozen=True, slots=True)
class Associations:
    """Figures 2 to 4: the first level at 400 mg against what a patient is."""

    patients: int
    correlations: Mapping[str, Correlation | None]
    sex: Mapping[str, Spread]
    sex_test: MeanTest | None
    operation: Mapping[str, Spread]
    operation_test: Anova | None


@dataclass(frozen=True, slots=True)
class Survival:
    """A curve from surgery on, its points, and the share without the event, whoever was followed.

    `crude` is by month: 1 - events so far / patients, which is what the paper's 92.8 % is.
    """

    patients: int
    left_out: int
    follow_up_months: Spread
    curve: Curve
    points: Sequence[CurvePoint]
    crude: Mapping[str, float]
    risk_table: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Reproduced:
    """The paper's statistic as printed, and as computed here from the paper's printed counts."""

    printed: float
    computed: ChiSquare


@dataclass(frozen=True, slots=True)
class CohortReport:
    """All of it, of one moment and one choice of patients."""

    at: datetime
    wanted: Mapping[str, Any]
    flow: Sequence[FlowStep]
    baseline: Mapping[str, Baseline]
    months_on_dose: Mapping[str, Spread]
    levels: Mapping[str, Change]
    associations: Associations
    adverse_events: Mapping[str, FamilyChange]
    quality: Quality
    survival: Mapping[str, Survival]
    reproduced: Mapping[str, Reproduced]
    points: Sequence[Point]
