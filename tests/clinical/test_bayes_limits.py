"""The Bayesian estimate at its edges: which histories it takes, its spread and its chances."""

from datetime import UTC, datetime, timedelta
from math import exp, log, sqrt
from statistics import NormalDist

import numpy as np
import pytest

from app.clinical.bayes import JIANG_2023, WIDMER_2006, DoseGiven, LevelMeasured, estimate
from app.clinical.bayes.kinetics import superposed
from app.clinical.errors import ClinicalError

START = datetime(2026, 8, 1, 0, 0, tzinfo=UTC)
DAILY = [DoseGiven(START + timedelta(days=day), 400) for day in range(60)]
HOUR = timedelta(hours=1)
PRIORS = pytest.mark.parametrize("prior", [JIANG_2023, WIDMER_2006], ids=lambda prior: prior.code)


def level(ug_per_l, day=60.0):
    return LevelMeasured(START + timedelta(days=day), ug_per_l)


def given(*taken):
    """Doses as pairs of hours from the start and mg."""
    return [DoseGiven(START + hours * HOUR, mg) for hours, mg in taken]


@pytest.mark.parametrize("mg", [0.5, 1, 800])
def test_a_dose_of_up_to_800_mg_is_taken(mg):
    assert estimate(given((0, mg)), [level(100, 1)], 400).cl_l_per_h > 0


@pytest.mark.parametrize("mg", [0.5, 1, 800])
def test_the_current_dose_is_above_0_and_up_to_800_mg(mg):
    found = estimate(DAILY, [level(1000)], mg)
    assert found.current.dose_mg == mg
    assert (found.prior, found.source) == (JIANG_2023.code, JIANG_2023.source)


@pytest.mark.parametrize("rbc", [1, 10])
def test_a_red_cell_count_of_1_to_10_is_taken(rbc):
    assert JIANG_2023.clearance(rbc) == pytest.approx(9.72 * (rbc / 3.7) ** 0.49)


@pytest.mark.parametrize("rbc", [0.99, 10.01])
def test_another_red_cell_count_is_refused_with_the_remedy(rbc):
    with pytest.raises(ClinicalError) as refused:
        JIANG_2023.clearance(rbc)
    said = "The RBC must be 1 to 10, in 10^12/L; check the unit."
    assert (refused.value.field, str(refused.value)) == ("rbc", said)


@pytest.mark.parametrize(
    ("doses", "drawn_h", "taken"),
    [
        ([(0, 400)], 0.5, True),
        ([(0, 400)], 20, True),
        ([(0, 400)], 240, True),
        ([(0, 400)], 240.001, False),
        ([(0, 400), (300, 400)], 300, False),
        ([(0, 400), (300, 400)], 300.001, True),
    ],
)
def test_a_level_needs_a_dose_in_the_10_days_before_it(doses, drawn_h, taken):
    levels = [LevelMeasured(START + drawn_h * HOUR, 100)]
    if taken:
        assert estimate(given(*doses), levels, 400).levels
        return
    with pytest.raises(ClinicalError) as refused:
        estimate(given(*doses), levels, 400)
    said = "Each level needs a dose in the 10 days before it; check both."
    assert (refused.value.field, str(refused.value)) == ("levels", said)


@pytest.mark.parametrize(
    ("doses", "said"),
    [
        ([], "Send at least the dose before the draw."),
        ([(0, 801)], "Each dose must be above 0 and at most 800 mg."),
    ],
)
def test_doses_that_cannot_be_say_what_would_be_right(doses, said):
    with pytest.raises(ClinicalError) as refused:
        estimate(given(*doses), [level(1000)], 400)
    assert (refused.value.field, str(refused.value)) == ("doses", said)


@PRIORS
def test_a_level_is_off_by_the_priors_spread_and_the_residual_together(prior):
    hours = np.array([one.taken_at - START for one in DAILY]) / HOUR

    def log_level(eta_cl, eta_v):
        cl, v = prior.cl_l_per_h * exp(eta_cl), prior.v_l * exp(eta_v)
        mg = np.full(len(hours), 400.0)
        return log(superposed(np.array([1440.0]), hours.astype(float), mg, cl, v, prior.ka_per_h)[0])

    by_cl = (log_level(1e-4, 0) - log_level(-1e-4, 0)) / 2e-4 * prior.sd_log_cl
    by_v = (log_level(0, 1e-4) - log_level(0, -1e-4)) / 2e-4 * prior.sd_log_v
    variance = by_cl**2 + by_v**2 + 2 * prior.correlation * by_cl * by_v + prior.residual**2
    (found,) = estimate(DAILY, [level(2000)], 400, prior).levels
    assert found.sd_off == pytest.approx((log(2000) - log_level(0, 0)) / sqrt(variance), rel=1e-5)


@PRIORS
def test_the_chances_of_the_bands_are_those_of_the_median_and_its_interval(prior):
    for at in estimate(DAILY, [level(1500)], 400, prior).doses:
        sd = log(at.high_ug_per_l / at.trough_ug_per_l) / NormalDist().inv_cdf(0.95)
        spread = NormalDist(log(at.trough_ug_per_l), sd)
        below = [spread.cdf(log(bound)) for bound in (760, 1100, 1500)]
        chances = (below[0], below[1] - below[0], below[2] - below[1], 1 - below[2])
        assert chances == pytest.approx(
            (at.p_below_760, at.p_760_to_1100, at.p_1100_to_1500, at.p_at_or_above_1500)
        )


@PRIORS
def test_the_interval_of_the_curve_ends_in_that_of_the_trough(prior):
    found = estimate(DAILY, [level(1500)], 400, prior)
    end, trough = found.curve[-1], found.current
    assert (end.low_ug_per_l, end.high_ug_per_l) == pytest.approx(
        (trough.low_ug_per_l, trough.high_ug_per_l)
    )
    for point in found.curve:
        assert point.ug_per_l**2 == pytest.approx(point.low_ug_per_l * point.high_ug_per_l)


def test_an_estimate_on_the_other_side_of_the_expected_level_has_no_shrinkage():
    last = estimate(DAILY, [level(2000, 40), level(700)], 400).levels[-1]
    beyond = log(last.fitted_ug_per_l / last.expected_ug_per_l)
    short = log(last.expected_ug_per_l / last.measured_ug_per_l)
    assert 0 < beyond < short
    assert last.shrinkage is None
