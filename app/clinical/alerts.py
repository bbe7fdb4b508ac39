"""Why a report or a laboratory result must reach a nurse."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from app.clinical.grading.term import FAMILIES, Grade
from app.clinical.symptoms.red_flags import FLAG_FAMILY

Kind = Literal["grade_3", "intolerable", "rise", "red_flag", "ungraded"]

# Grade 3 and "cannot be tolerated" trigger the dose rule of Chen 2024, 27(11):1149; the rise over
# the last report and the red flags are the project's own safety net.
ALERT_GRADE = 3
ALERT_RISE = 2


@dataclass(frozen=True, slots=True)
class Cause:
    """A reason for an alert in a family.

    `detail` is the grade (grade_3, intolerable), "from-to" (rise), the flag's code (red_flag) or
    the term (ungraded).
    """

    kind: Kind
    family: str
    detail: str


def alert_causes(
    families_now: Mapping[str, int],
    families_before: Mapping[str, int] | None,
    intolerable: bool,
    red_flags: Sequence[str],
) -> tuple[Cause, ...]:
    """Every reason for an alert, the red flags first; empty when there is none.

    `families_before` are the grades of the last report: None, or without the family, when there
    was none. A flag that is not known still alerts, in the family "other".
    """
    return (
        *(Cause("red_flag", FLAG_FAMILY.get(flag, "other"), flag) for flag in red_flags),
        *_grade_3(families_now),
        *([_intolerable(families_now)] if intolerable else []),
        *_rises(families_now, families_before or {}),
    )


def laboratory_causes(grade: Grade) -> tuple[Cause, ...]:
    """Why a laboratory value must reach a nurse: grade 3, or more than its edition prints."""
    if "criterion" in grade.missing:
        return (Cause("ungraded", grade.family, grade.term or ""),)
    return alert_causes({grade.family: grade.grade or 0}, None, False, ())


def worst_family(families: Mapping[str, int]) -> str:
    """The family of the highest grade, the first in order of equals; "other" if all are 0."""
    worst = max(FAMILIES, key=lambda family: families.get(family, 0))
    return worst if families.get(worst, 0) > 0 else "other"


def _grade_3(now: Mapping[str, int]) -> Iterator[Cause]:
    """The families at grade 3 or more."""
    for family, grade in now.items():
        if grade >= ALERT_GRADE:
            yield Cause("grade_3", family, str(grade))


def _intolerable(now: Mapping[str, int]) -> Cause:
    """What the patient cannot tolerate, laid to the worst family."""
    family = worst_family(now)
    return Cause("intolerable", family, str(now.get(family, 0)))


def _rises(now: Mapping[str, int], before: Mapping[str, int]) -> Iterator[Cause]:
    """The families that rose by two grades or more."""
    for family, grade in now.items():
        last = before.get(family, grade)
        if grade - last >= ALERT_RISE:
            yield Cause("rise", family, f"{last}-{grade}")
