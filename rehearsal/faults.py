"""Faults planted for a rehearsal: what the product does is patched here, never switched there.

Each names the line of the report that must turn red.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

from sqlalchemy import update
from sqlmodel import col

from app.clinical import draw_window
from app.delivery import preparing
from app.services import alerts, daily_rows, messages, reminders
from app.services.reminders import Day
from models import Channel, Message, MessageState
from rehearsal import findings
from rehearsal.cohort import START

Patches = Mapping[str, Any]  # dotted names in the product, and what stands there instead
_LATER = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong, where, and which line finds it."""

    what: str
    line: str
    patches: Callable[[], Patches]


@contextmanager
def planted(name: str | None) -> Iterator[None]:
    """The product with one fault, or as it is."""
    with ExitStack() as stack:
        for place, instead in (FAULTS[name].patches() if name else {}).items():
            stack.enter_context(patch(place, instead))
        yield


def _nothing(*_args: Any, **_more: Any) -> None:
    return None


def _taken_and(wait: timedelta) -> Patches:
    """An alert that was taken does its next step after another wait than it should."""
    takes = alerts.acknowledge

    def take(work: Any, *args: Any) -> Any:
        alert = takes(work, *args)
        alert.next_step_at = work.now + wait
        return alert

    return {"rehearsal.staff.acknowledge": take, "app.services.taking.acknowledge": take}


def _quiet_ignored() -> Patches:
    def as_wanted(_day: Day, wanted: datetime) -> datetime:
        return wanted

    return {
        "app.services.reminders.Day.allowed": as_wanted,
        "app.services.reminders.Day.after_quiet": as_wanted,
        "app.delivery.preparing.held_until": _nothing,
    }


def _zone_of_the_clinic() -> Patches:
    knows = reminders.day_of

    def day_of(clinic: Any, patient: Any) -> Day:
        return replace(knows(clinic, patient), zone=ZoneInfo(clinic.time_zone))

    def day(clinic: Any, _zone: str) -> Day:
        return of_day(clinic, clinic.time_zone)

    of_day, users = daily_rows._day, ("reminders", "quiet", "next_prompts", "snooze")
    patches: dict[str, Any] = {f"app.services.{name}.day_of": day_of for name in users}
    return {**patches, "app.services.daily_rows._day": day}


def _offset_of_summer() -> Patches:
    """The offset from UTC is taken once, and kept over a change of the clock."""

    def at(day: Day, on: date, clock: time) -> datetime:
        offset = START.astimezone(day.zone).utcoffset() or timedelta()
        return datetime.combine(on, clock, UTC) - offset

    return {"app.services.reminders.Day.at": at}


def _told_to_the_dead() -> Patches:
    return {
        "app.services.patients._follow": _nothing,
        "app.delivery.preparing._unwanted_in_chat": _nothing,
    }


def _a_row_each_time() -> Patches:
    columns_of = daily_rows._columns

    def columns(*args: Any) -> dict[str, Any]:
        found = columns_of(*args)
        return {**found, "dedupe": found["dedupe"] + f":{secrets.token_hex(4)}"}

    return {"app.services.daily_rows._columns": columns}


def _undelivered_ignored() -> Patches:
    hears = messages.receipt

    def receipt(work: Any, sid: str, status: str, *more: Any) -> Message | None:
        return None if status == "undelivered" else hears(work, sid, status, *more)

    return {"rehearsal.worker.receipt": receipt, "app.delivery.receipts.receipt": receipt}


def _never_stale() -> Patches:
    ends = preparing._ending

    def ending(work: Any, row: Message, attempt: int) -> Any:
        found = ends(work, row, attempt)
        return None if found and found[0] == MessageState.EXPIRED else found

    return {"app.delivery.preparing._ending": ending}


def _window_too_late() -> Patches:
    opens = draw_window.window_after

    def window_after(dose_at: datetime) -> Any:
        return opens(dose_at + timedelta(hours=1))

    return {"app.services.reminders.window_after": window_after}


def _sent_again_unseen() -> Patches:
    """A text whose worker died, or whose answer was lost, is queued again without a look."""

    def reconcile(begin: Any, *_more: Any) -> None:
        doubtful = (MessageState.SENDING, MessageState.UNKNOWN)
        with begin() as work:
            lapsed = update(Message).where(
                col(Message.channel) == Channel.SMS, col(Message.state).in_(doubtful),
                col(Message.leased_until) <= work.now,
            )  # fmt: skip
            work.session.execute(lapsed.values(state=MessageState.QUEUED, due_at=work.now))

    return {"app.delivery.reconcile": reconcile}


FAULTS: Mapping[str, Fault] = {
    "escalation_stands_still": Fault(
        "an alert that nobody answers goes to nobody else", findings.LATE,
        lambda: {"rehearsal.worker.escalate_due": lambda _work: 0},
    ),
    "answered_calls_on": Fault(
        "an answered alert goes on to the next person", findings.AFTER_ANSWER,
        lambda: _taken_and(timedelta(minutes=5)),
    ),
    "answered_is_forgotten": Fault(
        "an answered alert that nobody closes does not come back", findings.FORGOTTEN,
        lambda: _taken_and(_LATER),
    ),
    "words_call_nobody": Fault(
        "a red flag in a patient's own words raises no alert", findings.LOST,
        lambda: {"app.services.free_text.raise_alerts": _nothing},
    ),
    "undelivered_is_ignored": Fault(
        "a text that did not arrive counts as sent", findings.LATE, _undelivered_ignored
    ),
    "quiet_hours_ignored": Fault(
        "reminders come at night", findings.QUIET, _quiet_ignored
    ),
    "zone_of_the_clinic": Fault(
        "reminders go by the clinic's clock", findings.WRONG_TIME, _zone_of_the_clinic
    ),
    "offset_of_summer": Fault(
        "a change of the clock is not followed", findings.WRONG_TIME, _offset_of_summer
    ),
    "stop_is_ignored": Fault(
        "reminders go on after STOP", findings.AFTER_END,
        lambda: {"bot.acts.data.stop_reminders": _nothing},
    ),
    "told_to_the_dead": Fault(
        "reminders go on after a death", findings.AFTER_END, _told_to_the_dead
    ),
    "never_stale": Fault(
        "reminders go out however late", findings.WRONG_TIME, _never_stale
    ),
    "window_too_late": Fault(
        "the window of a dose is taken to open after 23 hours", findings.WINDOW, _window_too_late
    ),
    "a_row_each_time": Fault(
        "an occurrence that is planned again is sent again", findings.DOUBLED, _a_row_each_time
    ),
    "sent_again_unseen": Fault(
        "a text that may have gone is sent again without a look", findings.REPEATED,
        _sent_again_unseen,
    ),
}  # fmt: skip
