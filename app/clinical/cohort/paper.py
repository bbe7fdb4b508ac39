"""What the protocol paper printed: Chen ZL et al., Chin J Gastrointest Surg 2024;27(11):1149.

Shown beside a clinic's own figures, and fed in to prove that the same counts give the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.clinical.cohort.counts import ChiSquare, pearson_chi_square


@dataclass(frozen=True, slots=True)
class PrintedCounts:
    """Patients by band of grade (0, 1-2, 3), before and after; the statistic as printed."""

    before: tuple[int, int, int]
    after: tuple[int, int, int]
    statistic: float


@dataclass(frozen=True, slots=True)
class PrintedMean:
    """Mean and SD as printed, of so many patients."""

    n: int
    mean: float
    sd: float


PATIENTS = 70

# Table 2.
ADVERSE_EVENTS: Mapping[str, PrintedCounts] = {
    "marrow": PrintedCounts((18, 50, 2), (34, 36, 0), 9.202),
    "edema": PrintedCounts((3, 60, 7), (35, 35, 0), 40.526),
    "skin": PrintedCounts((21, 42, 7), (47, 23, 0), 22.495),
    "gi": PrintedCounts((43, 25, 2), (63, 7, 0), 15.899),
}

# Table 1; tumour size and mitoses of 69, as one had imatinib before surgery; mutations of 58.
BASELINE: Mapping[str, Mapping[str, int]] = {
    "sex": {"male": 15, "female": 55},
    "site": {"stomach": 32, "other": 38},
    "operation": {"gastric_wedge": 19, "gastrectomy": 16, "small_bowel": 29, "other": 6},
    "diameter": {"up_to_10": 60, "over_10": 9},
    "mitoses": {"up_to_10": 64, "over_10": 5},
    "risk": {"low": 6, "intermediate": 14, "high": 49},
    "mutation": {"kit_9": 3, "kit_11": 48, "other": 7},
}
BASELINE_OF: Mapping[str, int] = {"diameter": 69, "mitoses": 69, "mutation": 58}  # else of all 70
MEANS: Mapping[str, PrintedMean] = {
    "bmi": PrintedMean(70, 21.5, 2.6),
    "bsa": PrintedMean(70, 1.7, 0.1),
}
AGE_MEDIAN_LEAST_MOST = (60, 25, 82)

# Results 1: corrected troughs, ug/L, of 400 mg before and of each dose after.
LEVEL_BEFORE = PrintedMean(70, 1900, 568)
LEVELS_AFTER: Mapping[int, PrintedMean] = {
    300: PrintedMean(60, 1216, 350),
    200: PrintedMean(10, 1023, 269),
}
MONTHS_ON_DOSE: Mapping[str, float] = {"before": 8.3, "after": 23.4}

# Results 3: the means of four scales each, before and after.
SF36: Mapping[str, tuple[PrintedMean, PrintedMean]] = {
    "pcs_mean": (PrintedMean(70, 76, 5), PrintedMean(70, 88, 4)),
    "mcs_mean": (PrintedMean(70, 75, 6), PrintedMean(70, 89, 4)),
}

# Results 4: of all 70, and of the 49 at high risk, after 3 years. 0.928 and 0.898 are 65 of 70 and
# 44 of 49: shares without regard to how long each was followed.
SURVIVAL_36_MONTHS: Mapping[str, float] = {"os": 1.0, "rfs": 0.928, "rfs_high_risk": 0.898}


def reproduced() -> dict[str, ChiSquare]:
    """The chi-square of each family of Table 2, computed from the counts that are printed."""
    return {
        family: pearson_chi_square(printed.before, printed.after)
        for family, printed in ADVERSE_EVENTS.items()
    }
