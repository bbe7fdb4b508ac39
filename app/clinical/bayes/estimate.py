"""A patient's clearance and trough from the whole history of doses and levels (MAP).

Maximum a posteriori by least squares on whitened log parameters; the spread is Laplace's, from
the curvature at the maximum. What varies between occasions is taken as part of the residual.
The dose rule never uses it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import NormalDist

import numpy as np
from scipy.optimize import least_squares

from app.clinical.bayes.history import DoseGiven, History, LevelMeasured, history
from app.clinical.bayes.kinetics import TAU_H, Floats, steady_state, superposed
from app.clinical.bayes.priors import JIANG_2023, WIDMER_2006, Prior
from app.clinical.errors import NotADose
from app.clinical.trough import EXPECTED_FROM_UG_PER_L, EXPECTED_TO_UG_PER_L, RULE_LINE_UG_PER_L

# Level and prior disagree beyond this many standard deviations of what the prior expects of a
# level; the project's own choice.
DISAGREES_BEYOND_SD = 1.5
DOSES_MG = (400, 300, 200)
_Z90 = 1.6448536269514722  # 5 % of a normal distribution lie above
_STEP = 1e-4
_CURVE_H = np.arange(0.0, TAU_H + 0.25, 0.5)


@dataclass(frozen=True, slots=True)
class Fitted:
    """One level: as measured, as the prior alone expects it, as the estimate has it; ug/L.

    `shrinkage` is the part of the way from measured to expected, in logarithms, that the prior
    took back: 0 is none, 1 is all; None where the estimate lies not between the two, as can be
    with several levels, or where they are the same. `sd_off` is how
    many standard deviations of the prior's own spread, residual included, the level lies off.
    """

    measured_ug_per_l: float
    expected_ug_per_l: float
    fitted_ug_per_l: float
    shrinkage: float | None
    sd_off: float


@dataclass(frozen=True, slots=True)
class AtDose:
    """The true trough at steady state on a daily dose: median, and the chance of each band."""

    dose_mg: int
    trough_ug_per_l: float
    low_ug_per_l: float
    high_ug_per_l: float
    p_below_760: float
    p_760_to_1100: float
    p_1100_to_1500: float
    p_at_or_above_1500: float


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Steady state at hours after the dose, with the 90 % interval; ug/L."""

    hours: float
    ug_per_l: float
    low_ug_per_l: float
    high_ug_per_l: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """Clearance in L/h, volume in L, the trough at 24 h at the current dose, and what it rests on.

    Intervals are 90 % of the true concentration: they leave out the residual error of one
    measurement (`interval_includes_residual` is False). `wider` is the estimate from Widmer's
    wider prior where level and prior disagree.
    """

    prior: str
    source: str
    cl_l_per_h: float
    v_l: float
    current: AtDose
    doses: tuple[AtDose, ...]
    curve: tuple[CurvePoint, ...]
    levels: tuple[Fitted, ...]
    disagrees: bool
    wider: "Estimate | None" = None
    interval_includes_residual: bool = False


def estimate(
    doses: Sequence[DoseGiven],
    levels: Sequence[LevelMeasured],
    current_dose_mg: int,
    prior: Prior = JIANG_2023,
    rbc: float | None = None,
) -> Estimate:
    """Estimate from all doses kept down and all levels; the RBC in 10^12/L where it is known.

    Raises NoLevel, NotADose, NotAConcentration, NaiveTime, DrawBeforeDose, NotPositive.
    """
    if not 0 < current_dose_mg <= 800:
        raise NotADose("current_dose_mg")
    found = _fit(history(doses, levels), prior, rbc)
    disagrees = any(abs(one.sd_off) > DISAGREES_BEYOND_SD for one in found.levels)
    wider = None
    if disagrees and prior != WIDMER_2006:
        wider = estimate(doses, levels, current_dose_mg, WIDMER_2006)
    cl, v = found.parameters(found.z)
    return Estimate(
        prior.code, prior.source, cl, v, _at_dose(found, current_dose_mg),
        tuple(_at_dose(found, mg) for mg in DOSES_MG), _curve(found, current_dose_mg),
        found.levels, disagrees, wider,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Fit:
    """The maximum in whitened parameters z, their covariance, and how z becomes CL and V."""

    prior: Prior
    typical_cl: float
    root: Floats
    z: Floats
    covariance: Floats
    levels: tuple[Fitted, ...] = ()

    def parameters(self, z: Floats) -> tuple[float, float]:
        eta = self.root @ z
        return self.typical_cl * exp(float(eta[0])), self.prior.v_l * exp(float(eta[1]))


def _fit(known: History, prior: Prior, rbc: float | None) -> _Fit:
    root = _root(prior)
    start = _Fit(prior, prior.clearance(rbc), root, np.zeros(root.shape[1]), np.eye(root.shape[1]))

    def off(z: Floats) -> Floats:
        misfit = (known.log_levels - _log_levels(start, known, z)) / prior.residual
        return np.concatenate([misfit, z])

    solved = least_squares(off, start.z, method="lm")
    covariance = np.linalg.inv(solved.jac.T @ solved.jac)
    return _Fit(
        prior, start.typical_cl, root, solved.x, covariance, _fitted(start, known, solved.x)
    )


def _root(prior: Prior) -> Floats:
    """The lower root of the covariance of (log CL, log V), without columns that do not vary."""
    rest = prior.sd_log_v * sqrt(1 - prior.correlation**2)
    root = np.array([[prior.sd_log_cl, 0.0], [prior.correlation * prior.sd_log_v, rest]])
    return root[:, : 2 if prior.sd_log_v else 1]


def _log_levels(fit: _Fit, known: History, z: Floats) -> Floats:
    cl, v = fit.parameters(z)
    levels = superposed(known.drawn_h, known.doses_h, known.doses_mg, cl, v, fit.prior.ka_per_h)
    return np.log(levels)


def _fitted(start: _Fit, known: History, z: Floats) -> tuple[Fitted, ...]:
    expected, found = _log_levels(start, known, start.z), _log_levels(start, known, z)
    slopes = _slopes(lambda at: _log_levels(start, known, at), start.z)
    spread = np.sqrt((slopes**2).sum(axis=1) + start.prior.residual**2)
    off = known.log_levels - expected
    return tuple(
        Fitted(
            exp(measured), exp(e), exp(f),
            _shrinkage(float(measured), float(e), float(f)), float(o / s),
        )
        for measured, e, f, o, s in zip(known.log_levels, expected, found, off, spread, strict=True)
    )  # fmt: skip


def _shrinkage(measured: float, expected: float, fitted: float) -> float | None:
    if abs(measured - expected) < 1e-9:
        return None
    share = 1 - (fitted - expected) / (measured - expected)
    return share if 0 <= share <= 1 else None


def _slopes(of: Callable[[Floats], Floats], z: Floats) -> Floats:
    """The derivative of each value of `of` by each of z, by central differences."""
    steps = np.eye(len(z)) * _STEP
    return np.stack([(of(z + step) - of(z - step)) / (2 * _STEP) for step in steps], axis=1)


def _log_steady(fit: _Fit, hours: Floats, dose_mg: float) -> tuple[Floats, Floats]:
    """The log of the steady-state concentration and its standard deviation."""

    def of(z: Floats) -> Floats:
        cl, v = fit.parameters(z)
        # At 0 h the dose of the moment has not begun to be absorbed; before it there was another.
        return np.log(steady_state(hours, dose_mg, cl, v, fit.prior.ka_per_h))

    slopes = _slopes(of, fit.z)
    variance = np.einsum("ti,ij,tj->t", slopes, fit.covariance, slopes)
    return of(fit.z), np.sqrt(variance)


def _at_dose(fit: _Fit, dose_mg: int) -> AtDose:
    means, sds = _log_steady(fit, np.array([TAU_H]), dose_mg)
    mean, sd = float(means[0]), float(sds[0])
    bounds = (EXPECTED_FROM_UG_PER_L, EXPECTED_TO_UG_PER_L, RULE_LINE_UG_PER_L)
    under = [NormalDist(mean, sd).cdf(log(bound)) for bound in bounds]
    return AtDose(
        dose_mg, exp(mean), exp(mean - _Z90 * sd), exp(mean + _Z90 * sd),
        under[0], under[1] - under[0], under[2] - under[1], 1 - under[2],
    )  # fmt: skip


def _curve(fit: _Fit, dose_mg: int) -> tuple[CurvePoint, ...]:
    means, sds = _log_steady(fit, _CURVE_H, dose_mg)
    return tuple(
        CurvePoint(float(h), exp(m), exp(m - _Z90 * s), exp(m + _Z90 * s))
        for h, m, s in zip(_CURVE_H, means, sds, strict=True)
    )
