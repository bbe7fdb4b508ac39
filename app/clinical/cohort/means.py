"""Means and what tells them apart. A test is None where too few values, or no spread, forbid it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, median, stdev

from scipy import special


@dataclass(frozen=True, slots=True)
class Spread:
    """How values lie; the SD is of a sample and needs two."""

    n: int
    mean: float | None
    sd: float | None
    median: float | None
    least: float | None
    most: float | None


@dataclass(frozen=True, slots=True)
class MeanTest:
    """A t test: the difference, after minus before, with its 95 % interval; p is two-sided."""

    t: float
    df: float
    p: float
    difference: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Correlation:
    n: int
    r: float
    p: float


@dataclass(frozen=True, slots=True)
class Anova:
    f: float
    df_between: int
    df_within: int
    p: float


def spread(values: Sequence[float]) -> Spread:
    if not values:
        return Spread(0, None, None, None, None, None)
    sd = stdev(values) if len(values) > 1 else None
    return Spread(len(values), fmean(values), sd, median(values), min(values), max(values))


def paired_t(before: Sequence[float], after: Sequence[float]) -> MeanTest | None:
    """Student 1908, Biometrika 6:1: the differences of pairs against 0."""
    differences = [late - early for early, late in zip(before, after, strict=True)]
    if _alike([differences]):
        return None
    error = stdev(differences) / sqrt(len(differences))
    return _t_test(fmean(differences), error, len(differences) - 1)


def independent_t(before: Sequence[float], after: Sequence[float]) -> MeanTest | None:
    """Student's t of two samples with a pooled variance, the test that the paper names."""
    if not before or not after or _alike([before, after]):
        return None
    df = len(before) + len(after) - 2
    error = sqrt(_within([before, after]) / df * (1 / len(before) + 1 / len(after)))
    return _t_test(fmean(after) - fmean(before), error, df)


def pearson_r(x: Sequence[float], y: Sequence[float]) -> Correlation | None:
    """The product-moment correlation (Pearson 1895), p by Student's t with n - 2."""
    if len(x) < 3 or _alike([x]) or _alike([y]):
        return None
    x_mean, y_mean = fmean(x), fmean(y)
    shared = sum((a - x_mean) * (b - y_mean) for a, b in zip(x, y, strict=True))
    r = shared / sqrt(_within([x]) * _within([y]))
    r, df = max(-1.0, min(1.0, r)), len(x) - 2
    t = r * sqrt(df / (1 - r * r)) if abs(r) < 1 else float("inf")
    return Correlation(len(x), r, _two_sided(t, df))


def one_way_anova(groups: Sequence[Sequence[float]]) -> Anova | None:
    """Fisher 1925: spread between the means of groups against that within; empty ones left out."""
    kept = [group for group in groups if group]
    if len(kept) < 2 or _alike(kept):
        return None
    everyone = fmean([one for group in kept for one in group])
    between = sum(len(group) * (fmean(group) - everyone) ** 2 for group in kept)
    df_between, df_within = len(kept) - 1, sum(map(len, kept)) - len(kept)
    f = between / df_between / (_within(kept) / df_within)
    return Anova(f, df_between, df_within, float(special.fdtrc(df_between, df_within, f)))


def _t_test(difference: float, error: float, df: int) -> MeanTest:
    t, reach = difference / error, float(special.stdtrit(df, 0.975)) * error
    return MeanTest(t, df, _two_sided(t, df), difference, difference - reach, difference + reach)


def _two_sided(t: float, df: int) -> float:
    return 2 * float(special.stdtr(df, -abs(t)))


def _within(groups: Sequence[Sequence[float]]) -> float:
    """The sum of squares about each group's own mean."""
    return sum((one - mean) ** 2 for group in groups for mean in [fmean(group)] for one in group)


def _alike(groups: Sequence[Sequence[float]]) -> bool:
    """No value differs from the others of its group: there is no spread to measure against."""
    return all(len(set(group)) < 2 for group in groups) or _within(groups) == 0
