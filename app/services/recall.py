"""The recall list: who is to be called in, what is missing, and which decision is not done.

Read a page at a time: what nobody has planned by when it is due, then what is planned.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from sqlalchemy import func, tuple_
from sqlalchemy import select as select_columns
from sqlmodel import col, or_, select

from app.clinical.trough import STEADY_STATE_AFTER
from app.services.draw_days import Days, days_of, steady_from
from app.services.paging import PAGE, Page, Place, place_of
from app.services.recall_rows import forget_past, settle_batch
from app.services.visits import STILL_CURRENT
from app.work import Work
from models import Clinic, Patient, Recall, RecallKind, Visit, VisitPurpose, VisitStatus

AHEAD = timedelta(days=14)  # [own] so long before it is due, something stands on the list
_BATCHES = 3  # [own] of changed records before a page is read; the worker makes the rest
State = Literal["due", "overdue", "planned"]
_PURPOSE = {
    RecallKind.LEVEL: VisitPurpose.TROUGH, RecallKind.VISIT: VisitPurpose.TROUGH,
    RecallKind.LABS: VisitPurpose.FOLLOW_UP,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RecalledPatient:
    id: str
    code: str


@dataclass(frozen=True, slots=True)
class RecallRow:
    """What is due, where it stands, and when a visit for it is best planned (None: no visit).

    `planned_then` is how many visits of the clinic are planned at that time already.
    """

    patient: RecalledPatient
    kind: str
    state: State
    due_on: date
    overdue_on: date
    planned_at: datetime | None
    missing: tuple[str, ...]
    about: str | None
    purpose: str | None
    suggested_at: datetime | None
    planned_then: int = 0


def recall(
    work: Work, clinic_id: str, after: str | None = None, at_most: int = PAGE,
    kind: RecallKind | None = None,
) -> Page[RecallRow]:  # fmt: skip
    """Due within 14 days or before, the longest due first; then planned, the next first.

    Raises NoSuchPage.
    """
    start = place_of(after)
    _bring_up_to_date(work, clinic_id)
    today = _today(work, clinic_id)
    where = [col(Recall.clinic_id) == clinic_id, col(Recall.due_on) <= today + AHEAD]
    where += [col(Recall.kind) == kind] if kind else []
    ranks = (0, 1) if kind is None or kind in _PURPOSE else (0,)  # no visit is planned for others
    places = _places(work, where, ranks, start, at_most + 1)
    rows = _rows(work, clinic_id, [place.id for place in places[:at_most]], today)
    return Page(rows, str(places[at_most - 1]) if len(places) > at_most else None)


def _bring_up_to_date(work: Work, clinic_id: str) -> None:
    for _ in range(_BATCHES):
        if not settle_batch(work, clinic_id):
            break
    forget_past(work, clinic_id)


def _today(work: Work, clinic_id: str) -> date:
    zone = ZoneInfo(work.session.get_one(Clinic, clinic_id).time_zone)
    return work.now.astimezone(zone).date()


def _places(
    work: Work, where: Sequence[Any], ranks: Sequence[int], after: Place | None, at_most: int
) -> list[Place]:
    """The next rows in their order: those that nobody has planned, then the planned."""
    found: list[Place] = []
    for rank in ranks:
        if (after is None or rank >= after.rank) and len(found) < at_most:
            start = after if after is not None and rank == after.rank else None
            found += _of_rank(work, where, rank, start, at_most - len(found))
    return found


def _of_rank(
    work: Work, where: Sequence[Any], rank: int, after: Place | None, at_most: int
) -> Iterator[Place]:
    still = col(Recall.planned_at) > work.now - STILL_CURRENT
    unplanned = or_(col(Recall.planned_at).is_(None), ~still)
    by: Any = (Recall.due_on, Recall.planned_at)[rank]
    query = select_columns(by, col(Recall.id)).where(*where, (unplanned, still)[rank])
    if after is not None:
        bound: Any = after.at if rank else after.at.date()
        query = query.where(tuple_(by, col(Recall.id)) > (bound, after.id))
    query = query.order_by(by, col(Recall.id)).limit(at_most)
    return (Place(rank, _moment(one), row_id) for one, row_id in work.session.execute(query))


def _moment(at: date | datetime) -> datetime:
    return at if isinstance(at, datetime) else datetime.combine(at, time(0), UTC)


def _rows(work: Work, clinic_id: str, ids: Sequence[str], today: date) -> list[RecallRow]:
    query = select(Recall, Patient).join(
        Patient,
        (col(Patient.clinic_id) == col(Recall.clinic_id))
        & (col(Patient.id) == col(Recall.patient_id)),
    )
    query = query.where(Recall.clinic_id == clinic_id, col(Recall.id).in_(ids))
    found: Mapping[str, Any] = {row.id: (row, patient) for row, patient in work.session.exec(query)}
    days = days_of(work, clinic_id)
    pairs = (found[one] for one in ids if one in found)
    rows = [_row(work, row, patient, today, days) for row, patient in pairs]
    then = _planned_at(work, clinic_id, {row.suggested_at for row in rows if row.suggested_at})
    return [replace(row, planned_then=then.get(row.suggested_at, 0)) for row in rows]


def _planned_at(work: Work, clinic_id: str, times: Set[datetime]) -> Mapping[datetime | None, int]:
    """How many visits of the clinic are planned at each of some times; in one statement."""
    planned = col(Visit.status) == VisitStatus.PLANNED
    query = select_columns(col(Visit.draw_at), func.count()).where(
        col(Visit.clinic_id) == clinic_id, planned, col(Visit.draw_at).in_(times)
    )
    return {at: n for at, n in work.session.execute(query.group_by(col(Visit.draw_at)))}


def _row(work: Work, row: Recall, patient: Patient, today: date, days: Days) -> RecallRow:
    state = _state(work, row, today)
    planned_at = row.planned_at if state == "planned" else None
    return RecallRow(
        RecalledPatient(patient.id, patient.code), row.kind, state, row.due_on, row.overdue_on,
        planned_at, tuple(row.missing), row.about, _PURPOSE.get(RecallKind(row.kind)),
        None if planned_at else suggested(work, row, patient, days),
    )  # fmt: skip


def _state(work: Work, row: Recall, today: date) -> State:
    if row.planned_at is not None and row.planned_at > work.now - STILL_CURRENT:
        return "planned"
    return "overdue" if today >= row.overdue_on else "due"


def suggested(work: Work, row: Recall, patient: Patient, days: Days) -> datetime | None:
    """The first draw, from tomorrow on, that suits what is due; None where no visit does."""
    kind = RecallKind(row.kind)
    if kind not in _PURPOSE:
        return None
    tomorrow = work.now.astimezone(days.zone).date() + timedelta(days=1)
    first = days.at(max(tomorrow, row.due_on))
    if kind == RecallKind.LEVEL:
        first = max(first, steady_from(patient, row.due_on - STEADY_STATE_AFTER))
    return days.first_from(first)


def purpose_of(kind: RecallKind) -> VisitPurpose | None:
    return _PURPOSE.get(kind)
