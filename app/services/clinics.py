"""What a clinic has decided for itself, and changes."""

from collections.abc import Mapping
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


def change_clinic(work: Work, clinic_id: str, fields: Mapping[str, Any], by: str) -> Clinic:
    """Change the fields that are given; what was not asked yet is planned by them."""
    clinic = work.session.get_one(Clinic, clinic_id, with_for_update=True)
    changed = {name for name, value in fields.items() if getattr(clinic, name) != value}
    for name in changed:
        setattr(clinic, name, fields[name])
    _check_order(clinic, changed)
    if changed & _ASKED_BY:
        _plan_anew(work, clinic)
    audit(work, clinic_id, by, "clinic.change", about=",".join(sorted(changed)))
    return clinic


def _check_order(clinic: Clinic, changed: set[str]) -> None:
    """Raises Invalid."""
    for earlier, later, detail in _IN_ORDER:
        if getattr(clinic, earlier) > getattr(clinic, later):
            raise Invalid(detail, field=earlier if earlier in changed else later)


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
