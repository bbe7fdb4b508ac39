"""Figures of the cohort report as a reader sees them."""

from app.clinical.cohort import ChiSquare, MarginalHomogeneity, MeanTest, Spread
from app.clinical.cohort.paper import PrintedMean

NONE = "–"


def number(value: float, digits: int = 0) -> str:
    """With a true minus, and no minus before a zero."""
    told = f"{value:.{digits}f}"
    return (told if float(told) else f"{0:.{digits}f}").replace("-", "−")


def share(part: int, whole: int) -> str:
    """15 (21.4)"""
    return f"{part} ({100 * part / whole:.1f})" if whole else f"{part}"


def mean_sd(one: Spread | PrintedMean, digits: int = 0) -> str:
    """1900 ± 568; of one value alone there is no SD."""
    if one.mean is None:
        return NONE
    mean = number(one.mean, digits)
    return mean if one.sd is None else f"{mean} ± {number(one.sd, digits)}"


def mean_sd_n(one: Spread | PrintedMean, digits: int = 0) -> str:
    return f"{mean_sd(one, digits)} ({one.n})"


def median_range(one: Spread, digits: int = 0) -> str:
    """60 (25–82)"""
    if one.median is None or one.least is None or one.most is None:
        return NONE
    ends = f"{number(one.least, digits)}–{number(one.most, digits)}"
    return f"{number(one.median, digits)} ({ends})"


def p_value(p: float | None) -> str:
    if p is None:
        return NONE
    return "< 0.001" if p < 0.0005 else f"{p:.3f}"


def p_told(p: float) -> str:
    """Within a sentence: "= 0.010" or "< 0.001"."""
    told = p_value(p)
    return told if told.startswith("<") else f"= {told}"


def difference(test: MeanTest | None, digits: int = 0) -> str:
    """−684 (−801, −567); a dash where there is no test."""
    if test is None:
        return NONE
    ends = f"{number(test.low, digits)}, {number(test.high, digits)}"
    return f"{number(test.difference, digits)} ({ends})"


def chi(one: ChiSquare | MarginalHomogeneity) -> str:
    """9.202 (0.010)"""
    return NONE if one.p is None else f"{one.statistic:.3f} ({p_value(one.p)})"


def percent(value: float) -> str:
    return f"{100 * value:.1f}"
