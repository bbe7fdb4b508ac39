"""The lines of a list become levels and laboratory values, by the ways that they always take."""

from collections.abc import Sequence
from typing import Any

from app.services.lab_list.check import Graded
from app.services.lab_list.lines import Line
from app.services.labs import record_lab
from app.services.samples import level_of, record_sample
from app.work import Work
from models import Lab, Patient, Sample


def keep(work: Work, new: Sequence[Graded]) -> None:
    """Record them, the earliest draw first: corrected, graded, with the alerts that follow."""
    for one in sorted(new, key=lambda graded: graded.line.drawn_at):
        keep_line(work, one.patient, one.line)


def keep_line(
    work: Work, patient: Patient, line: Line, identifier: str | None = None
) -> Sample | Lab:
    """Record one; `identifier` is the laboratory system's own."""
    return (_level if line.is_level else _value)(work, patient, line, identifier)


def foreseen(work: Work, new: Sequence[Graded]) -> dict[int, Sample]:
    """By row the levels as they would be kept. Nothing is kept; a reading transaction will do."""
    return {
        one.line.row: level_of(work, one.patient, **_told(one.line))
        for one in new if one.line.is_level
    }  # fmt: skip


def _level(work: Work, patient: Patient, line: Line, identifier: str | None) -> Sample:
    with work.session.no_autoflush:  # levels ask nothing of levels: they are written together
        return record_sample(work, patient, identifier=identifier, **_told(line))


def _told(line: Line) -> dict[str, Any]:
    return {
        "drawn_at": line.drawn_at, "concentration": line.value, "unit": line.unit,
        "last_dose_at": line.last_dose_at, "confirmed": line.confirmed,
        "comparator": line.comparator,
    }  # fmt: skip


def _value(work: Work, patient: Patient, line: Line, identifier: str | None) -> Lab:
    return record_lab(
        work, patient, analyte=line.analyte, value=line.value, unit=line.unit,
        collected_at=line.drawn_at, lln=line.lln, uln=line.uln, baseline=line.baseline,
        comparator=line.comparator, identifier=identifier,
    )  # fmt: skip
