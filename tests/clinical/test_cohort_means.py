"""Means, their tests and correlations: worked by hand, and against the library's own."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from app.clinical.cohort import (
    bmi_kg_per_m2,
    bsa_m2,
    independent_t,
    one_way_anova,
    paired_t,
    pearson_r,
    spread,
)

VALUES = st.lists(st.floats(50, 4000).map(lambda one: round(one, 1)), min_size=3, max_size=40)


def test_a_spread_by_hand():
    found = spread([1000, 1400, 1200, 2400])
    assert (found.n, found.mean, found.median, found.least, found.most) == (4, 1500, 1300, 1000, 2400)
    assert found.sd == pytest.approx((1160000 / 3) ** 0.5)
    assert spread([]).mean is None and spread([7]).sd is None


def test_a_paired_test_by_hand():
    """Differences -600, -700, -800: mean -700, SD 100, error 57.735, t -12.124 with 2."""
    found = paired_t([1900, 1800, 2000], [1300, 1100, 1200])
    assert (found.difference, found.df) == (-700, 2)
    assert found.t == pytest.approx(-12.1244, abs=1e-4)
    assert found.p == pytest.approx(0.006734, abs=1e-6)
    assert (found.low, found.high) == (pytest.approx(-948.41, abs=0.01), pytest.approx(-451.59, abs=0.01))


@pytest.mark.filterwarnings("ignore:Precision loss")
@given(VALUES, VALUES)
def test_tests_of_means_are_those_of_the_library(before, after):
    n = min(len(before), len(after))
    assume(len({b - a for a, b in zip(before, after, strict=False)}) > 1)
    pairs = paired_t(before[:n], after[:n])
    known = stats.ttest_rel(after[:n], before[:n])
    assert (pairs.t, pairs.p) == (pytest.approx(known.statistic), pytest.approx(known.pvalue))
    assert pairs.low == pytest.approx(known.confidence_interval().low)
    assume(len(set(before)) > 1 or len(set(after)) > 1)
    apart, known = independent_t(before, after), stats.ttest_ind(after, before)
    assert (apart.t, apart.p) == (pytest.approx(known.statistic), pytest.approx(known.pvalue))
    assert apart.high == pytest.approx(known.confidence_interval().high)


@given(st.lists(VALUES, min_size=2, max_size=4))
def test_analysis_of_variance_is_that_of_the_library(groups):
    assume(any(len(set(group)) > 1 for group in groups))
    found, known = one_way_anova([*groups, []]), stats.f_oneway(*groups)
    assume(known.statistic >= 0)  # of equal means the library's may fall just below
    assert found.f == pytest.approx(known.statistic, rel=1e-6, abs=1e-9)
    assert found.p == pytest.approx(known.pvalue, rel=1e-6, abs=1e-9)
    assert found.df_between == len(groups) - 1


@given(st.lists(st.tuples(st.integers(20, 90), st.integers(200, 4000)), min_size=3, max_size=60))
def test_correlation_is_that_of_the_library(points):
    x, y = zip(*points, strict=True)
    assume(len(set(x)) > 1 and len(set(y)) > 1)
    found, known = pearson_r(x, y), stats.pearsonr(x, y)
    assert found.r == pytest.approx(known.statistic, abs=1e-9)
    assert found.p == pytest.approx(known.pvalue, abs=1e-6)


def test_the_papers_correlations_have_the_papers_p():
    """r -0.294, -0.165 and 0.007 of 70 patients print as P 0.013, 0.173 and 0.956."""
    for r, p in ((-0.294, 0.013), (-0.165, 0.173), (0.007, 0.956)):
        t = r * (68 / (1 - r * r)) ** 0.5
        assert 2 * stats.t.sf(abs(t), 68) == pytest.approx(p, abs=0.0025)


def test_the_papers_printed_t_and_f_do_not_fit_the_p_printed_beside_them():
    """t 0.159 prints with P 0.187, F 0.039 with P 0.750: of 70 patients they are 0.874 and 0.990."""
    assert round(2 * stats.t.sf(0.159, 68), 3) == 0.874
    assert round(stats.f.sf(0.039, 3, 66), 3) == 0.990


def test_where_nothing_differs_or_too_few_are_there_no_test_is_made():
    assert paired_t([1], [2]) is None
    assert paired_t([1, 2], [3, 4]) is None
    assert independent_t([], [1, 2]) is None
    assert independent_t([5, 5], [5, 5]) is None
    assert pearson_r([1, 2], [1, 2]) is None
    assert pearson_r([1, 1, 1], [1, 2, 3]) is None
    assert one_way_anova([[1, 2], []]) is None
    assert one_way_anova([[1], [2]]) is None
    assert independent_t([0, 1e-200], [0, 0]) is None


def test_a_line_correlates_wholly():
    assert (pearson_r([1, 2, 3], [2, 4, 6]).r, pearson_r([1, 2, 3], [2, 4, 6]).p) == (1, 0)


def test_body_mass_index_and_surface_by_hand():
    assert bmi_kg_per_m2(60, 160) == pytest.approx(23.4375)
    assert bsa_m2(60, 160) == pytest.approx((9600 / 3600) ** 0.5)


@pytest.mark.parametrize(("weight", "height"), [(None, 160), (60, None), (60, 1.6), (60000, 160)])
def test_what_is_unknown_or_of_no_adult_has_no_index(weight, height):
    assert bmi_kg_per_m2(weight, height) is None
    assert bsa_m2(weight, height) is None
