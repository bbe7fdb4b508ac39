"""What of a visit is there and what is missing, mark by mark, and how its draw stands now."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from app.clinical.draw_window import OPENS_AFTER, dose_times, window_after
from app.clinical.window_now import Standing, drawn, standing
from app.services.meant import OF_A_DRAW
from app.services.summary_facts import Record, dose_meant_for
from app.services.what_counts import (
    REPORT_COUNTS_FOR,
    SF36_COUNTS_FOR,
    labs_lacking,
    time_of,
)
from app.work import Work
from models import Dose, Sample, Visit, VisitPurpose


class Mark(StrEnum):
    DONE = "done"
    MISSING = "missing"
    LATER = "later"  # not to be expected yet
    NONE = "none"  # no blood is drawn at this visit


MARKS = ("report", "sf36", "dose_time", "draw", "level", "labs")


def marks_of(work: Work, record: Record, visit: Visit) -> dict[str, Mark]:
    """The six marks of a visit, as they will stand at it."""
    told = told_marks(work, record, visit)
    found = (*told, *_of_draw(work, record, visit), _labs(work, record, visit))
    return dict(zip(MARKS, found, strict=True))


def told_marks(work: Work, record: Record, visit: Visit | None) -> tuple[Mark, Mark]:
    """Of the symptom report and the questionnaire.

    What counts today and will be too old at the visit is to come again: it is not missing yet.
    """
    at = work.now if visit is None else time_of(visit)
    reported = [one.reported_at for one in record.reports]
    answered = [one.answered_at for one in record.questionnaires]
    return (
        _told(reported, at, work.now, REPORT_COUNTS_FOR),
        _told(answered, at, work.now, SF36_COUNTS_FOR),
    )


def _told(told: Iterable[datetime], at: datetime, now: datetime, counts_for: timedelta) -> Mark:
    newest = max(told, default=None)
    if newest is not None and newest >= at - counts_for:
        return Mark.DONE
    counts_now = newest is not None and newest >= now - counts_for
    return Mark.LATER if counts_now else Mark.MISSING


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
    at = time_of(visit)
    return _mark(not labs_lacking(record.labs, at), at <= work.now)


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
    if dose is None and work.now < dose_times(visit.draw_at).earliest:
        return Standing("dose_to_come")
    return standing(window_after(dose.taken_at) if dose else None, work.now)


def _dose_before(sample: Sample | None, dose: Dose | None, at: datetime) -> datetime | None:
    """The result's own dose time, else the dose that was meant for the draw."""
    if sample is not None and sample.drawn_at == at and sample.last_dose_at is not None:
        return sample.last_dose_at
    return dose.taken_at if dose else None


def _dose(record: Record, visit: Visit) -> Dose | None:
    return dose_meant_for(time_of(visit), record.doses)


def _sample(record: Record, visit: Visit) -> Sample | None:
    """The level that was drawn at this visit."""
    at = time_of(visit)
    near = [one for one in record.samples if abs(one.drawn_at - at) <= OF_A_DRAW]
    return min(near, key=lambda one: abs(one.drawn_at - at), default=None)
