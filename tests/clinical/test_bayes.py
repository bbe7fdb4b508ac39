"""The Bayesian estimate, against published figures and against other ways to compute the same."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import exp, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp
from scipy.optimize import minimize

from app.clinical.bayes import (
    JIANG_2023,
    WIDMER_2006,
    DoseGiven,
    LevelMeasured,
    estimate,
    prior_named,
)
from app.clinical.bayes.kinetics import steady_state, superposed
from app.clinical.errors import (
    DrawBeforeDose,
    NaiveTime,
    NoLevel,
    NotAConcentration,
    NotADose,
    NotATrough,
    NotPositive,
    UnknownPrior,
)

START = datetime(2026, 8, 1, 0, 0, tzinfo=UTC)
DAILY = [DoseGiven(START + timedelta(days=day), 400) for day in range(60)]
PRIORS = pytest.mark.parametrize("prior", [JIANG_2023, WIDMER_2006], ids=lambda prior: prior.code)


def level(ug_per_l, day=60.0):
    return LevelMeasured(START + timedelta(days=day), ug_per_l)


def amounts_by_ode(times_h, doses_h, doses_mg, cl, v, ka):
    """Gut and blood integrated step by step, with each dose put into the gut at its time."""
    amounts, at, seen = np.zeros(2), 0.0, {}
    for moment in sorted({*times_h, *doses_h}):
        if moment > at:
            run = solve_ivp(lambda t, a: [-ka * a[0], ka * a[0] - cl / v * a[1]], (at, moment), amounts, rtol=1e-9, atol=1e-9)
            amounts, at = run.y[:, -1], moment
        seen[moment] = 1000 * amounts[1] / v
        amounts = amounts + np.array([sum(mg for h, mg in zip(doses_h, doses_mg, strict=True) if h == moment), 0.0])
    return np.array([seen[moment] for moment in times_h])


@pytest.mark.parametrize(("prior", "published"), [(JIANG_2023, 1022.7), (WIDMER_2006, 732.1)])
def test_the_typical_trough_at_400_mg_is_the_published_one(prior, published):
    (trough,) = steady_state(np.array([24.0]), 400, prior.cl_l_per_h, prior.v_l, prior.ka_per_h)
    assert trough == pytest.approx(published, abs=0.05)


@PRIORS
def test_the_area_under_a_day_times_clearance_is_the_dose(prior):
    hours = np.linspace(0, 24, 20001)
    curve = steady_state(hours, 400, prior.cl_l_per_h, prior.v_l, prior.ka_per_h)
    assert np.trapezoid(curve, hours) * prior.cl_l_per_h / 1000 == pytest.approx(400, rel=1e-5)


@PRIORS
def test_steady_state_is_the_closed_form(prior):
    k, ka, t = prior.cl_l_per_h / prior.v_l, prior.ka_per_h, np.linspace(0, 24, 49)
    closed = 1000 * 300 * ka / (prior.v_l * (ka - k)) * (
        np.exp(-k * t) / (1 - np.exp(-24 * k)) - np.exp(-ka * t) / (1 - np.exp(-24 * ka)))  # fmt: skip
    np.testing.assert_allclose(steady_state(t, 300, prior.cl_l_per_h, prior.v_l, ka), closed, rtol=1e-9)


@PRIORS
def test_late_and_missed_doses_and_a_dose_step_agree_with_the_differential_equation(prior):
    doses_h = [0, 24, 49.5, 96, 120, 145, 168, 192.25]  # the dose of day 3 was missed
    doses_mg = [400, 400, 400, 400, 300, 300, 300, 200]
    times = [23.0, 71.0, 95.0, 119.5, 167.0, 215.0, 250.0]
    ours = superposed(np.array(times), np.array(doses_h), np.array(doses_mg, float), 8.0, 260.0, prior.ka_per_h)
    np.testing.assert_allclose(ours, amounts_by_ode(times, doses_h, doses_mg, 8.0, 260.0, prior.ka_per_h), rtol=1e-5)


def test_absorption_as_fast_as_elimination_has_no_hole():
    near = [superposed(np.array([20.0]), np.array([0.0]), np.array([400.0]), 10.0, 100.0, ka)[0] for ka in (0.0999999, 0.1, 0.1000001)]
    assert near[0] == pytest.approx(near[1], rel=1e-5) and near[2] == pytest.approx(near[1], rel=1e-5)


@pytest.mark.parametrize(("measured", "pulled_to"), [(1900, 1255), (3000, 1443)])
def test_the_narrow_prior_pulls_a_high_level_and_says_so(measured, pulled_to):
    found = estimate(DAILY, [level(measured)], 400)
    (fitted,) = found.levels
    assert found.current.trough_ug_per_l == pytest.approx(pulled_to, abs=0.6)
    assert fitted.measured_ug_per_l == pytest.approx(measured)
    assert fitted.shrinkage == pytest.approx(log(measured / pulled_to) / log(measured / 1022.7), abs=0.002)
    assert found.disagrees and found.wider.prior == "widmer_2006" and found.wider.wider is None


def test_a_level_as_expected_needs_no_second_prior():
    found = estimate(DAILY, [level(1022.7)], 400)
    assert not found.disagrees and found.wider is None
    assert found.current.trough_ug_per_l == pytest.approx(1022.7, abs=0.1)
    exact = estimate(DAILY, [level(found.levels[0].expected_ug_per_l)], 400)
    assert exact.levels[0].shrinkage is None


def test_the_wide_prior_has_nothing_wider_beside_it():
    found = estimate(DAILY, [level(4000)], 400, WIDMER_2006)
    assert found.disagrees and found.wider is None


def test_disagreement_begins_beyond_one_and_a_half_deviations():
    def off(ug_per_l):
        found = estimate(DAILY, [level(ug_per_l)], 400)
        return found.levels[0].sd_off, found.disagrees

    one = log(1100 / 1022.67) / off(1100)[0]
    assert off(1022.67 * exp(1.49 * one))[1] is False
    assert off(1022.67 * exp(1.51 * one))[1] is True
    assert off(1022.67 * exp(-1.51 * one))[1] is True


@PRIORS
def test_the_maximum_is_found_by_another_search_over_the_same_posterior(prior):
    doses = [one for one in DAILY if one.taken_at != DAILY[57].taken_at]
    levels = [level(1500, 30), level(900, 45), level(1300, 58.9)]
    doses_h = np.array([(one.taken_at - START) / timedelta(hours=1) for one in doses])
    times = np.array([30, 45, 58.9]) * 24
    if prior.sd_log_v:
        covariance = prior.correlation * prior.sd_log_cl * prior.sd_log_v
        inverse = np.linalg.inv([[prior.sd_log_cl**2, covariance], [covariance, prior.sd_log_v**2]])
    else:
        inverse = np.diag([prior.sd_log_cl**-2, 1e9])

    def minus_log_posterior(eta):
        c = superposed(times, doses_h, np.full(len(doses_h), 400.0), prior.cl_l_per_h * exp(eta[0]), prior.v_l * exp(eta[1]), prior.ka_per_h)
        misfit = (np.log([1500, 900, 1300]) - np.log(c)) / prior.residual
        return misfit @ misfit + eta @ inverse @ eta

    best = minimize(minus_log_posterior, [0.0, 0.0], method="Nelder-Mead", options={"xatol": 1e-8, "fatol": 1e-10, "maxiter": 5000})
    found = estimate(doses, levels, 400, prior)
    assert found.cl_l_per_h == pytest.approx(prior.cl_l_per_h * exp(best.x[0]), rel=1e-4)
    assert found.v_l == pytest.approx(prior.v_l * exp(best.x[1]), rel=1e-3)


def test_the_interval_is_that_of_the_posterior_on_a_grid():
    found = estimate(DAILY, [level(1500)], 400)
    etas = np.linspace(-0.7, 0.7, 1401)
    prior = JIANG_2023
    troughs = np.array([superposed(np.array([1440.0]), np.arange(60) * 24.0, np.full(60, 400.0), prior.cl_l_per_h * exp(e), prior.v_l, prior.ka_per_h)[0] for e in etas])
    weight = np.exp(-0.5 * ((np.log(1500 / troughs) / prior.residual) ** 2 + (etas / prior.sd_log_cl) ** 2))
    rising = np.argsort(troughs)
    share = np.cumsum(weight[rising]) / weight.sum()
    low, high = np.interp([0.05, 0.95], share, troughs[rising])
    assert found.current.low_ug_per_l == pytest.approx(low, rel=0.02)
    assert found.current.high_ug_per_l == pytest.approx(high, rel=0.02)
    assert found.interval_includes_residual is False


def test_more_levels_narrow_the_interval():
    def width(levels):
        at = estimate(DAILY, levels, 400).current
        return at.high_ug_per_l / at.low_ug_per_l

    assert width([level(1100, 30), level(1100, 45), level(1100)]) < width([level(1100)])


def test_a_missed_dose_before_the_draw_means_a_higher_exposure_for_the_same_level():
    kept = DAILY[:-1]
    assert estimate(kept, [level(800)], 400).current.trough_ug_per_l > estimate(DAILY, [level(800)], 400).current.trough_ug_per_l


def test_a_low_red_cell_count_means_a_slower_clearance():
    anaemic, usual = (estimate(DAILY, [level(1100)], 400, rbc=rbc) for rbc in (2.6, 3.7))
    assert anaemic.levels[0].expected_ug_per_l > usual.levels[0].expected_ug_per_l
    assert usual == estimate(DAILY, [level(1100)], 400)
    assert estimate(DAILY, [level(1100)], 400, WIDMER_2006, rbc=2.6) == estimate(DAILY, [level(1100)], 400, WIDMER_2006)
    assert JIANG_2023.clearance(3.7 * 2) == pytest.approx(9.72 * 2**0.49)


def test_the_curve_is_a_day_at_steady_state_and_ends_in_the_trough():
    found = estimate(DAILY, [level(1500)], 300)
    assert [found.curve[0].hours, found.curve[-1].hours, len(found.curve)] == [0.0, 24.0, 49]
    assert found.curve[-1].ug_per_l == pytest.approx(found.current.trough_ug_per_l)
    assert all(p.low_ug_per_l < p.ug_per_l < p.high_ug_per_l for p in found.curve)


levels_told = st.floats(50, 8000)


@settings(max_examples=40, deadline=None)
@given(levels_told, levels_told, st.sampled_from([JIANG_2023, WIDMER_2006]))
def test_chances_sum_to_one_and_a_lower_dose_is_a_proportionally_lower_trough(one, two, prior):
    found = estimate(DAILY, [level(one, 40), level(two)], 400, prior)
    for at in found.doses:
        parts = (at.p_below_760, at.p_760_to_1100, at.p_1100_to_1500, at.p_at_or_above_1500)
        assert sum(parts) == pytest.approx(1) and min(parts) >= 0
        assert at.trough_ug_per_l == pytest.approx(found.current.trough_ug_per_l * at.dose_mg / 400)
    assert found.doses[0].p_below_760 <= found.doses[1].p_below_760 <= found.doses[2].p_below_760


@settings(max_examples=40, deadline=None)
@given(levels_told, st.sampled_from([JIANG_2023, WIDMER_2006]))
def test_noise_leaves_the_prior_and_exactness_follows_the_data(measured, prior):
    noisy = estimate(DAILY, [level(measured)], 400, replace(prior, residual=1e4))
    assert noisy.current.trough_ug_per_l == pytest.approx(noisy.levels[0].expected_ug_per_l, rel=1e-3)
    exact = estimate(DAILY, [level(measured)], 400, replace(prior, residual=1e-3, sd_log_cl=1.0))
    assert exact.levels[0].fitted_ug_per_l == pytest.approx(measured, rel=0.02)


@settings(max_examples=40, deadline=None)
@given(levels_told, levels_told)
def test_a_higher_level_never_means_a_lower_trough(one, two):
    low, high = sorted((one, two))
    assert estimate(DAILY, [level(low)], 400).current.trough_ug_per_l <= estimate(DAILY, [level(high)], 400).current.trough_ug_per_l * (1 + 1e-6)


def test_a_clock_change_between_dose_and_draw_is_elapsed_time():
    from zoneinfo import ZoneInfo

    berlin = ZoneInfo("Europe/Berlin")
    local = [DoseGiven(datetime(2026, 10, day, 8, tzinfo=berlin), 400) for day in range(1, 25)]
    at_utc = [DoseGiven(one.taken_at.astimezone(UTC), 400) for one in local]
    drawn = datetime(2026, 10, 25, 8, tzinfo=berlin)
    assert estimate(local, [LevelMeasured(drawn, 1200)], 400) == estimate(at_utc, [LevelMeasured(drawn.astimezone(UTC), 1200)], 400)


@pytest.mark.parametrize(("doses", "levels", "mg", "rbc", "error", "field"), [
    (DAILY, [], 400, None, NoLevel, "levels"),
    ([], [level(1000)], 400, None, NotADose, "doses"),
    ([DoseGiven(START, 0)], [level(1000)], 400, None, NotADose, "doses"),
    ([DoseGiven(START, 801)], [level(1000)], 400, None, NotADose, "doses"),
    ([DoseGiven(START, float("nan"))], [level(1000)], 400, None, NotADose, "doses"),
    (DAILY, [level(-5)], 400, None, NotAConcentration, "levels"),
    (DAILY, [level(1000, 0)], 400, None, DrawBeforeDose, "levels"),
    (DAILY, [level(1000, -1)], 400, None, DrawBeforeDose, "levels"),
    (DAILY, [level(1000, 69.01)], 400, None, NotATrough, "levels"),
    (DAILY, [level(1000, 1500)], 400, None, NotATrough, "levels"),
    ([DoseGiven(datetime(2026, 8, 1), 400)], [level(1000)], 400, None, NaiveTime, "doses"),
    (DAILY, [LevelMeasured(datetime(2026, 9, 30), 1000)], 400, None, NaiveTime, "levels"),
    (DAILY, [level(1000)], 0, None, NotADose, "current_dose_mg"),
    (DAILY, [level(1000)], 801, None, NotADose, "current_dose_mg"),
    (DAILY, [level(1000)], 400, 0.9, NotPositive, "rbc"),
    (DAILY, [level(1000)], 400, 37.0, NotPositive, "rbc"),
])  # fmt: skip
def test_what_cannot_be_names_the_field_and_the_remedy(doses, levels, mg, rbc, error, field):
    with pytest.raises(error) as raised:
        estimate(doses, levels, mg, rbc=rbc)
    assert raised.value.field == field and str(raised.value)


def test_a_prior_is_chosen_by_its_code():
    assert prior_named("widmer_2006") is WIDMER_2006
    with pytest.raises(UnknownPrior):
        prior_named("gut_feeling")


def test_shrinkage_is_only_said_where_the_estimate_lies_between():
    last = estimate(DAILY, [level(3000, 40), level(3000, 50), level(1000)], 400).levels[-1]
    assert last.fitted_ug_per_l > last.expected_ug_per_l > last.measured_ug_per_l
    assert last.shrinkage is None


def test_elimination_far_faster_than_absorption_is_still_a_number():
    times, doses, mg = np.array([24.0, 2000.0]), np.array([0.0]), np.array([400.0])
    with np.errstate(all="raise", under="ignore"):
        found = superposed(times, doses, mg, 5000.0, 10.0, 0.5)
    assert np.isfinite(found).all() and (found >= 0).all()
    swapped = superposed(times[:1], doses, mg, 5.0, 10.0, 500.0)  # k and ka change places
    assert found[0] / 0.5 == pytest.approx(swapped[0] / 500.0)
