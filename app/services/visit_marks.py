"""What of a visit is there and what is missing, mark by mark, and how its draw stands now."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from app.clinical.draw_window import OPENS_AFTER, window_after
from app.clinical.window_now import Standing, drawn, standing
from app.services.meant import OF_A_DRAW
from app.services.summary import LABS_WITHIN
from app.services.summary_facts import Record, dose_meant_for
from app.work import Work
from models import Dose, Sample, Visit, VisitPurpose


class Mark(StrEnum):
    DONE = "done"
    MISSING = "missing"
    LATER = "later"  # not to be expected yet
    NONE = "none"  # no blood is drawn at this visit


MARKS = ("report", "sf36", "dose_time", "draw", "level", "labs")


def marks_of(work: Work, record: Record, visit: Visit, missing: Iterable[str]) -> dict[str, Mark]:
    """The six marks of a visit; `missing` is what the summary of its patient lacks."""
    lacks = set(missing)
    told = [
        Mark.MISSING if "symptom_report" in lacks else Mark.DONE,
        Mark.MISSING if "sf36" in lacks else Mark.DONE,
    ]
    found = (*told, *_of_draw(work, record, visit), _labs(work, record, visit))
    return dict(zip(MARKS, found, strict=True))


def _of_draw(work: Work, record: Record, visit: Visit) -> tuple[Mark, Mark, Mark]:
    """Of the dose time, the draw and the level."""
    sample, told = _sample(record, visit), _dose(record, visit)
    if visit.purpose != VisitPurpose.TROUGH and sample is None:
        return Mark.NONE, Mark.NONE, Mark.NONE
    was_drawn = visit.drawn_at is not None or sample is not None
    dose_known = told is not None or bool(sample and sample.last_dose_at)
    return (
        _mark(dose_known, visit.draw_at - OPENS_AFTER < work.now),
        _mark(was_drawn, visit.draw_at < work.now),
        _mark(sample is not None, was_drawn or visit.draw_at < work.now),
    )


def _labs(work: Work, record: Record, visit: Visit) -> Mark:
    """Blood count, liver and kidney function within a week of the draw."""
    at = visit.drawn_at or visit.draw_at
    there = any(abs(lab.collected_at - at) <= LABS_WITHIN for lab in record.labs)
    return _mark(there, at <= work.now + LABS_WITHIN)


def _mark(there: bool, is_time: bool) -> Mark:
    if there:
        return Mark.DONE
    return Mark.MISSING if is_time else Mark.LATER


def standing_of(work: Work, record: Record, visit: Visit) -> Standing:
    """How the draw of a visit stands at this moment."""
    sample, dose = _sample(record, visit), _dose(record, visit)
    at = visit.drawn_at or (sample.drawn_at if sample else None)
    if at is not None:
        return drawn(at, _dose_before(sample, dose, at))
    if visit.purpose != VisitPurpose.TROUGH:
        return Standing("no_draw")
    return standing(window_after(dose.taken_at) if dose else None, work.now)


def _dose_before(sample: Sample | None, dose: Dose | None, at: datetime) -> datetime | None:
    """The result's own dose time, else the dose that was meant for the draw."""
    if sample is not None and sample.drawn_at == at and sample.last_dose_at is not None:
        return sample.last_dose_at
    return dose.taken_at if dose else None


def _dose(record: Record, visit: Visit) -> Dose | None:
    return dose_meant_for(visit.drawn_at or visit.draw_at, record.doses)


def _sample(record: Record, visit: Visit) -> Sample | None:
    """The level that was drawn at this visit."""
    at = visit.drawn_at or visit.draw_at
    near = [one for one in record.samples if abs(one.drawn_at - at) <= OF_A_DRAW]
    return min(near, key=lambda one: abs(one.drawn_at - at), default=None)
