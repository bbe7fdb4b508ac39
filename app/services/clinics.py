"""What a clinic has decided for itself, and changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from sqlalchemy import select as select_columns
from sqlalchemy import update
from sqlmodel import col

from app.services.audit import audit
from app.services.errors import Invalid
from app.services.prompts import about_prompt
from app.work import Work
from models import Clinic, Message, MessageState, Prompt, PromptState

_ASKED_BY = {
    "checks_usual", "checks_after_change", "checks_when_stable", "quiet_from", "quiet_until",
}  # fmt: skip
# [own] What must come before what on the clock; the first named is the field to mend.
_IN_ORDER = (
    ("quiet_until", "quiet_from", "The quiet hours end in the morning, before they begin."),
    ("protocol_from", "quiet_until", "Protocol messages go from some time in the quiet hours on."),
    ("protocol_from", "evening_at", "The evening comes after the time of the protocol."),
    ("evening_at", "quiet_from", "The evening before is told before the quiet hours begin."),
    ("staffed_from", "staffed_until", "The clinic opens before it closes."),
)
_MIDNIGHT_ENDS = "staffed_until"  # 00:00 is the end of that day (app/services/opening.py)
_EMERGENCY = ("emergency_zh_cn", "emergency_en")
# Of these the audit keeps that they changed and not what they say: a number may be a person's.
_UNTOLD = {"name", "phone", "night_phone", *_EMERGENCY}


class OutOfOrder(Invalid):
    """One of the clinic's hours must come before another; `earlier` and `later` name them."""

    def __init__(self, detail: str, field: str, earlier: str, later: str) -> None:
        super().__init__(detail, field)
        self.earlier, self.later = earlier, later


class OnlyOneLanguage(Invalid):
    """The emergency text is needed in both languages, or in none."""


@dataclass(frozen=True, slots=True)
class Change:
    """A setting as it was and as it becomes."""

    name: str
    was: Any
    becomes: Any

    def __str__(self) -> str:
        if self.name in _UNTOLD:
            return self.name
        return f"{self.name}: {_told(self.was)} -> {_told(self.becomes)}"


def changes_of(clinic: Clinic, fields: Mapping[str, Any]) -> tuple[Change, ...]:
    """What would change, by name; nothing does yet. Raises OutOfOrder, OnlyOneLanguage."""
    found = tuple(
        Change(name, getattr(clinic, name), fields[name])
        for name in sorted(fields)
        if getattr(clinic, name) != fields[name]
    )
    _check_order(clinic, found)
    _check_languages(clinic, found)
    return found


def change_clinic(work: Work, clinic_id: str, fields: Mapping[str, Any], by: str) -> Clinic:
    """Change the fields that are given; what was not asked yet is planned by them."""
    clinic = work.session.get_one(Clinic, clinic_id, with_for_update=True)
    changes = changes_of(clinic, fields)
    for one in changes:
        setattr(clinic, one.name, one.becomes)
    if {one.name for one in changes} & _ASKED_BY:
        _plan_anew(work, clinic)
    audit(work, clinic_id, by, "clinic.change", about="; ".join(map(str, changes)))
    return clinic


def _told(value: Any) -> str:
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def _check_order(clinic: Clinic, changes: Sequence[Change]) -> None:
    """Raises OutOfOrder."""
    new = {one.name: one.becomes for one in changes}
    for earlier, later, detail in _IN_ORDER:
        first, then = (new.get(name, getattr(clinic, name)) for name in (earlier, later))
        at_midnight = later == _MIDNIGHT_ENDS and then == time(0)
        if first > then and not at_midnight:
            raise OutOfOrder(detail, earlier if earlier in new else later, earlier, later)


def _check_languages(clinic: Clinic, changes: Sequence[Change]) -> None:
    """Raises OnlyOneLanguage, with the field that is missing."""
    new = {one.name: one.becomes for one in changes}
    missing = [name for name in _EMERGENCY if not new.get(name, getattr(clinic, name))]
    if len(missing) == 1:
        raise OnlyOneLanguage(field=missing[0])


def _plan_anew(work: Work, clinic: Clinic) -> None:
    """Two statements for all of the clinic's patients; the planner makes the new prompts."""
    mine = col(Prompt.clinic_id) == clinic.id
    not_yet = mine & (col(Prompt.state) == PromptState.OPEN) & (col(Prompt.due_at) > work.now)
    abouts = select_columns(about_prompt("") + col(Prompt.id)).where(not_yet)
    cancelled = update(Message).where(
        col(Message.clinic_id) == clinic.id, col(Message.about).in_(abouts),
        col(Message.state) == MessageState.QUEUED,
    )  # fmt: skip
    cancelled = cancelled.values(state=MessageState.CANCELLED, reason="the clinic's times changed")
    unsynced = {"synchronize_session": False}
    work.session.execute(cancelled, execution_options=unsynced)
    ended = update(Prompt).where(not_yet).values(state=PromptState.CANCELLED)
    work.session.execute(ended, execution_options=unsynced)
