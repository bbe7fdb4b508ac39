"""An alert goes from person to person until one takes it, and comes back when it is not closed.

The chain, its waits and the four hours: clinic settings with the defaults of the protocol's
service [own]. Who is called is decided at the moment of calling.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import structlog
from sqlmodel import col, select

from app.services.alarms import alarm
from app.services.alert_life import life_of, note, note_call, note_not_reached
from app.services.desk_lines import leave_line
from app.services.messages import message_to_staff, queue_once
from app.services.old_results import by_day, is_of_old
from app.services.overtaken import round_in
from app.services.rota import Call, chain, why_not
from app.work import Work
from models import (
    Alert,
    AlertEvent,
    AlertState,
    AlertWhat,
    Channel,
    Clinic,
    InboxKind,
    Message,
    Patient,
)

_AT_ANY_HOUR = timedelta(hours=24)  # [own] what is older comes back when the clinic is staffed
LONGEST_PAUSE = timedelta(hours=1)  # [own]
_TRIED = (AlertWhat.CALLED, AlertWhat.NOT_REACHED)
_BATCH = 50
_TRIED_AGAIN = timedelta(minutes=1)
_log = structlog.get_logger("escalation")


def escalate_due(work: Work, at_most: int = _BATCH) -> int:
    """Every alert whose time has come takes its next step; how many did.

    One that cannot is tried again a minute later, tells the operator, and holds up no other.
    """
    query = select(Alert).where(
        col(Alert.state) != AlertState.CLOSED, col(Alert.next_step_at) <= work.now
    )
    query = query.order_by(col(Alert.next_step_at)).limit(at_most)
    due = work.session.exec(query.with_for_update(skip_locked=True)).all()
    for alert in due:
        try:
            with work.session.begin_nested():
                _take_step(work, alert)
        except Exception as error:  # noqa: BLE001 whatever is wrong with one alert
            _log.error("an alert took no step", alert=alert.id, error=type(error).__name__)
            alert.next_step_at = work.now + _TRIED_AGAIN
            alarm(work, alert.clinic_id, "clockwork")
    return len(due)


def _take_step(work: Work, alert: Alert) -> None:
    clinic = work.session.get_one(Clinic, alert.clinic_id)
    if is_of_old(alert) and (later := by_day(work, clinic, work.now)) > work.now:
        alert.next_step_at = later
        return
    if alert.state == AlertState.ACKNOWLEDGED:
        _return(work, alert)
    call_next(work, alert)
    work.session.flush()


def _return(work: Work, alert: Alert) -> None:
    """Somebody took it and did not close it: people are called from the first on."""
    alert.state = AlertState.OPEN
    alert.acknowledged_at = alert.acknowledged_by = None
    begin_anew(alert)
    note(work, alert, AlertWhat.RETURNED)


def begin_anew(alert: Alert) -> None:
    """Another round, from the first person on."""
    alert.round += 1
    alert.step = 0


def call_next(work: Work, alert: Alert, tries: Sequence[AlertEvent] | None = None) -> bool:
    """Call the next person who can be reached; with nobody left, say so and begin anew later.

    `tries` are those of this round, where the caller knows them.
    """
    tries = _of_round(work, alert) if tries is None else tries
    with work.session.no_autoflush:  # the rota hangs on nothing that is changed here
        calls = chain(work, alert.clinic_id)
    left = untried(calls, tries)
    able = next((call for call in left if why_not(call) is None), None)
    passed = left[: left.index(able)] if able else left
    for call in passed:
        note_not_reached(work, alert, call.channel, call.staff.id, str(why_not(call)))
    if able:
        _call(work, alert, able)
    else:
        _nobody_left(work, alert)
    if passed:
        alarm(work, alert.clinic_id, "not_reached")
    return able is not None


def untried(calls: Iterable[Call], tries: Iterable[AlertEvent]) -> list[Call]:
    """Of a chain, what was not tried in a round."""
    tried = {(_step_of(one.channel), one.staff_id) for one in tries if one.what in _TRIED}
    return [call for call in calls if (call.channel, call.staff.id) not in tried]


def _step_of(channel: str | None) -> str | None:
    """A person's own Telegram goes with the text."""
    return Channel.SMS if channel == Channel.TELEGRAM else channel


def _of_round(work: Work, alert: Alert) -> list[AlertEvent]:
    work.session.flush()
    return [
        event for event in life_of(work, alert)
        if event.round == alert.round and event.what in _TRIED
    ]  # fmt: skip


def _call(work: Work, alert: Alert, call: Call) -> None:
    patient = work.session.get_one(Patient, (alert.clinic_id, alert.patient_id))
    alert.step += 1
    alert.next_step_at = work.now + call.wait
    data = {"code": alert.code, "patient": patient.code}
    for channel in ways(call):
        dedupe = f"alert:{alert.id}:{alert.round}:{channel}"
        about, key = f"alert:{alert.id}", f"{channel}.alert"
        told = {**data, "buttons": _take(alert)} if channel == Channel.TELEGRAM else data
        row = message_to_staff(work, call.staff, channel, dedupe, key, told, about)
        if queue_once(work, row):
            note_call(work, alert, call.staff, row)


def _take(alert: Alert) -> list[list[dict[str, str]]]:
    return [[{"label": "staff.button.take", "data": f"take:{alert.id}"}]]


def ways(call: Call) -> list[Channel]:
    """A text also goes to the person's own Telegram, where it is linked: either may be down."""
    if call.channel == Channel.VOICE:
        return [Channel.VOICE]
    texts = call.staff.phone and call.staff.texts_stopped_at is None
    chat = call.staff.chat_id is not None
    return [*([Channel.SMS] if texts else []), *([Channel.TELEGRAM] if chat else [])]


def _nobody_left(work: Work, alert: Alert) -> None:
    """The inbox says it once a raising; the operator hears of it; and it begins anew."""
    called = any(event.what == AlertWhat.CALLED for event in _of_round(work, alert))
    what = AlertWhat.UNANSWERED if called else AlertWhat.NOBODY
    life = life_of(work, alert)
    before = sum(event.what == what and event.at >= alert.raised_at for event in life)
    if not before:
        patient = work.session.get_one(Patient, (alert.clinic_id, alert.patient_id))
        key, values = f"alert_{what.value}", {"code": alert.code}
        leave_line(work, patient, key, values, InboxKind.UNREACHABLE)
    note(work, alert, what)
    alarm(work, alert.clinic_id, what.value)
    clinic = work.session.get_one(Clinic, alert.clinic_id)
    pause = timedelta(minutes=clinic.call_wait_min)
    alert.next_step_at = work.now + (_longer(pause, before) if called else pause)
    begin_anew(alert)


def _longer(pause: timedelta, before: int) -> timedelta:
    """Between rounds that nobody answered: doubling, to an hour."""
    return max(pause, min(pause * 2.0 ** min(before, 10), LONGEST_PAUSE))


def locked_alert(work: Work, row: Message) -> Alert | None:
    """The alert that a message is about, until the end of this work."""
    alert_id = (row.about or "").removeprefix("alert:")
    query = select(Alert).where(Alert.clinic_id == row.clinic_id, Alert.id == alert_id)
    return work.session.exec(query.with_for_update()).first()


def call_failed(work: Work, row: Message) -> None:
    """A call did not arrive: the next person is called at once, unless one was called since."""
    alert = locked_alert(work, row)
    if alert is None:
        return
    event = note_not_reached(work, alert, row.channel, row.staff_id, row.reason or "failed")
    event.round = round_in(row.dedupe) or alert.round  # told late, it is of a round that is over
    if alert.state == AlertState.OPEN and _is_waited_for(work, alert, row):
        call_next(work, alert)
    alarm(work, alert.clinic_id, "not_reached")


def _is_waited_for(work: Work, alert: Alert, row: Message) -> bool:
    """Whether this was the last call; beside a text, a person's own Telegram decides nothing."""
    calls = [event for event in _of_round(work, alert) if event.what == AlertWhat.CALLED]
    if not calls:
        return False
    spoken = calls[-1].channel == Channel.VOICE
    step = [
        event for event in calls
        if event.staff_id == calls[-1].staff_id and (event.channel == Channel.VOICE) == spoken
    ]  # fmt: skip
    decides = next((event for event in step if event.channel != Channel.TELEGRAM), step[-1])
    return decides.message_id == row.id


def return_at(work: Work, alert: Alert) -> datetime:
    """When an alert that is taken now comes back if it is not closed; an old one not by night.

    Then the first is called, too, about a result that was old when it came.
    """
    clinic = work.session.get_one(Clinic, alert.clinic_id)
    at = work.now + timedelta(minutes=clinic.close_within_min)
    any_hour = at - alert.raised_at <= _AT_ANY_HOUR and not is_of_old(alert)
    return at if any_hour else by_day(work, clinic, at)
