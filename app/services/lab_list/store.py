"""The lines of a list become levels and laboratory values, by the ways that they always take."""

from collections.abc import Sequence

from app.services.lab_list.check import Graded
from app.services.labs import record_lab
from app.services.samples import record_sample
from app.work import Work


def keep(work: Work, new: Sequence[Graded]) -> None:
    """Record them, the earliest draw first: corrected, graded, with the alerts that follow."""
    for one in sorted(new, key=lambda graded: graded.line.drawn_at):
        (_level if one.line.is_level else _value)(work, one)


def _level(work: Work, one: Graded) -> None:
    line = one.line
    record_sample(
        work, one.patient, drawn_at=line.drawn_at, concentration=line.value, unit=line.unit,
        last_dose_at=line.last_dose_at, confirmed=line.confirmed, comparator=line.comparator,
    )  # fmt: skip


def _value(work: Work, one: Graded) -> None:
    line = one.line
    record_lab(
        work, one.patient, analyte=line.analyte, value=line.value, unit=line.unit,
        collected_at=line.drawn_at, lln=line.lln, uln=line.uln, baseline=line.baseline,
        comparator=line.comparator,
    )  # fmt: skip
