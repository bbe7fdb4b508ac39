"""Statistics of a cohort: counts, means and survival, as the protocol paper reports them."""

from app.clinical.cohort.body import bmi_kg_per_m2, bsa_m2
from app.clinical.cohort.counts import (
    BANDS,
    ChiSquare,
    MarginalHomogeneity,
    band_of,
    moved_between,
    pearson_chi_square,
    stuart_maxwell,
)
from app.clinical.cohort.means import (
    Anova,
    Correlation,
    MeanTest,
    Spread,
    independent_t,
    one_way_anova,
    paired_t,
    pearson_r,
    spread,
)
from app.clinical.cohort.survival import (
    Curve,
    CurvePoint,
    CurveStep,
    Followed,
    at_risk,
    kaplan_meier,
    survival_at,
)

__all__ = [
    "BANDS", "Anova", "ChiSquare", "Correlation", "Curve", "CurvePoint", "CurveStep", "Followed",
    "MarginalHomogeneity", "MeanTest", "Spread", "at_risk", "band_of", "bmi_kg_per_m2", "bsa_m2",
    "independent_t", "kaplan_meier", "moved_between", "one_way_anova", "paired_t",
    "pearson_chi_square", "pearson_r", "spread", "stuart_maxwell", "survival_at",
]  # fmt: skip
