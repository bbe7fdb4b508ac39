"""The Bayesian estimate: shown beside the corrected level, never instead of it."""

from app.clinical.bayes.estimate import AtDose, CurvePoint, Estimate, Fitted, estimate
from app.clinical.bayes.history import DoseGiven, LevelMeasured
from app.clinical.bayes.priors import JIANG_2023, PRIORS, WIDMER_2006, Prior, prior_named

__all__ = [
    "JIANG_2023", "PRIORS", "WIDMER_2006", "AtDose", "CurvePoint", "DoseGiven", "Estimate",
    "Fitted", "LevelMeasured", "Prior", "estimate", "prior_named",
]  # fmt: skip
