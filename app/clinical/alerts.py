"""Why a report or a laboratory result must reach a nurse."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from app.clinical.grading.term import FAMILIES, Grade
from app.clinical.symptoms.red_flags import FLAG_FAMILY

Kind = Literal["grade_3", "grade_2", "intolerable", "rise", "red_flag", "ungraded", "old_result"]

# Grade 3 and "cannot be tolerated" trigger the dose rule of Chen 2024, 27(11):1149; the rise over
# the last report and the red flags are the project's own safety net.
ALERT_GRADE = 3
EARLIEST_ALERT_GRADE = 2  # [own] a clinic may ask to be called from here on; never later than 3
ALERT_RISE = 2
OLD: Final = "old_result"
OLD_AFTER = timedelta(days=14)  # [own] from the draw to its result's coming; ADR 0038


@dataclass(frozen=True, slots=True)
class Cause:
    """A reason for an alert in a family.

    `detail` is the grade (grade_3, grade_2, intolerable), "from-to" (rise), the code of the flag
    (red_flag), the term (ungraded) or nothing (old_result: beside the others, of a result that was
    old when it came).
    """

    kind: Kind
    family: str
    detail: str


def alert_causes(
    families_now: Mapping[str, int],
    families_before: Mapping[str, int] | None,
    intolerable: bool,
    red_flags: Sequence[str],
    from_grade: int = ALERT_GRADE,
) -> tuple[Cause, ...]:
    """Every reason for an alert, the red flags first; empty when there is none.

    `families_before` are the grades of the last report: None, or without the family, when there
    was none. A flag that is not known still alerts, in the family "other". `from_grade` is the
    clinic's; grade 3 alerts whatever it is.
    """
    return (
        *(Cause("red_flag", FLAG_FAMILY.get(flag, "other"), flag) for flag in red_flags),
        *_severe(families_now, from_grade),
        *([_intolerable(families_now)] if intolerable else []),
        *_rises(families_now, families_before or {}),
    )


def laboratory_causes(grade: Grade, from_grade: int = ALERT_GRADE) -> tuple[Cause, ...]:
    """Why a laboratory value must reach a nurse: its grade, or more than its edition prints."""
    if "criterion" in grade.missing:
        return (Cause("ungraded", grade.family, grade.term or ""),)
    return alert_causes({grade.family: grade.grade or 0}, None, False, (), from_grade)


def is_old(drawn_at: datetime, now: datetime) -> bool:
    """Whether a result is so old when it comes that it wakes nobody."""
    return now - drawn_at > OLD_AFTER


def calls(grade: int | None, from_grade: int = ALERT_GRADE) -> bool:
    """Whether a grade by itself calls people, where the clinic asks for it from `from_grade`."""
    return (grade or 0) >= min(from_grade, ALERT_GRADE)


def worst_family(families: Mapping[str, int]) -> str:
    """The family of the highest grade, the first in order of equals; "other" if all are 0."""
    worst = max(FAMILIES, key=lambda family: families.get(family, 0))
    return worst if families.get(worst, 0) > 0 else "other"


def _severe(now: Mapping[str, int], from_grade: int) -> Iterator[Cause]:
    """The families at grade 3 or more, or at the clinic's own grade 2."""
    for family, grade in now.items():
        if calls(grade, from_grade):
            kind: Kind = "grade_3" if grade >= ALERT_GRADE else "grade_2"
            yield Cause(kind, family, str(grade))


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
