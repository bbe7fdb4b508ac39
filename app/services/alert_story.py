"""An alert as people read it: its life, what became of each call, and what comes next."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import and_, col, func, select

from app.services.alert_life import life_of
from app.services.next_step import NextStep, next_step
from app.services.rota import duty_of
from app.work import Work
from models import Alert, AlertEvent, AlertWhat, Message


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened to an alert; with a call, its message as it stands now."""

    event: AlertEvent
    message: Message | None = None


@dataclass(frozen=True, slots=True)
class Story:
    life: tuple[Happened, ...]  # the latest first
    next: NextStep | None


@dataclass(frozen=True, slots=True)
class Brief:
    """What the queue tells of an alert."""

    next: NextStep | None
    last_call: Happened | None
    came_back: int


def story(work: Work, alert: Alert) -> Story:
    """All that happened to an alert, and what comes next."""
    life = life_of(work, alert)
    sent = _messages(work, alert.clinic_id, life)
    happened = [Happened(event, sent.get(str(event.message_id))) for event in life]
    coming = next_step(work, duty_of(work, alert.clinic_id), alert, life)
    return Story(tuple(reversed(happened)), coming)


def briefs(work: Work, clinic_id: str, alerts: Sequence[Alert]) -> Mapping[str, Brief]:
    """Of each alert what comes next, whom it called last, and how often it came back."""
    if not alerts:
        return {}
    ids = [alert.id for alert in alerts]
    duty, back = duty_of(work, clinic_id), _came_back(work, clinic_id, ids)
    rounds = _of_this_round(work, clinic_id, ids)
    calls = {one: _last_call(life) for one, life in rounds.items()}
    sent = _messages(work, clinic_id, [call for call in calls.values() if call])
    return {
        alert.id: Brief(
            next_step(work, duty, alert, rounds[alert.id]),
            _happened(calls.get(alert.id), sent),
            back.get(alert.id, 0),
        )
        for alert in alerts
    }


def _last_call(life: Sequence[AlertEvent]) -> AlertEvent | None:
    return next((event for event in reversed(life) if event.what == AlertWhat.CALLED), None)


def _happened(event: AlertEvent | None, sent: Mapping[str, Message]) -> Happened | None:
    return Happened(event, sent.get(str(event.message_id))) if event else None


def _of_this_round(
    work: Work, clinic_id: str, ids: Sequence[str]
) -> defaultdict[str, list[AlertEvent]]:
    """What happened since people were last called from the first on."""
    same = and_(
        col(Alert.clinic_id) == AlertEvent.clinic_id,
        col(Alert.id) == AlertEvent.alert_id,
        col(Alert.round) == AlertEvent.round,
    )
    query = (
        select(AlertEvent)
        .join(Alert, same)
        .where(AlertEvent.clinic_id == clinic_id, col(AlertEvent.alert_id).in_(ids))
    )
    found: defaultdict[str, list[AlertEvent]] = defaultdict(list)
    for event in work.session.exec(query.order_by(col(AlertEvent.id))):
        found[event.alert_id].append(event)
    return found


def _came_back(work: Work, clinic_id: str, ids: Sequence[str]) -> dict[str, int]:
    query = select(AlertEvent.alert_id, func.count()).where(
        AlertEvent.clinic_id == clinic_id, col(AlertEvent.alert_id).in_(ids),
        AlertEvent.what == AlertWhat.RETURNED,
    )  # fmt: skip
    return dict(work.session.exec(query.group_by(col(AlertEvent.alert_id))).all())


def _messages(work: Work, clinic_id: str, events: Iterable[AlertEvent]) -> Mapping[str, Message]:
    ids = [event.message_id for event in events if event.message_id]
    query = select(Message).where(Message.clinic_id == clinic_id, col(Message.id).in_(ids))
    return {row.id: row for row in work.session.exec(query)} if ids else {}
