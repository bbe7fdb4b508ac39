"""A word that changes with whatever a desk shows, read without the rows that it shows.

A few statements on indexes, whatever the number of patients: an open desk asks every 15 s.
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, literal, union_all
from sqlalchemy import select as columns
from sqlmodel import SQLModel, col

from app.services.alert_list import UNCLOSED
from app.services.call_list import calls_waiting, first_calls
from app.services.doses import counts
from app.services.paging import PAGE
from app.services.queue import places_of
from app.work import Work
from models import (
    Alert,
    AlertEvent,
    Dose,
    InboxItem,
    Lab,
    Message,
    PhoneCall,
    Questionnaire,
    Regimen,
    Sample,
    SymptomReport,
    Visit,
)

CALLS_SHOWN = 5  # on the desk; the rest has a page of its own
_OF_A_DRAW = timedelta(hours=61)  # in which a dose lies that was meant for a draw of today
_TABLES: tuple[type[SQLModel], ...] = (Regimen, SymptomReport, Questionnaire, Sample, Lab)


def word_of_desk(work: Work, clinic_id: str, after: str | None = None) -> str:
    """Changes with alerts, what became of their calls, visits, what is told of them, and items.

    Raises NoSuchPage.
    """
    places = places_of(work, clinic_id, after, PAGE + 1, by_day=True)
    told = [
        *_latest(work, clinic_id),
        *_calls(work, clinic_id),
        *_calls_of_alerts(work, clinic_id),
        *map(str, places),
        *_visits(work, clinic_id, [place.id for place in places]),
    ]
    return hashlib.sha256("|".join(told).encode()).hexdigest()[:16]


def minute_of(now: datetime) -> str:
    """Windows and ages are told by the minute."""
    return f"{int(now.timestamp()) // 60:x}"


def _latest(work: Work, clinic_id: str) -> Iterator[str]:
    """The last event, item, item handled and call; one statement for all."""
    latest: tuple[Any, ...] = (
        AlertEvent.id, InboxItem.id, InboxItem.handled_at, PhoneCall.id,
    )  # fmt: skip
    each = [
        columns(func.max(one)).where(one.class_.clinic_id == clinic_id).scalar_subquery()
        for one in latest
    ]
    yield from map(str, work.session.execute(columns(*each)).one())


def _calls(work: Work, clinic_id: str) -> Iterator[str]:
    """How many are to be phoned, and with whom the list begins."""
    yield str(calls_waiting(work, clinic_id))
    yield from map(str, first_calls(work, clinic_id, CALLS_SHOWN))


def _calls_of_alerts(work: Work, clinic_id: str) -> Iterator[str]:
    query = columns(col(Alert.id)).where(
        col(Alert.clinic_id) == clinic_id, col(Alert.state).in_(UNCLOSED)
    )
    latest = query.order_by(col(Alert.raised_at).desc(), col(Alert.id).desc()).limit(PAGE)
    about = [f"alert:{one}" for one in work.session.execute(latest).scalars()]
    messages = columns(col(Message.id), col(Message.state)).where(
        col(Message.clinic_id) == clinic_id, col(Message.about).in_(about)
    )
    rows = work.session.execute(messages.order_by(col(Message.id))) if about else ()
    return (f"{one}{state}" for one, state in rows)


def _visits(work: Work, clinic_id: str, ids: Sequence[str]) -> Iterator[str]:
    """Of the visits shown: each as it stands, and the last of what is kept of their patients."""
    query = columns(
        col(Visit.patient_id), col(Visit.status), col(Visit.drawn_at), col(Visit.purpose)
    ).where(col(Visit.clinic_id) == clinic_id, col(Visit.id).in_(ids))
    rows = work.session.execute(query.order_by(col(Visit.id))).all() if ids else ()
    yield from map(str, rows)
    yield from _facts(work, clinic_id, sorted({str(row[0]) for row in rows}))


def _facts(work: Work, clinic_id: str, patients: Sequence[str]) -> Iterator[str]:
    """How many of each kind, and the last: one statement for all."""
    if not patients:
        return
    since = work.now - _OF_A_DRAW
    doses = _last(Dose, clinic_id, patients, counts(), col(Dose.taken_at) > since)
    found = [doses, *(_last(table, clinic_id, patients) for table in _TABLES)]
    yield from map(str, work.session.execute(union_all(*found)))


def _last(table: Any, clinic_id: str, patients: Sequence[str], *where: Any) -> Any:
    kind = columns(literal(table.__tablename__), func.count(), func.max(table.id))
    return kind.where(table.clinic_id == clinic_id, table.patient_id.in_(patients), *where)
