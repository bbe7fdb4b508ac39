"""Published population models of imatinib, as data."""

from dataclasses import dataclass
from math import exp, isfinite, log

from app.clinical.errors import NotPositive, UnknownPrior


@dataclass(frozen=True, slots=True)
class Prior:
    """One compartment with first-order absorption; parameters log-normal between patients.

    Clearance in L/h, volume in L (both apparent), ka per hour; `sd_log_*` are the standard
    deviations of the log parameters between patients, 0 where the model has none; `correlation`
    is of log clearance and log volume; `residual` is the proportional error of one level.
    `rbc_power` scales clearance by (RBC / `rbc_reference`) ** power where the RBC is known.
    """

    code: str
    cl_l_per_h: float
    v_l: float
    ka_per_h: float
    sd_log_cl: float
    sd_log_v: float
    correlation: float
    residual: float
    source: str
    rbc_power: float = 0.0
    rbc_reference: float = 1.0

    def clearance(self, rbc: float | None) -> float:
        """Typical clearance, L/h, for an RBC in 10^12/L. Raises NotPositive."""
        if rbc is None or not self.rbc_power:
            return self.cl_l_per_h
        if not (isfinite(rbc) and RBC_LEAST <= rbc <= RBC_MOST):
            raise NotPositive("rbc", "The RBC must be 1 to 10, in 10^12/L; check the unit.")
        return self.cl_l_per_h * exp(self.rbc_power * log(rbc / self.rbc_reference))


# An RBC outside these is a slip of the unit; the project's own choice.
RBC_LEAST, RBC_MOST = 1.0, 10.0

JIANG_2023 = Prior(
    "jiang_2023", 9.72, 229.0, 1.22, 0.139, 0.0, 0.0, 0.296,
    "Jiang 2023, Chinese patients on adjuvant imatinib after resection of GIST",
    rbc_power=0.49, rbc_reference=3.7,
)  # fmt: skip
WIDMER_2006 = Prior(
    "widmer_2006", 14.3, 347.0, 0.61, 0.356, 0.629, 0.798, 0.3138,
    "Widmer 2006, base model, GIST and CML",
)  # fmt: skip
PRIORS = {prior.code: prior for prior in (JIANG_2023, WIDMER_2006)}


def prior_named(code: str) -> Prior:
    """A prior by its code. Raises UnknownPrior."""
    if code not in PRIORS:
        raise UnknownPrior("prior")
    return PRIORS[code]
