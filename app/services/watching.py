"""The last reduction of the dose, and the levels that were drawn since."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from app.clinical.watch import Watch, watch_after_reduction
from app.services.summary_facts import Record, started_at
from app.services.summary_rows import Level
from models import Regimen


def watched(record: Record, drawn: Sequence[Level], today: date) -> Watch | None:
    """The watch after the last change of dose; None when that was no reduction."""
    change = _last_change(record.regimens, today)
    if change is None:
        return None
    before, after = change
    if not (before.daily_dose_mg and after.daily_dose_mg):
        return None  # stopped, or begun again
    since = started_at(after, record.patient)
    steady = [
        one.corrected_ug_per_l for one in drawn
        if one.corrected_ug_per_l is not None
        and one.drawn_at >= since and "not_at_steady_state" not in one.flags
    ]  # fmt: skip
    days = (today - after.started_on).days
    return watch_after_reduction(before.daily_dose_mg, after.daily_dose_mg, days, steady)


def awaited(watch: Watch | None) -> bool:
    """Whether the level after a reduction should be there by now and is not."""
    return watch is not None and watch.state in {"due", "overdue"}


def pressing(watch: Watch | None) -> bool:
    """Whether a visit should not wait: the level is overdue, or one is too low."""
    return watch is not None and (watch.state == "overdue" or bool(watch.flags))


def _last_change(regimens: Sequence[Regimen], today: date) -> tuple[Regimen, Regimen] | None:
    """The last two regimens of different dose; of two of one day the later entry counts."""
    steps = {one.started_on: one for one in regimens if one.started_on <= today}.values()
    changes = [
        (before, after) for before, after in pairwise(steps)
        if before.daily_dose_mg != after.daily_dose_mg
    ]  # fmt: skip
    return changes[-1] if changes else None
