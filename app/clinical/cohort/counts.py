"""Grades counted before and after: Pearson's chi-square, and Stuart and Maxwell's for pairs."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from app.clinical.errors import NotACount

# The bands of Table 2 of the paper (Chen 2024, 27(11):1149): grade 0, 1 and 2, 3 and over.
BANDS = ("0", "1_2", "3_up")


@dataclass(frozen=True, slots=True)
class ChiSquare:
    """Pearson's statistic; p is None where there is nothing to compare (df 0).

    `least_expected` is the smallest expected count, of which the approximation depends.
    """

    statistic: float
    df: int
    p: float | None
    least_expected: float | None


@dataclass(frozen=True, slots=True)
class MarginalHomogeneity:
    """Stuart and Maxwell's statistic; only pairs that `moved` to another category count."""

    statistic: float
    df: int
    p: float | None
    moved: int


def band_of(grade: int) -> int:
    """The place of a CTCAE grade among BANDS."""
    return (grade > 0) + (grade > 2)


def pearson_chi_square(before: Sequence[int], after: Sequence[int]) -> ChiSquare:
    """Two rows of counts, one column a category, without a correction for continuity.

    Pearson 1900, Phil Mag 50:157. A category that nobody has is left out. Raises NotACount.
    """
    counts = _counts([before, after])
    counts = counts[:, counts.sum(axis=0) > 0]
    if min(counts.shape) < 2 or not counts.sum(axis=1).all():
        return ChiSquare(0.0, 0, None, None)
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
    statistic = float(((counts - expected) ** 2 / expected).sum())
    df = counts.shape[1] - 1
    return ChiSquare(statistic, df, float(special.chdtrc(df, statistic)), float(expected.min()))


def stuart_maxwell(moves: Sequence[Sequence[int]]) -> MarginalHomogeneity:
    """Whether the same people fill the categories as before: row before, column after.

    Stuart 1955, Biometrika 42:412; Maxwell 1970, Br J Psychiatry 116:651. The statistic is
    d' V+ d with d the differences of the margins and V their covariance, df the rank of V; so
    categories between which nobody moved fall out by themselves. Raises NotACount.
    """
    counts = _counts(moves)
    between = counts + counts.T
    np.fill_diagonal(between, 0)
    covariance = np.diag(between.sum(axis=1)) - between
    difference = counts.sum(axis=1) - counts.sum(axis=0)
    df, moved = int(np.linalg.matrix_rank(covariance)), int(between.sum() / 2)
    statistic = float(difference @ np.linalg.pinv(covariance) @ difference)
    return MarginalHomogeneity(
        statistic, df, float(special.chdtrc(df, statistic)) if df else None, moved
    )


def moved_between(pairs: Iterable[tuple[int, int]]) -> tuple[tuple[int, ...], ...]:
    """Pairs of grades before and after as a table of their bands: row before, column after."""
    found = Counter((band_of(before), band_of(after)) for before, after in pairs)
    places = range(len(BANDS))
    return tuple(tuple(found[row, column] for column in places) for row in places)


def _counts(rows: Sequence[Sequence[int]]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    if len({len(row) for row in rows}) != 1 or any(one < 0 for row in rows for one in row):
        raise NotACount("counts")
    return np.array(rows, dtype=np.float64)
