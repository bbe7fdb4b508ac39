"""The visits of today and the next 14 days, the most urgent first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, literal_column, tuple_
from sqlalchemy import select as sa_select
from sqlmodel import col, exists, select

from app.clinical.draw_window import Window
from app.clinical.window_now import Standing
from app.services.paging import PAGE, Page, Place, place_of
from app.services.queue_facts import records_of
from app.services.summary import missing_of
from app.services.summary_facts import Record, levels, next_visit, regimen_on
from app.services.visit_marks import Mark, marks_of, standing_of
from app.services.watching import pressing, watched
from app.services.what_counts import LOOKS_AHEAD, labs_missing
from app.work import Work
from models import Alert, AlertState, Clinic, Patient, Visit

_SOON = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class QueuedPatient:
    id: str
    code: str


@dataclass(frozen=True, slots=True)
class QueuedVisit:
    id: str
    draw_at: datetime
    status: str


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A visit, how urgent it is, what is missing for it, and its draw window if a dose is told.

    `marks` are the six things of a visit, each there or not; `standing` is its draw at this moment.
    `missing_labs` are the families of the laboratory that are missing by now.
    """

    patient: QueuedPatient
    visit: QueuedVisit
    urgency: str
    complete: bool
    missing: tuple[str, ...]
    window: Window | None
    alerts: int
    marks: Mapping[str, Mark]
    standing: Standing
    missing_labs: tuple[str, ...] = ()


def queue(
    work: Work, clinic_id: str, after: str | None = None, at_most: int = PAGE, *,
    by_day: bool = False,
) -> Page[QueueRow]:  # fmt: skip
    """Visits from the start of the clinic's day to 14 days on: with an open alert first, by time.

    `by_day` is by time alone. Raises NoSuchPage.
    """
    today = day_of_clinic(work, clinic_id)
    places = places_of(work, clinic_id, after, at_most + 1, by_day=by_day)
    rows = _rows(work, clinic_id, [place.id for place in places[:at_most]], today)
    return Page(rows, str(places[at_most - 1]) if len(places) > at_most else None)


def day_of_clinic(work: Work, clinic_id: str) -> datetime:
    """When the clinic's day began."""
    zone = ZoneInfo(work.session.get_one(Clinic, clinic_id).time_zone)
    return datetime.combine(work.now.astimezone(zone).date(), time(0), zone).astimezone(UTC)


def places_of(
    work: Work, clinic_id: str, after: str | None, at_most: int, *, by_day: bool
) -> list[Place]:
    """Where the next visits are, without their rows. Raises NoSuchPage."""
    queries = (_visits(),) if by_day else (_with_alert(), _without_alert())
    return _places(work, clinic_id, queries, place_of(after), at_most)


def _places(
    work: Work, clinic_id: str, queries: Sequence[Any], after: Place | None, at_most: int
) -> list[Place]:
    """The next visits in their order: of patients with an open alert, then of the others."""
    today = day_of_clinic(work, clinic_id)
    found: list[Place] = []
    for rank, query in enumerate(queries):
        if after is not None and rank < after.rank:
            continue
        query = query.where(*_coming(work, clinic_id, today))
        if after is not None and rank == after.rank:
            query = query.where((after.at, after.id) < _PLACE)
        query = query.order_by(col(Visit.draw_at), col(Visit.id)).limit(at_most - len(found))
        found += [Place(rank, at, visit_id) for at, visit_id in work.session.execute(query)]
    return found


# Written out, as the index of these visits has it: a bound value does not find a partial index.
_COMES: list[Any] = [literal_column(f"'{one}'") for one in ("planned", "attended")]
_PLACE = tuple_(col(Visit.draw_at), col(Visit.id))
_OF_ITS_PATIENT = and_(
    col(Patient.clinic_id) == col(Visit.clinic_id), col(Patient.id) == col(Visit.patient_id)
)
_ALERT_OF_ITS_PATIENT = and_(
    col(Alert.clinic_id) == col(Visit.clinic_id), col(Alert.patient_id) == col(Visit.patient_id),
    col(Alert.state).in_([AlertState.OPEN, AlertState.ACKNOWLEDGED]),
)  # fmt: skip


def _visits() -> Any:
    return sa_select(col(Visit.draw_at), col(Visit.id)).join(Patient, _OF_ITS_PATIENT)


def _with_alert() -> Any:
    return _visits().join(Alert, _ALERT_OF_ITS_PATIENT).distinct()


def _without_alert() -> Any:
    return _visits().where(~exists().where(_ALERT_OF_ITS_PATIENT))


def _coming(work: Work, clinic_id: str, today: datetime) -> Iterator[Any]:
    yield col(Visit.clinic_id) == clinic_id
    yield col(Visit.status).in_(_COMES)
    yield col(Visit.draw_at) >= today
    yield col(Visit.draw_at) < work.now + LOOKS_AHEAD
    yield col(Patient.died_on).is_(None)


def _rows(work: Work, clinic_id: str, ids: Sequence[str], today: datetime) -> list[QueueRow]:
    query = select(Visit, Patient).join(Patient, _OF_ITS_PATIENT)
    query = query.where(Visit.clinic_id == clinic_id, col(Visit.id).in_(ids))
    found = {visit.id: (visit, patient) for visit, patient in work.session.exec(query)}
    records = records_of(work, clinic_id, [patient for _, patient in found.values()])
    rows = (found[one] for one in ids)
    return [_row(work, visit, records[patient.id], today) for visit, patient in rows]


def _row(work: Work, visit: Visit, record: Record, today: datetime) -> QueueRow:
    patient, drawn = record.patient, levels(record)
    on = work.now.astimezone(ZoneInfo(patient.time_zone)).date()
    watch = watched(record, drawn, on)
    current = regimen_on(record.regimens, on)
    missing = tuple(missing_of(work, record, current, drawn, watch, visit))
    return QueueRow(
        QueuedPatient(patient.id, patient.code),
        QueuedVisit(visit.id, visit.draw_at, visit.status),
        _urgency(visit, len(record.alerts), today, pressing(watch)),
        not missing,
        missing,
        _window(work, record, visit),
        len(record.alerts),
        marks_of(work, record, visit),
        standing_of(work, record, visit),
        labs_missing(record.labs, visit, work.now),
    )


def _urgency(visit: Visit, alerts: int, today: datetime, pressing: bool) -> str:
    """An alert comes first; after a reduction an overdue or low level makes a visit soon."""
    if alerts:
        return "alert"
    if visit.draw_at < today + timedelta(days=1):
        return "today"
    return "soon" if pressing or visit.draw_at < today + _SOON else "planned"


def _window(work: Work, record: Record, visit: Visit) -> Window | None:
    """Of the visit that comes next, where its dose is told."""
    coming = next_visit(work, record)
    return coming.window if coming is not None and coming.id == visit.id else None
