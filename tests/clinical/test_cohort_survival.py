"""Kaplan and Meier with Greenwood: a textbook's patients, and what always holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from app.clinical.cohort import Followed, at_risk, kaplan_meier, survival_at
from app.clinical.errors import NotAFollowUp

# Remission in weeks under 6-mercaptopurine (Freireich 1963, Blood 21:699); + is still in remission.
FREIREICH = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
FOLLOWED = st.lists(
    st.builds(Followed, st.integers(0, 60).map(float), st.booleans()), min_size=1, max_size=60
)


def remissions() -> list[Followed]:
    return [Followed(float(one.rstrip("+")), "+" not in one) for one in FREIREICH.split()]


def test_the_textbooks_remissions():
    curve = kaplan_meier(remissions())
    told = [(s.months, s.at_risk, s.events, round(s.survival, 4)) for s in curve.steps]
    assert told == [
        (6, 21, 3, 0.8571), (7, 17, 1, 0.8067), (10, 15, 1, 0.7529), (13, 12, 1, 0.6902),
        (16, 11, 1, 0.6275), (22, 7, 1, 0.5378), (23, 6, 1, 0.4482),
    ]  # fmt: skip
    assert (curve.n, curve.events, curve.longest_months) == (21, 9, 35)
    assert curve.censored_months == (6, 9, 10, 11, 17, 19, 20, 25, 32, 34, 35)


def test_greenwoods_interval_by_hand():
    """Three people: one of 3 dies at 1, one of 2 at 2. S is 2/3, 1/3; V 1/6, 1/6 + 1/2."""
    first, second = kaplan_meier([Followed(1, True), Followed(2, True), Followed(3, False)]).steps
    assert (round(first.survival, 4), round(second.survival, 4)) == (0.6667, 0.3333)
    assert (first.low, first.high) == (pytest.approx(0.0541, abs=1e-4), pytest.approx(0.9452, abs=1e-4))
    assert (second.low, second.high) == (pytest.approx(0.0090, abs=1e-4), pytest.approx(0.7741, abs=1e-4))


def test_a_death_at_the_end_of_anothers_follow_up_comes_first():
    [step] = kaplan_meier([Followed(5, False), Followed(5, True)]).steps
    assert (step.at_risk, step.survival) == (2, 0.5)


def test_when_all_have_died_the_curve_is_at_zero_and_has_no_interval():
    people = [Followed(1, True), Followed(2, True)]
    curve = kaplan_meier(people)
    assert (curve.steps[-1].survival, curve.steps[-1].low) == (0, None)
    assert survival_at(people, curve, 90).survival == 0


def test_beyond_the_longest_follow_up_nothing_is_said():
    people = remissions()
    curve = kaplan_meier(people)
    assert survival_at(people, curve, 36).survival is None
    assert round(survival_at(people, curve, 24).survival, 4) == 0.4482
    assert survival_at(people, curve, 3).survival == 1
    assert survival_at([], kaplan_meier([]), 0).survival is None


def test_without_censoring_before_three_years_the_papers_shares_come_out():
    """5 of 70 recurred, all of the 49 at high risk: printed as 92.8 % and 89.8 %."""
    for n, printed in ((70, 0.928), (49, 0.898)):
        people = [Followed(20.0, True)] * 5 + [Followed(40.0, False)] * (n - 5)
        assert survival_at(people, kaplan_meier(people), 36).survival == pytest.approx(printed, abs=1e-3)


@pytest.mark.parametrize("months", [-1.0, float("nan"), float("inf")])
def test_a_time_that_cannot_be_is_refused(months):
    with pytest.raises(NotAFollowUp):
        kaplan_meier([Followed(months, True)])


@pytest.mark.filterwarnings("ignore:The confidence interval is undefined")
@given(FOLLOWED)
def test_the_curve_is_that_of_the_library(people):
    curve = kaplan_meier(people)
    lived = [one.months for one in people if not one.event]
    died = [one.months for one in people if one.event]
    known = stats.ecdf(stats.CensoredData(uncensored=died, right=lived)).sf
    for step in curve.steps:
        assert step.survival == pytest.approx(float(known.evaluate(step.months)), abs=1e-9)
    if died and lived:
        bounds = known.confidence_interval(method="log-log")
        for step in curve.steps:
            if step.low is not None:
                assert step.low == pytest.approx(float(bounds.low.evaluate(step.months)), abs=1e-9)
                assert step.high == pytest.approx(float(bounds.high.evaluate(step.months)), abs=1e-9)


@given(FOLLOWED)
def test_the_curve_falls_within_its_interval_and_counts_everyone(people):
    curve = kaplan_meier(people)
    values = [1.0, *(step.survival for step in curve.steps)]
    assert values == sorted(values, reverse=True) and values[-1] >= 0
    assert sum(step.events for step in curve.steps) == curve.events
    assert all(step.at_risk == at_risk(people, step.months) for step in curve.steps)
    assert all(step.low < step.survival < step.high for step in curve.steps if step.low is not None)


@given(FOLLOWED, st.integers(1, 5))
def test_the_order_and_the_unit_of_time_do_not_matter(people, factor):
    longer = [Followed(one.months * factor, one.event) for one in reversed(people)]
    assert [s.survival for s in kaplan_meier(longer).steps] == [
        s.survival for s in kaplan_meier(people).steps
    ]
