"""Survival by Kaplan and Meier, with Greenwood's variance.

Kaplan and Meier 1958, J Am Stat Assoc 53:457; Greenwood 1926. The 95 % interval is that of
log(-log S), which stays between 0 and 1 (Kalbfleisch and Prentice 1980); it has no bounds
where S is 0 or 1. At one and the same time events come before those whose follow-up ends.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import exp, inf, log, sqrt

from scipy import special

from app.clinical.errors import NotAFollowUp

_Z = float(special.ndtri(0.975))


@dataclass(frozen=True, slots=True)
class Followed:
    """One person: how many months until the event, or until the follow-up ended without it."""

    months: float
    event: bool


@dataclass(frozen=True, slots=True)
class CurveStep:
    """A moment at which somebody had the event; `at_risk` were under observation just before."""

    months: float
    at_risk: int
    events: int
    survival: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Curve:
    """The steps of a curve, which starts at 1 and reaches to `longest_months` of follow-up.

    `censored_months`: when the follow-up of somebody ended without the event, each time once.
    """

    n: int
    events: int
    longest_months: float
    steps: tuple[CurveStep, ...]
    censored_months: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The curve at a time: None of it where nobody was followed as long."""

    months: float
    at_risk: int
    survival: float | None
    low: float | None
    high: float | None


def kaplan_meier(followed: Sequence[Followed]) -> Curve:
    """The curve of some people. Raises NotAFollowUp for a time that is negative or no number."""
    if not all(0 <= one.months < inf for one in followed):
        raise NotAFollowUp("months")
    events = Counter(one.months for one in followed if one.event)
    left = Counter(one.months for one in followed)
    times = sorted(left)
    risks = [len(followed), *(len(followed) - gone for gone in accumulate(left[t] for t in times))]
    steps, survival, variance = list[CurveStep](), 1.0, 0.0
    for months, risk in zip(times, risks, strict=False):
        died = events[months]
        if not died:
            continue
        survival *= 1 - died / risk
        variance += died / (risk * (risk - died)) if risk > died else 0.0
        steps.append(CurveStep(months, risk, died, survival, *_interval(survival, variance)))
    longest = times[-1] if times else 0.0
    censored = sorted({one.months for one in followed if not one.event})
    return Curve(len(followed), sum(events.values()), longest, tuple(steps), tuple(censored))


def survival_at(followed: Sequence[Followed], curve: Curve, months: float) -> CurvePoint:
    """What the curve of these people says at a time, and how many are still under observation."""
    risk = at_risk(followed, months)
    passed = [step for step in curve.steps if step.months <= months]
    if months > curve.longest_months and not (passed and passed[-1].survival == 0):
        return CurvePoint(months, risk, None, None, None)
    if not passed:
        return CurvePoint(months, risk, 1.0 if curve.n else None, None, None)
    last = passed[-1]
    return CurvePoint(months, risk, last.survival, last.low, last.high)


def at_risk(followed: Sequence[Followed], months: float) -> int:
    """How many are under observation, without the event, just before a time."""
    return sum(one.months >= months for one in followed)


def _interval(survival: float, variance: float) -> tuple[float | None, float | None]:
    if not 0 < survival < 1:
        return None, None
    reach = _Z * sqrt(variance) / -log(survival)
    return survival ** exp(reach), survival ** exp(-reach)
