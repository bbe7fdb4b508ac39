"""Figures of the clockwork for whoever watches it: aggregates by clinic, nothing of a patient."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, literal_column
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from app.services.alarms import OPERATOR
from app.services.auditor_messages import OPEN_TEXTS
from app.services.findings import Finding, read_finding
from app.services.heartbeats import AUDITOR, all_beats
from app.services.replies import unsent
from app.work import Work
from models import Alert, AlertEvent, AlertWhat, Clinic, Message, MessageState

LATELY = timedelta(days=7)  # [own] of which the time to acknowledge is shown
_A_DAY = timedelta(days=1)
_BEGAN = (AlertWhat.RAISED, AlertWhat.WORSENED, AlertWhat.RETURNED, AlertWhat.REOPENED)
_UNCLOSED = col(Alert.state) != literal_column("'closed'")


@dataclass(frozen=True, slots=True)
class Measures:
    """Counts by (clinic, state) and by (state, channel); moments; seconds by clinic."""

    alerts: Mapping[tuple[str, str], int]
    unanswered_since: Mapping[str, datetime]
    answered_in_s: Mapping[str, Sequence[float]]
    unfinished: Mapping[tuple[str, str], int]
    due_since: datetime | None
    beats: Mapping[str, datetime]
    findings: Sequence[Finding]
    alarms: Mapping[tuple[str, str], int]


def measure(work: Work) -> Measures:
    clinics = work.session.exec(select(Clinic.id)).all()
    beats = {one.name: one for one in all_beats(work)}
    said = beats[AUDITOR].findings if AUDITOR in beats else []
    return Measures(
        alerts=_alerts(work),
        unanswered_since=_unanswered_since(work),
        answered_in_s={clinic: _answered_in_s(work, clinic) for clinic in clinics},
        unfinished=_unfinished(work),
        due_since=work.session.exec(select(func.min(Message.due_at)).where(*_waiting(work))).one(),
        beats={name: one.beat_at for name, one in beats.items()},
        findings=[read_finding(one) for one in said],
        alarms={
            (clinic, what): count for clinic in clinics for what, count in _alarms(work, clinic)
        },
    )


def _alerts(work: Work) -> dict[tuple[str, str], int]:
    """Of those that are not closed."""
    key = (Alert.clinic_id, Alert.state)
    rows = work.session.exec(select(*key, func.count()).where(_UNCLOSED).group_by(*key))
    return {(clinic, state): count for clinic, state, count in rows}


def _unanswered_since(work: Work) -> dict[str, datetime]:
    query = select(Alert.clinic_id, func.min(Alert.raised_at)).where(
        _UNCLOSED, Alert.state == "open"
    )
    return dict(work.session.exec(query.group_by(Alert.clinic_id)).all())


def _answered_in_s(work: Work, clinic_id: str) -> list[float]:
    """From the last raising, or coming back, to each acknowledgement of the last days."""
    began = aliased(AlertEvent)
    since = select(func.max(began.at)).where(
        began.clinic_id == AlertEvent.clinic_id, began.alert_id == AlertEvent.alert_id,
        col(began.what).in_(_BEGAN), began.id < AlertEvent.id,
    )  # fmt: skip
    query = select(AlertEvent.at, since.scalar_subquery()).where(
        AlertEvent.clinic_id == clinic_id,
        AlertEvent.at > work.now - LATELY,
        AlertEvent.what == AlertWhat.ACKNOWLEDGED,
    )
    return [(at - begun).total_seconds() for at, begun in work.session.exec(query) if begun]


def _waiting(work: Work) -> tuple[ColumnElement[bool], ...]:
    queued = col(Message.state) == MessageState.QUEUED
    return unsent(), queued, col(Message.due_at) <= work.now


def _unfinished(work: Work) -> dict[tuple[str, str], int]:
    """What is due and not finished; what is planned for later waits for nothing."""
    key = (Message.state, Message.channel)
    doubt = col(Message.state) == MessageState.UNKNOWN
    counted = {}
    for which in ((unsent(), col(Message.due_at) <= work.now), (OPEN_TEXTS, doubt)):
        rows = work.session.exec(select(*key, func.count()).where(*which).group_by(*key))
        counted.update({(state, channel): count for state, channel, count in rows})
    return counted


def _alarms(work: Work, clinic_id: str) -> Sequence[tuple[str, int]]:
    """Texts to the operator of the last day, by what they say."""
    query = select(Message.about, func.count()).where(
        Message.clinic_id == clinic_id,
        col(Message.about) >= OPERATOR, col(Message.about) < OPERATOR + "~",
        col(Message.made_at) > work.now - _A_DAY,
    )  # fmt: skip
    rows = work.session.exec(query.group_by(col(Message.about)))
    return [(str(about).removeprefix(OPERATOR), count) for about, count in rows]
