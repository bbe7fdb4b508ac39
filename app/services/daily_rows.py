"""The daily reminders of a zone as rows, in one statement; those of one patient by the same.

The times are computed here for each clinic and hour that somebody has chosen; who is reminded
is the statement's to say. Rows come in the order of the patients, so that two workers who plan
at once wait for each other and never in a circle.
"""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    CTE,
    String,
    Time,
    and_,
    cast,
    column,
    func,
    literal,
    literal_column,
    or_,
    select,
    values,
)
from sqlalchemy.orm import aliased
from sqlmodel import col, exists

from app.database import INSERT
from app.services.daily_times import Daily, daily_between
from app.services.reminders import DOSE_BUTTONS, Day
from app.work import Work
from models import (
    Channel,
    Chat,
    ChatState,
    Clinic,
    Dose,
    Message,
    MessageState,
    Patient,
    Regimen,
    Visit,
    VisitPurpose,
    VisitStatus,
)

KEY = "dose.daily"
_A_STATEMENT = 1000  # rows of times; a database takes so many values and no more
_MESSAGE: Any = Message.__table__  # type: ignore[attr-defined]
_WHEN = _MESSAGE.c.due_at.type
_TIMES = (
    column("clinic_id", String), column("usual", Time), column("on", String),
    column("begins_at", _WHEN), column("ends_at", _WHEN), column("draws_from", _WHEN),
    column("draws_until", _WHEN), column("due_at", _WHEN), column("not_after", _WHEN),
)  # fmt: skip
_COMES = (VisitStatus.PLANNED, VisitStatus.ATTENDED)
_AGAIN = ("data", "due_at", "not_after", "state", "reason")  # of a row that was cancelled


@dataclass(frozen=True, slots=True)
class Span:
    """The reminders of a zone that are due after a moment and until another; of all, or of one."""

    zone: str
    after: datetime
    until: datetime
    patient: Patient | None = None


def plan_rows(work: Work, span: Span) -> None:
    """Queue what is wanted and not there. What was cancelled is queued again."""
    times = _times(work, span)
    while some := list(islice(times, _A_STATEMENT)):
        work.session.connection().execute(_statement(work, span, some))


def _times(work: Work, span: Span) -> Iterator[tuple[Any, ...]]:
    """For each clinic and hour: the days and their moments."""
    habits = select(col(Patient.clinic_id), col(Patient.usual_dose_time)).where(*_whose(span))
    for clinic_id, usual in work.session.execute(habits.distinct()).all():
        day = _day(work.session.get_one(Clinic, clinic_id), span.zone)
        for one in daily_between(day, usual, span.after, span.until):
            yield _row(clinic_id, usual, one)


def _day(clinic: Clinic, zone: str) -> Day:
    return Day(
        ZoneInfo(zone), clinic.quiet_from, clinic.quiet_until, clinic.protocol_from,
        clinic.evening_at,
    )  # fmt: skip


def _row(clinic_id: str, usual: time, one: Daily) -> tuple[Any, ...]:
    on = one.on.isoformat()
    return clinic_id, usual, on, one.begins_at, one.ends_at, *one.draws, one.due_at, one.not_after


def _whose(span: Span) -> Iterator[Any]:
    yield col(Patient.time_zone) == span.zone
    yield col(Patient.dose_reminder)
    if span.patient is not None:
        yield col(Patient.clinic_id) == span.patient.clinic_id
        yield col(Patient.id) == span.patient.id


def _statement(work: Work, span: Span, rows: Sequence[tuple[Any, ...]]) -> Any:
    times = values(*_TIMES, name="given").data(rows).cte("times")
    columns = _columns(work.now, times)
    query = select(*columns.values()).select_from(Patient)
    query = query.join(times, _fits(times)).join(Chat, _of_patient(Chat))
    query = query.where(*_whose(span), *_hears(), *_wants(times), ~_there(columns["dedupe"]))
    insert = INSERT[work.session.get_bind().dialect.name](Message)
    made = insert.from_select(list(columns), query.order_by(*_order(times)))
    return made.on_conflict_do_update(
        index_elements=["clinic_id", "dedupe"],
        set_={name: made.excluded[name] for name in _AGAIN},
        where=_MESSAGE.c.state == MessageState.CANCELLED,
    )


def _columns(now: datetime, times: CTE) -> dict[str, Any]:
    about: Any = "daily:" + col(Patient.id) + ":" + times.c.on
    return {
        "clinic_id": col(Patient.clinic_id), "id": _ids(now, times),
        "dedupe": about + ":" + cast(Chat.id, String), "channel": literal(Channel.TELEGRAM, String),
        "chat_id": col(Chat.id), "patient_id": col(Patient.id), "about": about,
        "key": literal(KEY), "data": literal({"buttons": DOSE_BUTTONS}, _MESSAGE.c.data.type),
        "state": literal(MessageState.QUEUED, String), "reason": literal(None, String),
        "due_at": times.c.due_at, "not_after": times.c.not_after, "attempts": literal(0),
        "polls": literal(0), "made_at": literal(now, _WHEN),
    }  # fmt: skip


def _ids(now: datetime, times: CTE) -> Any:
    """As `new_id` makes them, sorting by time: 12 hex of ms, then 10 digits from a chance on."""
    chance = 10**10 + secrets.randbelow(9 * 10**9)
    nth = func.row_number().over(order_by=_order(times))
    number = cast(literal(chance, _MESSAGE.c.chat_id.type) + nth, String)
    return f"{int(now.timestamp() * 1000):012x}" + func.substr(number, 2)


def _order(times: CTE) -> list[Any]:
    return [col(Patient.clinic_id), col(Patient.id), times.c.on, col(Chat.id)]


def _fits(times: CTE) -> Any:
    clinic = times.c.clinic_id == Patient.clinic_id
    return and_(clinic, times.c.usual == Patient.usual_dose_time)


def _of_patient(table: Any) -> Any:
    return and_(table.clinic_id == Patient.clinic_id, table.patient_id == Patient.id)


def _hears() -> Iterator[Any]:
    yield col(Chat.state) == ChatState.ACTIVE
    yield col(Patient.died_on).is_(None)
    yield col(Patient.erased_at).is_(None)
    yield col(Patient.forget_asked_at).is_(None)


def _wants(times: CTE) -> Iterator[Any]:
    """Not on a day of which a dose is told, nor on the two of a draw, which has its own.

    Nor while the treatment is stopped.
    """
    yield ~exists().where(
        _of_patient(Dose), col(Dose.withdrawn_at).is_(None),
        col(Dose.taken_at) >= times.c.begins_at, col(Dose.taken_at) < times.c.ends_at,
    )  # fmt: skip
    yield ~_is_stopped(times)
    draw_at = col(Visit.draw_at)
    yield ~exists().where(
        _of_patient(Visit), col(Visit.purpose) == VisitPurpose.TROUGH,
        col(Visit.status).in_(_COMES),
        or_(and_(draw_at >= times.c.begins_at, draw_at < times.c.ends_at),
            and_(draw_at >= times.c.draws_from, draw_at < times.c.draws_until)),
    )  # fmt: skip


def _is_stopped(times: CTE) -> Any:
    """Whether the last dose step by a day is none at all."""
    stop, later = aliased(Regimen), aliased(Regimen)
    by_then = cast(col(stop.started_on), String) <= times.c.on
    again = exists().where(
        _of_patient(later), col(later.started_on) > col(stop.started_on),
        cast(col(later.started_on), String) <= times.c.on,
    )  # fmt: skip
    none = col(stop.daily_dose_mg) == literal_column("0")  # as its partial index has it
    return exists().where(_of_patient(stop), none, by_then, ~again)


def _there(dedupe: Any) -> Any:
    known = aliased(Message)
    return exists().where(
        col(known.clinic_id) == Patient.clinic_id, col(known.dedupe) == dedupe,
        col(known.state) != MessageState.CANCELLED,
    )  # fmt: skip
