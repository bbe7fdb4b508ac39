"""One compartment, first-order absorption: concentrations in ug/L from doses in mg."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
TAU_H = 24.0
# So many past doses stand for steady state: at a half-life of 138 h what is left is 3e-13.
_DOSES_AT_STEADY_STATE = 240


def superposed(
    times_h: Floats, doses_h: Floats, doses_mg: Floats, cl: float, v: float, ka: float
) -> Floats:
    """The concentration at each time, summed over the doses taken by then.

    Written so that it holds where ka equals CL/V: (e^-k t - e^-ka t)/(ka - k) is
    t e^-m t (1 - e^-x)/x with m the lesser of k and ka, and x = |ka - k| t.
    """
    since = np.maximum(times_h[:, None] - doses_h[None, :], 0.0)
    k = cl / v
    x = abs(ka - k) * since
    shape = np.divide(-np.expm1(-x), x, out=np.ones_like(x), where=np.abs(x) > 1e-12)
    one: Any = (1000.0 * ka / v) * since * np.exp(-min(k, ka) * since) * shape
    return np.asarray(one @ doses_mg, dtype=np.float64)


def steady_state(hours: Floats, daily_mg: float, cl: float, v: float, ka: float) -> Floats:
    """The concentration at hours after the last of many equal daily doses."""
    doses_h = -TAU_H * np.arange(_DOSES_AT_STEADY_STATE, dtype=np.float64)
    mg = np.full(_DOSES_AT_STEADY_STATE, float(daily_mg))
    return superposed(hours, doses_h, mg, cl, v, ka)
