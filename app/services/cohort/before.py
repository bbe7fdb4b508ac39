"""The flow of patients, and Table 1."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from app.clinical.cohort import Spread, spread
from app.services.cohort.course import Spell, months_between
from app.services.cohort.reading import Case
from app.services.cohort.rows import Baseline, Counted, FlowStep
from models import Mutation, Operation, Risk, Sex, Site

# The limits of Table 1 (Chen 2024, 27(11):1149): 10 cm, and 10 mitoses per 50 fields.
_DIAMETER_CM = 10
_MITOSES = 10
_CUT = ("up_to_10", "over_10")
_WORDS: Mapping[str, Sequence[str]] = {
    "sex": list(Sex), "site": list(Site), "operation": list(Operation), "diameter": _CUT,
    "mitoses": _CUT, "risk": list(Risk), "mutation": list(Mutation), "preoperative": ("yes", "no"),
}  # fmt: skip
_READ: Mapping[str, Callable[[Any], str | None]] = {
    "sex": lambda row: row.sex,
    "site": lambda row: row.site,
    "operation": lambda row: row.operation,
    "diameter": lambda row: _cut(row, row.tumour_diameter_cm, _DIAMETER_CM),
    "mitoses": lambda row: _cut(row, row.mitoses_per_50_hpf, _MITOSES),
    "risk": lambda row: row.risk,
    "mutation": lambda row: row.mutation,
    "preoperative": lambda row: "yes" if row.preoperative_imatinib else "no",
}


def _cut(row: Any, value: float | None, limit: float) -> str | None:
    """As in the paper, not of a tumour that was treated before it was measured."""
    if value is None or row.preoperative_imatinib:
        return None
    return _CUT[value > limit]


def flow(cases: Sequence[Case]) -> tuple[FlowStep, ...]:
    """Figure 1: from registered to a level at the lowered dose, each step of those before it."""
    steps, left, remaining = list[FlowStep](), dict[str, int](), list(cases)
    for name, leaving in _STEPS:
        if leaving is not None:
            reasons = Counter(why for case in remaining if (why := leaving(case)))
            left = dict(reasons)
            remaining = [case for case in remaining if not leaving(case)]
        steps.append(FlowStep(name, len(remaining), left))
    return tuple(steps)


def _not_eligible(case: Case) -> str | None:
    if case.row.recurrent_or_unresectable:
        return "recurrent_or_unresectable"
    return "other_malignancy" if case.row.other_malignancy else None


def _no_dose(case: Case) -> str | None:
    return None if any(one.dose_mg for one in case.spells) else "no_dose"


def _no_level(case: Case) -> str | None:
    """Before a reduction, where there is one."""
    there = case.level_in(case.reduction.before) if case.reduction else case.levels
    return None if there else "no_level"


def _not_lowered(case: Case) -> str | None:
    return None if case.reduction else "not_lowered"


def _no_level_after(case: Case) -> str | None:
    there = case.reduction and case.level_in(case.reduction.after)
    return None if there else "no_level_after"


_STEPS: Sequence[tuple[str, Callable[[Case], str | None] | None]] = (
    ("registered", None), ("eligible", _not_eligible), ("treated", _no_dose),
    ("first_level", _no_level), ("lowered", _not_lowered), ("level_after", _no_level_after),
)  # fmt: skip


def baseline(cases: Sequence[Case]) -> Baseline:
    values = {
        "age": [float(case.age) for case in cases],
        "bmi": [case.bmi for case in cases if case.bmi is not None],
        "bsa": [case.bsa for case in cases if case.bsa is not None],
    }
    return Baseline(
        len(cases),
        {name: _counted(words, map(_READ[name], _rows(cases))) for name, words in _WORDS.items()},
        {name: spread(known) for name, known in values.items()},
    )


def _rows(cases: Iterable[Case]) -> Iterator[Any]:
    return (case.row for case in cases)


def _counted(words: Sequence[str], found: Iterable[str | None]) -> Counted:
    counts = Counter(found)
    unknown = counts.pop(None, 0)
    return Counted(counts.total(), unknown, {str(word): counts[word] for word in words})


def months_on_dose(lowered: Iterable[Case]) -> dict[str, Spread]:
    """Months of treatment before the reduction, and on the lowered dose; not those at 0 mg.

    On the lowered dose: to the next change or stop, or to death, else to the last sign of life.
    """
    found = [(case, one) for case in lowered if (one := case.reduction)]
    ends = [(one.on, _left_on(case, one.after)) for case, one in found]
    before = [_treated_before(case.spells, one.on) for case, one in found]
    after = [months_between(on, end) for on, end in ends if end and end >= on]
    return {"before": spread(before), "after": spread(after)}


def _treated_before(spells: Iterable[Spell], on: date) -> float:
    return sum(
        months_between(one.began_on, one.ended_on)
        for one in spells if one.dose_mg and one.ended_on and one.ended_on <= on
    )  # fmt: skip


def _left_on(case: Case, spell: Spell) -> date | None:
    """The day on which a spell ended; of one that goes on, the last on which it is known of."""
    ends = (one for one in (spell.ended_on, case.row.died_on) if one)
    return min(ends, default=case.last_on)
