"""The planner: closes what was not answered and plans what is asked next, in bounded batches.

Several workers may do it at once: only one open prompt of a patient and kind can be there,
and the messages are made by whoever made the prompt.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, or_, tuple_
from sqlmodel import col, exists, select

from app.database import INSERT
from app.services.closing import close_missed
from app.services.courses import Key, chats_of
from app.services.next_prompts import Planned, next_checks, next_sf36s, ones
from app.services.prompt_times import occurrence
from app.services.prompts import about_prompt
from app.services.reminders import Reminder
from app.services.revived import revive
from app.work import Begin, Work
from models import (
    Channel,
    Chat,
    ChatState,
    CheckPace,
    Clinic,
    Message,
    MessageState,
    Patient,
    Prompt,
    PromptKind,
    PromptState,
    Regimen,
)
from models.columns import new_id

BATCH = 200
_NEXT = {PromptKind.CHECK: next_checks, PromptKind.SF36: next_sf36s}


def plan_prompts(begin: Begin, size: int = BATCH) -> None:
    """Close and plan all that is to be; one transaction a batch."""
    with begin() as work:
        revive(work)
    closed = size
    while closed == size:
        with begin() as work:
            closed = close_missed(work, size)
    for kind in PromptKind:
        _plan_all(begin, kind, size)


def _plan_all(begin: Begin, kind: PromptKind, size: int) -> None:
    after: Key | None = ("", "")
    while after is not None:
        with begin() as work:
            after = plan_batch(work, kind, after, size)


def plan_batch(work: Work, kind: PromptKind, after: Key, size: int = BATCH) -> Key | None:
    """Plan for the next patients of whom nothing is asked; where to go on, or None at the end."""
    found = [(patient, clinic) for patient, clinic in
             work.session.exec(_unplanned(kind, after).limit(size))]  # fmt: skip
    if found:
        _keep(work, kind, list(_NEXT[kind](work, ones(work, found))))
    last = found[-1][0] if len(found) == size else None
    return (last.clinic_id, last.id) if last else None


def _unplanned(kind: PromptKind, after: Key) -> Any:
    """Those who can be asked, and are not: reachable by chat, alive, not to be forgotten."""
    mine = (col(Patient.clinic_id), col(Patient.id))
    query = select(Patient, Clinic).join(Clinic, col(Clinic.id) == col(Patient.clinic_id))
    query = query.where(
        col(Patient.died_on).is_(None), col(Patient.erased_at).is_(None),
        col(Patient.forget_asked_at).is_(None), tuple_(*mine) > after,
        exists().where(*_of(Chat), col(Chat.state) == ChatState.ACTIVE),
        ~exists().where(
            *_of(Prompt), col(Prompt.kind) == kind, col(Prompt.state) == PromptState.OPEN
        ),
    )  # fmt: skip
    if kind == PromptKind.CHECK:
        paces = (Clinic.checks_usual, Clinic.checks_after_change, Clinic.checks_when_stable)
        some = or_(*(col(pace) != CheckPace.NEVER for pace in paces))
        query = query.where(exists().where(*_of(Regimen)), some)
    return query.order_by(*mine)


def _of(table: Any) -> tuple[Any, Any]:
    return (
        col(table.clinic_id) == col(Patient.clinic_id),
        col(table.patient_id) == col(Patient.id),
    )


def _keep(work: Work, kind: PromptKind, planned: Sequence[Planned]) -> None:
    """The prompts, where no other worker was quicker, and their messages to every chat."""
    rows = {new_id(work.now): one for one in planned}
    if not rows:
        return
    dialect = work.session.get_bind().dialect.name
    made = INSERT[dialect](Prompt).values(
        [_prompt(work, kind, prompt_id, one) for prompt_id, one in rows.items()]
    )
    made = made.on_conflict_do_nothing().returning(Prompt.__table__.c.id)  # type: ignore[attr-defined]
    kept = {prompt_id: rows[prompt_id] for prompt_id in work.session.execute(made).scalars()}
    chats = chats_of(work, [one.patient for one in kept.values()])
    messages = [
        _message(work, prompt_id, one.patient, chat_id, sending)
        for prompt_id, one in kept.items()
        for chat_id in chats.get((one.patient.clinic_id, one.patient.id), ())
        for sending in one.times.sendings
    ]
    if messages:
        work.session.execute(insert(Message), messages)


def _prompt(work: Work, kind: PromptKind, prompt_id: str, one: Planned) -> dict[str, Any]:
    return {
        "clinic_id": one.patient.clinic_id, "id": prompt_id, "patient_id": one.patient.id,
        "kind": kind, "why": one.why, "due_at": one.times.due_at,
        "closes_at": one.times.closes_at, "state": PromptState.OPEN, "made_at": work.now,
    }  # fmt: skip


def _message(
    work: Work, prompt_id: str, patient: Patient, chat_id: int, sending: Reminder
) -> dict[str, Any]:
    return {
        "clinic_id": patient.clinic_id, "id": new_id(work.now),
        "dedupe": f"{occurrence(prompt_id, sending)}:{chat_id}", "channel": Channel.TELEGRAM,
        "chat_id": chat_id, "patient_id": patient.id, "about": about_prompt(prompt_id),
        "key": sending.key, "data": sending.data, "state": MessageState.QUEUED,
        "due_at": sending.due_at, "not_after": sending.not_after, "attempts": 0,
        "made_at": work.now,
    }  # fmt: skip
