"""How alerts are answered: rates of the last days, from what happened to each.

A wait begins when an alert is raised, worsens, comes back or is opened again while nobody has
it, and ends when somebody takes it. Bounds of the histogram: [own].
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from math import ceil
from statistics import median

from sqlmodel import and_, col, func, select

from app.clinical.grading.term import SYMPTOM_FAMILIES
from app.work import Work
from models import Alert, AlertEvent, AlertWhat, Disposition, Message, MessageState, SymptomReport
from models.columns import first_id

BOUNDS_MIN = (5, 15, 30, 60)
_BEGINS = {AlertWhat.RAISED, AlertWhat.WORSENED, AlertWhat.RETURNED, AlertWhat.REOPENED}
_ARRIVED_OR_NOT = (MessageState.SENT, MessageState.DELIVERED, MessageState.FAILED)


@dataclass(frozen=True, slots=True)
class Waits:
    """Minutes until somebody took it; `waiting` were not taken yet."""

    taken: int
    waiting: int
    median_min: float | None
    p90_min: float | None
    histogram: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class AlertRates:
    """Of the last days; a share is None where there is nothing to share."""

    days: int
    since: datetime
    reports: int
    raised: int
    alerts_per_report: float | None
    waits: Waits
    closed: int
    closed_with_action: float | None
    dispositions: Mapping[str, int]
    calls: int
    undelivered: float | None
    came_back: float | None


def alert_rates(work: Work, clinic_id: str, days: int) -> AlertRates:
    """The rates of so many days up to now."""
    since = work.now - timedelta(days=days)
    happened = _happened(work, clinic_id, since)
    closed = _dispositions(work, clinic_id, since)
    calls, failed = _calls(work, clinic_id, since)
    reports, of_symptoms = _reports(work, clinic_id, since)
    with_action = closed.total() - closed[Disposition.OTHER]
    return AlertRates(
        days, since, reports, happened[AlertWhat.RAISED], _share(of_symptoms, reports),
        _waits(_waited(work, clinic_id, since)),
        closed.total(), _share(with_action, closed.total()), dict(closed),
        calls, _share(failed, calls),
        _share(happened[AlertWhat.RETURNED], happened[AlertWhat.ACKNOWLEDGED]),
    )  # fmt: skip


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _happened(work: Work, clinic_id: str, since: datetime) -> Counter[str]:
    query = select(AlertEvent.what, func.count()).where(
        AlertEvent.clinic_id == clinic_id, AlertEvent.at >= since
    )
    return Counter(dict(work.session.exec(query.group_by(col(AlertEvent.what))).all()))


def _dispositions(work: Work, clinic_id: str, since: datetime) -> Counter[str]:
    query = select(col(AlertEvent.why), func.count()).where(
        AlertEvent.clinic_id == clinic_id, AlertEvent.at >= since,
        AlertEvent.what == AlertWhat.CLOSED,
    )  # fmt: skip
    return Counter({
        str(why): n for why, n in work.session.exec(query.group_by(col(AlertEvent.why)))
    })  # fmt: skip


def _calls(work: Work, clinic_id: str, since: datetime) -> tuple[int, int]:
    """Texts and phone calls that went or were refused, and those that did not arrive."""
    message = and_(
        col(Message.clinic_id) == AlertEvent.clinic_id, col(Message.id) == AlertEvent.message_id
    )
    query = select(Message.state, func.count()).join(AlertEvent, message).where(
        AlertEvent.clinic_id == clinic_id, AlertEvent.at >= since,
        AlertEvent.what == AlertWhat.CALLED, col(Message.state).in_(_ARRIVED_OR_NOT),
    )  # fmt: skip
    states = Counter(dict(work.session.exec(query.group_by(col(Message.state))).all()))
    return states.total(), states[MessageState.FAILED]


def _reports(work: Work, clinic_id: str, since: datetime) -> tuple[int, int]:
    """Symptom reports, and alerts that a patient's words raised: no laboratory values."""
    reports = select(func.count()).select_from(SymptomReport).where(
        SymptomReport.clinic_id == clinic_id, SymptomReport.id >= first_id(since),
        col(SymptomReport.replaced_by).is_(None),
    )  # fmt: skip
    alert = and_(col(Alert.clinic_id) == AlertEvent.clinic_id, col(Alert.id) == AlertEvent.alert_id)
    raised = select(func.count()).select_from(AlertEvent).join(Alert, alert).where(
        AlertEvent.clinic_id == clinic_id, AlertEvent.at >= since,
        AlertEvent.what == AlertWhat.RAISED, col(Alert.family).in_(SYMPTOM_FAMILIES),
    )  # fmt: skip
    return work.session.exec(reports).one(), work.session.exec(raised).one()


def _waited(work: Work, clinic_id: str, since: datetime) -> list[float | None]:
    """Minutes of each wait that began in these days; None where it has not ended."""
    lately = select(AlertEvent.alert_id).where(
        AlertEvent.clinic_id == clinic_id, AlertEvent.at >= since
    )
    query = select(AlertEvent.alert_id, AlertEvent.what, AlertEvent.at).where(
        AlertEvent.clinic_id == clinic_id, col(AlertEvent.alert_id).in_(lately),
        col(AlertEvent.what).in_([*_BEGINS, AlertWhat.ACKNOWLEDGED]),
    )  # fmt: skip
    events = work.session.exec(query.order_by(col(AlertEvent.alert_id), col(AlertEvent.id)))
    return [
        (taken - began).total_seconds() / 60 if taken else None
        for _, life in groupby(events, key=lambda event: event[0])
        for began, taken in _pairs((what, at) for _, what, at in life)
        if began >= since
    ]


def _pairs(
    life: Iterable[tuple[str, datetime]],
) -> Iterator[tuple[datetime, datetime | None]]:
    """From the first begin of each wait to its end."""
    began: datetime | None = None
    for what, at in life:
        if what in _BEGINS:
            began = began or at
        elif began is not None:
            yield began, at
            began = None
    if began is not None:
        yield began, None


def _waits(waited: Sequence[float | None]) -> Waits:
    ended = sorted(minutes for minutes in waited if minutes is not None)
    return Waits(
        len(ended),
        len(waited) - len(ended),
        median(ended) if ended else None,
        ended[ceil(0.9 * len(ended)) - 1] if ended else None,
        _histogram(ended),
    )


def _histogram(minutes: Sequence[float]) -> dict[str, int]:
    names = [*(f"under_{bound}" for bound in BOUNDS_MIN), "over"]
    counted = Counter(names[sum(one >= bound for bound in BOUNDS_MIN)] for one in minutes)
    return {name: counted[name] for name in names}
