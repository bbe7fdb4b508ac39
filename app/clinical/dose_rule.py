"""The protocol's dose rule: a proposal to the clinician, never an order.

Chen ZL et al., Chin J Gastrointest Surg 2024;27(11):1149, methods in Chinese (the English abstract
garbles the rule). The first trough at the current dose counts, not the latest.
"""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from app.clinical.errors import ClinicalError, NotADayCount, NotADose, NotAGrade
from app.clinical.trough import RULE_LINE_UG_PER_L, STEADY_STATE_AFTER, projected
from app.clinical.units import checked_ug_per_l

Branch = Literal["at_or_above_1500", "below_1500", "no_trigger", "cannot_tell"]

# Chen 2024: an adverse event of grade 3 or more, or one that is not tolerated.
TRIGGER_GRADE = 3
# Chen 2024: 300 or 200 mg/d at 1500 ug/L or more, else 300 mg/d after talking it through.
DOSES_MG: dict[Branch, tuple[int, ...]] = {"at_or_above_1500": (300, 200), "below_1500": (300,)}
PROJECTED_DOSES_MG = (300, 200)
ADVICE: dict[Branch, str] = {
    "at_or_above_1500": "choose_by_level_and_expected_range",
    "below_1500": "discuss_with_patient_prefer_300",
}
# Chen 2024: patients start at 400 mg; of higher doses the paper says nothing, nor does the rule.
HIGHEST_DOSE_MG = 400
LOWEST_DOSE_MG = 200
# A slip of the keyboard is refused: tablets are of 100 mg, the label's highest daily dose is 800.
DOSE_STEP_MG = 100
DOSE_MOST_MG = 800
GRADE_MOST = 5


class PaperMean(NamedTuple):
    """The troughs that the paper saw at a dose, in ug/L, and in how many patients."""

    mean_ug_per_l: float
    sd_ug_per_l: float
    patients: int


# Chen 2024, observed after lowering to 300 and 200 mg/d. The mean at 300 mg lies over the expected
# range itself, so "above" alone is no alarm.
PAPER_MEANS = {300: PaperMean(1216.0, 350.0, 60), 200: PaperMean(1023.0, 269.0, 10)}


@dataclass(frozen=True, slots=True)
class DoseProposal:
    """The doses (mg/d) that the rule proposes, by which branch, why, and what is missing.

    `projections` holds the level (ug/L) that linear kinetics expects at each dose (mg/d).
    """

    proposed_doses_mg: tuple[int, ...]
    branch: Branch
    reasons: tuple[str, ...]
    missing: tuple[str, ...]
    projections: dict[int, float]
    paper_means: dict[int, PaperMean] = field(default_factory=lambda: dict(PAPER_MEANS))


def dose_rule(
    worst_grade: int | None,
    intolerable: bool,
    first_trough_ug_per_l: float | None,
    current_dose_mg: int,
    days_at_dose: int | None,
) -> DoseProposal:
    """What the rule proposes; `cannot_tell` with reasons or missing inputs where it is silent.

    A level under 28 days at the dose does not count. Raises ClinicalError naming the input:
    NotAGrade, NotAConcentration, NotADose, NotADayCount.
    """
    _check(worst_grade, intolerable, current_dose_mg, days_at_dose)
    projections = _projections(first_trough_ug_per_l, current_dose_mg)
    triggers = _triggers(worst_grade, intolerable)
    if worst_grade is not None and not triggers:
        return _untriggered(first_trough_ug_per_l, projections)
    silent = _silent(current_dose_mg, days_at_dose)
    missing = _missing(bool(triggers), first_trough_ug_per_l, days_at_dose)
    if silent or missing or first_trough_ug_per_l is None:
        reasons = (*(triggers or ("no_symptom_report",)), *silent)
        return DoseProposal((), "cannot_tell", reasons, missing, projections)
    return _triggered(triggers, first_trough_ug_per_l, current_dose_mg, projections)


def _triggered(
    triggers: tuple[str, ...], trough: float, current_dose_mg: int, projections: dict[int, float]
) -> DoseProposal:
    """The doses that the branch allows and that are below the current one."""
    branch = _branch(trough)
    doses = tuple(dose for dose in DOSES_MG[branch] if dose < current_dose_mg)
    advice = (ADVICE[branch],) if doses else _why_none(current_dose_mg)
    reasons = (*triggers, f"first_trough_{branch}", *advice)
    return DoseProposal(doses, branch, reasons, (), projections)


def _triggers(worst_grade: int | None, intolerable: bool) -> tuple[str, ...]:
    """Which of the two triggers there are."""
    severe = worst_grade is not None and worst_grade >= TRIGGER_GRADE
    return (("grade_3_or_more",) if severe else ()) + (("intolerable",) if intolerable else ())


def _untriggered(trough: float | None, projections: dict[int, float]) -> DoseProposal:
    """No trigger, no proposal, however high the level."""
    high = trough is not None and trough >= RULE_LINE_UG_PER_L
    reasons = ("no_trigger", *(("level_alone_never_triggers",) if high else ()))
    return DoseProposal((), "no_trigger", reasons, (), projections)


def _silent(current_dose_mg: int, days_at_dose: int | None) -> tuple[str, ...]:
    """Why the rule says nothing, trigger or not."""
    above = current_dose_mg > HIGHEST_DOSE_MG
    early = days_at_dose is not None and days_at_dose < STEADY_STATE_AFTER.days
    return (("above_400_mg",) if above else ()) + (("not_at_steady_state",) if early else ())


def _missing(triggered: bool, trough: float | None, days_at_dose: int | None) -> tuple[str, ...]:
    """The inputs that the rule needs and has not."""
    inputs = (
        ("worst_grade", triggered or None),
        ("first_trough_ug_per_l", trough),
        ("days_at_dose", days_at_dose),
    )
    return tuple(name for name, value in inputs if value is None)


def _branch(trough: float) -> Branch:
    """Which side of the rule's line the first trough (ug/L) is on."""
    return "at_or_above_1500" if trough >= RULE_LINE_UG_PER_L else "below_1500"


def _why_none(current_dose_mg: int) -> tuple[str, ...]:
    """Why a branch leaves no dose below the current one."""
    return ("at_lowest_dose" if current_dose_mg <= LOWEST_DOSE_MG else "no_lower_dose_in_branch",)


def _projections(trough: float | None, current_dose_mg: int) -> dict[int, float]:
    """The level (ug/L) expected at 300 and 200 mg; empty without a trough."""
    if trough is None:
        return {}
    checked_ug_per_l(trough, "first_trough_ug_per_l")
    return {dose: projected(trough, current_dose_mg, dose) for dose in PROJECTED_DOSES_MG}


def _check(
    worst_grade: int | None, intolerable: bool, current_dose_mg: int, days: int | None
) -> None:
    """Refuse inputs that cannot be; the level is checked where it is projected."""
    if worst_grade is not None and not _whole(worst_grade, 0, GRADE_MOST):
        raise NotAGrade("worst_grade")
    if not isinstance(intolerable, bool):
        raise ClinicalError("intolerable", "Say whether it is intolerable: true or false.")
    checked_dose_mg(current_dose_mg, "current_dose_mg")
    if days is not None:
        checked_day_count(days, "days_at_dose")


def checked_dose_mg(dose_mg: int, field: str) -> int:
    """The daily dose (mg) itself. Raises NotADose, naming the field."""
    if not _whole(dose_mg, DOSE_STEP_MG, DOSE_MOST_MG) or dose_mg % DOSE_STEP_MG:
        raise NotADose(field)
    return dose_mg


def checked_day_count(days: int, field: str) -> int:
    """The number of days itself. Raises NotADayCount, naming the field."""
    if not _whole(days, 0, None):
        raise NotADayCount(field)
    return days


def _whole(number: object, least: int, most: int | None) -> bool:
    """Whether it is an int, no bool, within the bounds."""
    if not isinstance(number, int) or isinstance(number, bool):
        return False
    return least <= number and (most is None or number <= most)
