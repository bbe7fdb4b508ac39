"""Overall and recurrence-free survival from surgery on, as the paper defines them.

OS: surgery to death. RFS: surgery to the first recurrence or metastasis; a death without one
ends the follow-up (Chen 2024, 27(11):1149). Who has no event is followed to the last sign.
"""

from collections.abc import Callable, Sequence
from datetime import date

from app.clinical.cohort import Followed, at_risk, kaplan_meier, spread, survival_at
from app.services.cohort.course import months_between
from app.services.cohort.reading import Case
from app.services.cohort.rows import Survival
from models import Risk

POINTS_MONTHS = (12, 24, 36, 60)
TICK_MONTHS = 12

Ends = Callable[[Case], tuple[date | None, bool]]


def survival(cases: Sequence[Case]) -> dict[str, Survival]:
    """OS and RFS of all, and the RFS of those at high risk, as the paper gives them."""
    high = [case for case in cases if case.row.risk == Risk.HIGH]
    return {
        "os": _survival(cases, _death),
        "rfs": _survival(cases, _recurrence),
        "rfs_high_risk": _survival(high, _recurrence),
    }


def _death(case: Case) -> tuple[date | None, bool]:
    died = case.row.died_on
    return (died, True) if died else (case.last_on, False)


def _recurrence(case: Case) -> tuple[date | None, bool]:
    row = case.row
    if row.recurrence_on:
        return row.recurrence_on, True
    return row.died_on or case.last_on, False


def _survival(cases: Sequence[Case], ends: Ends) -> Survival:
    """Who has no surgery date, no follow-up, or an end before surgery is left out, and counted."""
    found = [one for case in cases if (one := _followed(case, ends))]
    curve = kaplan_meier(found)
    return Survival(
        len(found), len(cases) - len(found), spread([one.months for one in found]), curve,
        tuple(survival_at(found, curve, months) for months in POINTS_MONTHS),
        {str(months): _crude(found, months) for months in POINTS_MONTHS} if found else {},
        {str(months): at_risk(found, months) for months in _ticks(curve.longest_months)},
    )  # fmt: skip


def _followed(case: Case, ends: Ends) -> Followed | None:
    start, (end, event) = case.row.surgery_date, ends(case)
    if start is None or end is None or end < start:
        return None
    return Followed(months_between(start, end), event)


def _crude(found: Sequence[Followed], months: float) -> float:
    return 1 - sum(one.event and one.months <= months for one in found) / len(found)


def _ticks(longest: float) -> range:
    return range(0, int(longest) + 1, TICK_MONTHS)
