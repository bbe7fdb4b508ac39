"""What a patient is asked for at a time of its own: at most one open of each kind."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, update
from sqlmodel import col, select

from app.services.messages import active_chats, cancel_about
from app.services.pace import TROUBLE
from app.work import Work
from models import CheckPace, Patient, Prompt, PromptKind, PromptState

# [own] What is told so soon before it would be asked for answers it.
_ANSWERS_BEFORE = {PromptKind.CHECK: timedelta(days=1), PromptKind.SF36: timedelta(days=14)}


def open_prompt(work: Work, patient: Patient, kind: PromptKind) -> Prompt | None:
    """What is asked of a patient by now and not answered."""
    query = select(Prompt).where(
        Prompt.clinic_id == patient.clinic_id,
        Prompt.patient_id == patient.id,
        Prompt.kind == kind,
        Prompt.state == PromptState.OPEN,
        Prompt.due_at <= work.now,
    )
    return work.session.exec(query).first()


def answer_prompt(work: Work, patient: Patient, kind: PromptKind, told_at: datetime) -> None:
    """What is asked by then, or would be soon after, is answered: nothing more is sent of it."""
    soon = col(Prompt.due_at) <= told_at + _ANSWERS_BEFORE[kind]
    _end(work, patient, PromptState.ANSWERED, "answered", (kind,), soon)


def check_told(work: Work, patient: Patient, told_at: datetime, worst: int) -> None:
    """A report answers the open check; one with trouble ends a stable course."""
    answer_prompt(work, patient, PromptKind.CHECK, told_at)
    if worst >= TROUBLE:
        no_longer_calm(work, patient)


def sf36_told(work: Work, patient: Patient, told_at: datetime) -> None:
    """A questionnaire answers what is asked or soon would be; else the next is counted anew."""
    answer_prompt(work, patient, PromptKind.SF36, told_at)
    rethink(work, patient, "a questionnaire was told", (PromptKind.SF36,))


def cancel_prompts(work: Work, patient: Patient, reason: str) -> None:
    """Nothing is asked of this patient any more: one who has died, or asks to be forgotten."""
    _end(work, patient, PromptState.CANCELLED, reason, tuple(PromptKind))


def stop_prompts(work: Work, patient: Patient) -> None:
    """A chat was stopped: when no other is left, nothing is asked any more."""
    if not active_chats(work, patient):
        cancel_prompts(work, patient, "the patient stopped reminders")


def rethink(
    work: Work, patient: Patient, reason: str, kinds: Collection[PromptKind] = tuple(PromptKind)
) -> None:
    """What was not asked yet is planned anew, by the planner's next round."""
    not_yet = col(Prompt.due_at) > work.now
    _end(work, patient, PromptState.CANCELLED, reason, kinds, not_yet)


def no_longer_calm(work: Work, patient: Patient) -> None:
    """Trouble in a stable course: the next check comes at the usual pace again."""
    seldom = col(Prompt.why) == CheckPace.FORTNIGHTLY
    not_yet = col(Prompt.due_at) > work.now
    _end(
        work, patient, PromptState.CANCELLED, "no longer stable", (PromptKind.CHECK,),
        seldom & not_yet,
    )  # fmt: skip


def about_prompt(prompt_id: str) -> str:
    """What the messages of a prompt are about."""
    return f"prompt:{prompt_id}"


def _end(
    work: Work, patient: Patient, state: PromptState, reason: str,
    kinds: Collection[PromptKind], *further: ColumnElement[bool],
) -> None:  # fmt: skip
    ended = update(Prompt).where(
        col(Prompt.clinic_id) == patient.clinic_id,
        col(Prompt.patient_id) == patient.id,
        col(Prompt.kind).in_(kinds),
        col(Prompt.state) == PromptState.OPEN,
        *further,
    )
    answered_at = work.now if state == PromptState.ANSWERED else None
    ended = ended.values(state=state, answered_at=answered_at).returning(col(Prompt.id))
    closed = work.session.execute(ended.execution_options(synchronize_session=False))
    for prompt_id in closed.scalars().all():
        cancel_about(work, patient.clinic_id, about_prompt(prompt_id), reason)
