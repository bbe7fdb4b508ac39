"""A patient's clock or habit has changed: what was planned by the old one is planned anew."""

from sqlalchemy import func
from sqlmodel import col, select

from app.services.closing import WENT
from app.services.daily import replan_days
from app.services.messages import cancel_about, tell
from app.services.next_prompts import One, ones
from app.services.prompt_times import occurrence
from app.services.prompts import about_prompt, rethink
from app.services.reminders import plan_for_visit
from app.services.visits import planned_visits
from app.work import Work
from models import Clinic, Message, Patient, Prompt, PromptState


def patient_moved(work: Work, patient: Patient, reason: str = "moved to another zone") -> None:
    """Another zone: prompts and the reminders of planned visits follow the new clock."""
    replan_prompts(work, patient, reason)
    for visit in planned_visits(work, patient):
        plan_for_visit(work, patient, visit)
    replan_days(work, patient)


def replan_prompts(work: Work, patient: Patient, reason: str) -> None:
    """What was not asked yet is asked anew; of what was asked, the reminders move."""
    rethink(work, patient, reason)
    work.session.flush()
    query = select(Prompt).where(
        Prompt.clinic_id == patient.clinic_id, Prompt.patient_id == patient.id,
        Prompt.state == PromptState.OPEN,
    )  # fmt: skip
    asked = work.session.exec(query.with_for_update()).all()
    if asked:
        clinic = work.session.get_one(Clinic, patient.clinic_id)
        [one] = ones(work, [(patient, clinic)])
        for prompt in asked:
            _move(work, one, prompt, reason)


def _move(work: Work, one: One, prompt: Prompt, reason: str) -> None:
    """Never more messages than were planned: the question itself is not sent again."""
    cancel_about(work, prompt.clinic_id, about_prompt(prompt.id), reason)
    work.session.flush()
    times = one.times(prompt.kind, one.on(prompt.due_at))
    prompt.closes_at = times.closes_at
    for sending in times.sendings[max(1, _gone(work, prompt)) :]:
        if sending.due_at > work.now:
            tell(
                work, one.patient, occurrence(prompt.id, sending), sending.key, sending.data,
                about=about_prompt(prompt.id), due_at=sending.due_at, not_after=sending.not_after,
            )  # fmt: skip


def _gone(work: Work, prompt: Prompt) -> int:
    """How many messages of a prompt a chat has had."""
    query = select(func.count()).where(
        Message.clinic_id == prompt.clinic_id, Message.about == about_prompt(prompt.id),
        col(Message.state).in_(WENT),
    )  # fmt: skip
    return max(work.session.exec(query.group_by(col(Message.chat_id))).all(), default=0)
