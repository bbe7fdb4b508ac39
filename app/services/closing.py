"""Closing what was not answered in time: a check goes to the nurse's call list, and no further."""

from collections.abc import Collection, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import tuple_, update
from sqlmodel import col, select

from app.services.courses import Key, chats_of
from app.services.prompts import about_prompt
from app.work import Work
from models import (
    InboxItem,
    InboxKind,
    Message,
    MessageState,
    Patient,
    Prompt,
    PromptKind,
    PromptState,
)
from models.columns import new_id

UNANSWERED = "not answered in time"
# Of these something has reached the patient, or may have.
WENT = (MessageState.SENDING, MessageState.SENT, MessageState.DELIVERED)


def close_missed(work: Work, at_most: int) -> int:
    """Close prompts whose time has passed, the first first; how many."""
    query = (
        select(Prompt, Patient)
        .join(Patient, _same_patient())
        .where(col(Prompt.state) == PromptState.OPEN, col(Prompt.closes_at) <= work.now)
        .order_by(col(Prompt.closes_at))
        .limit(at_most)
        .with_for_update(of=Prompt, skip_locked=True)
    )
    found = [(prompt, patient) for prompt, patient in work.session.exec(query)]
    if found:
        _close(work, found)
    return len(found)


def _same_patient() -> Any:
    mine = col(Patient.clinic_id) == col(Prompt.clinic_id)
    return mine & (col(Patient.id) == col(Prompt.patient_id))


def _close(work: Work, found: Sequence[tuple[Prompt, Patient]]) -> None:
    chats = chats_of(work, [patient for _, patient in found])
    went = _went(work, [prompt for prompt, _ in found])
    for prompt, patient in found:
        reachable = (patient.clinic_id, patient.id) in chats and not _is_gone(patient)
        prompt.state = PromptState.MISSED if reachable else PromptState.CANCELLED
        if reachable and prompt.kind == PromptKind.CHECK:
            _tell_nurse(work, prompt, patient, prompt.id in went)
    _cancel(work, [(prompt.clinic_id, about_prompt(prompt.id)) for prompt, _ in found])


def _is_gone(patient: Patient) -> bool:
    return bool(patient.died_on or patient.erased_at)


def _went(work: Work, prompts: Sequence[Prompt]) -> Collection[str]:
    """Those of which something was sent; while no worker runs, nothing is."""
    abouts = [(prompt.clinic_id, about_prompt(prompt.id)) for prompt in prompts]
    query = select(col(Message.about)).where(_about(abouts), col(Message.state).in_(WENT))
    return {str(about).removeprefix("prompt:") for about in work.session.exec(query)}


def _tell_nurse(work: Work, prompt: Prompt, patient: Patient, went: bool) -> None:
    on = prompt.due_at.astimezone(ZoneInfo(patient.time_zone)).date().isoformat()
    work.session.add(InboxItem(
        clinic_id=prompt.clinic_id, id=new_id(work.now), patient_id=patient.id,
        kind=InboxKind.SILENT if went else InboxKind.UNREACHABLE,
        text=on if went else f"the check of {on} could not be sent",
        data={"prompt": prompt.id}, received_at=work.now,
    ))  # fmt: skip


def _cancel(work: Work, abouts: Sequence[Key]) -> None:
    cancelled = update(Message).where(
        _about(abouts), col(Message.state) == MessageState.QUEUED
    )
    cancelled = cancelled.values(state=MessageState.CANCELLED, reason=UNANSWERED)
    work.session.execute(cancelled.execution_options(synchronize_session=False))


def _about(abouts: Sequence[Key]) -> Any:
    return tuple_(col(Message.clinic_id), col(Message.about)).in_(abouts)
