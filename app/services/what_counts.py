"""What counts for a visit: a report, a questionnaire, and blood tests near its draw. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from models import Lab, Visit, VisitStatus

# A report counts for the rule for 14 days: the project's own choice.
REPORT_COUNTS_FOR = timedelta(days=14)
# Blood count, liver and kidney function within 1 week of the level (Chen 2024, 27(11):1149).
LABS_WITHIN = timedelta(days=7)
LAB_FAMILIES = ("marrow", "liver", "kidney")
# Visits come every 2-3 months (Chen 2024); an SF-36 older than that is asked again, our own choice.
SF36_COUNTS_FOR = timedelta(days=92)
UNDER_WAY = timedelta(hours=12)  # [own] so long after its time a visit may still be under way
LOOKS_AHEAD = timedelta(days=14)  # [own] from so long before a visit it is prepared
_COMES = (VisitStatus.PLANNED, VisitStatus.ATTENDED)


def visit_in_hand(visits: Sequence[Visit], now: datetime) -> Visit | None:
    """The visit that is prepared at a moment: the first of those under way or soon to come."""
    return next(
        (
            one for one in visits
            if one.status in _COMES and now - UNDER_WAY < one.draw_at < now + LOOKS_AHEAD
        ),
        None,
    )  # fmt: skip


def time_of(visit: Visit) -> datetime:
    """When its blood was drawn, or is to be."""
    return visit.drawn_at or visit.draw_at


def labs_lacking(labs: Sequence[Lab], at: datetime) -> tuple[str, ...]:
    """What of blood count, liver and kidney was not collected within a week of a moment."""
    there = {lab.family for lab in labs if abs(lab.collected_at - at) <= LABS_WITHIN}
    return tuple(one for one in LAB_FAMILIES if one not in there)


def labs_missing(labs: Sequence[Lab], visit: Visit | None, now: datetime) -> tuple[str, ...]:
    """What is lacking of a visit by now: none before its draw, at which they may be taken."""
    at = now if visit is None else time_of(visit)
    return labs_lacking(labs, at) if at <= now else ()
