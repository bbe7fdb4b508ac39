"""The SF-36 again by another way: each item as 0-100, a scale as the mean of its items.

From the recodes and norms as printed by Ware (1993, 1994); matrix arithmetic for the summaries.
"""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from app.clinical.sf36 import ITEMS, score

SCALES = {
    "PF": range(3, 13), "RP": range(13, 17), "BP": (21, 22), "GH": (1, 33, 34, 35, 36),
    "VT": (23, 27, 29, 31), "SF": (20, 32), "RE": (17, 18, 19), "MH": (24, 25, 26, 28, 30),
}  # fmt: skip
# The better the health, the lower the number of the answer.
REVERSED = {20, 23, 26, 27, 30, 34, 36}
MEAN = np.array([84.52404, 81.19907, 75.49196, 72.21316, 61.05453, 83.59753, 81.29467, 74.84212])
SD = np.array([22.8949, 33.79729, 23.55879, 20.16964, 20.86942, 22.37642, 33.02717, 18.01189])
WEIGHTS = np.array([
    [0.42402, 0.35119, 0.31754, 0.24954, 0.02877, -0.00753, -0.19206, -0.22069],
    [-0.22999, -0.12329, -0.09731, -0.01571, 0.23534, 0.26876, 0.43407, 0.48581],
])  # fmt: skip

answers = st.tuples(*(st.none() | st.integers(1, item.options) for item in ITEMS)).map(list)
complete = st.tuples(*(st.integers(1, item.options) for item in ITEMS)).map(list)


def percent(position, items):
    """An item from 0 to 100; nan where it was not answered."""
    answer = items[position - 1]
    if answer is None:
        return np.nan
    if position == 1:
        return ((5, 4.4, 3.4, 2, 1)[answer - 1] - 1) / 4 * 100
    if position == 21:
        return ((6, 5.4, 4.2, 3.1, 2.2, 1)[answer - 1] - 1) / 5 * 100
    if position == 22:
        return interference(answer, items[20])
    most = ITEMS[position - 1].options
    return (most - answer if position in REVERSED else answer - 1) / (most - 1) * 100


def interference(answer, pain):
    if pain is None:
        return (100, 75, 50, 25, 0)[answer - 1]
    if answer == 1:
        return 100 if pain == 1 else 80
    return (60, 40, 20, 0)[answer - 2]


def recomputed(items):
    found = {}
    for name, positions in SCALES.items():
        told = np.array([percent(position, items) for position in positions])
        enough = np.isfinite(told).sum() * 2 >= len(told)
        found[name] = float(np.nanmean(told)) if enough else None
    return found


@given(answers)
def test_every_scale_agrees(items):
    scales = score(items).scales
    for name, value in recomputed(items).items():
        assert scales[name] == (None if value is None else approx(value))


@given(complete)
def test_both_summaries_agree(items):
    scales = np.array(list(recomputed(items).values()))
    pcs, mcs = 50 + 10 * WEIGHTS @ ((scales - MEAN) / SD)
    found = score(items)
    assert (found.pcs_t, found.mcs_t) == (approx(pcs), approx(mcs))
    assert (found.pcs_mean, found.mcs_mean) == (approx(scales[:4].mean()), approx(scales[4:].mean()))


@given(complete, st.sets(st.integers(3, 12)))
def test_a_missing_item_takes_the_mean_of_the_persons_others_if_half_are_there(items, missing):
    told = [None if n in missing else answer for n, answer in enumerate(items, start=1)]
    kept = [items[n - 1] for n in range(3, 13) if n not in missing]
    filled = sum(kept) + len(missing) * (sum(kept) / len(kept)) if kept else None
    expected = approx((filled - 10) / 20 * 100) if len(kept) >= 5 else None
    assert score(told).scales["PF"] == expected
