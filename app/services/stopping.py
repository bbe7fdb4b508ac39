"""Reminders stop when the patient says so, and start again; what remains open is told."""

from typing import Any

from sqlmodel import col, select

from app.services.audit import actor_of, audit
from app.services.daily import replan_days
from app.services.messages import cancel_in_chat
from app.services.prompts import open_prompt, stop_prompts
from app.services.reminders import plan_for_visit
from app.services.visits import next_visit
from app.work import Work
from models import (
    Alert,
    AlertState,
    Chat,
    ChatState,
    Patient,
    PromptKind,
    Visit,
    VisitStatus,
)

STOPPED = "the patient stopped reminders"


def stop_reminders(work: Work, chat: Chat) -> None:
    """No more reminders in this chat; answers to what the patient says still come."""
    chat.state = ChatState.STOPPED
    cancel_in_chat(work, chat, STOPPED, reminders_only=True)
    work.session.flush()
    stop_prompts(work, work.session.get_one(Patient, (chat.clinic_id, chat.patient_id)))
    _note(work, chat, "reminders.stop")


def start_reminders(work: Work, patient: Patient, chat: Chat) -> None:
    """Reminders come again, those of the planned visits too; where they do, nothing changes."""
    if chat.state != ChatState.STOPPED:
        return
    chat.state = ChatState.ACTIVE
    _note(work, chat, "reminders.start")
    plan_again(work, patient)


def plan_again(work: Work, patient: Patient) -> None:
    """Plan what visits and days still ask of a chat that was not there when it was planned."""
    work.session.flush()
    query = select(Visit).where(
        Visit.clinic_id == patient.clinic_id,
        Visit.patient_id == patient.id,
        Visit.status == VisitStatus.PLANNED,
        Visit.draw_at > work.now,
    )
    for visit in work.session.exec(query):
        plan_for_visit(work, patient, visit)
    replan_days(work, patient)


def still_open(work: Work, patient: Patient, half_done: bool) -> list[dict[str, Any]]:
    """What stays open although reminders stopped: lines of a text."""
    visit = next_visit(work, patient)
    told: list[dict[str, Any]] = []
    if visit is not None:
        told.append({"key": "stop.visit", "params": {"draw_at": visit.draw_at.isoformat()}})
    if _has_alert(work, patient):
        told.append({"key": "stop.alert"})
    if half_done or open_prompt(work, patient, PromptKind.SF36):
        told.append({"key": "stop.sf36"})
    return told


def _has_alert(work: Work, patient: Patient) -> bool:
    query = select(Alert.id).where(
        Alert.clinic_id == patient.clinic_id,
        Alert.patient_id == patient.id,
        col(Alert.state) != AlertState.CLOSED,
    )
    return work.session.exec(query).first() is not None


def _note(work: Work, chat: Chat, action: str) -> None:
    audit(work, str(chat.clinic_id), actor_of(chat), action, chat.patient_id)
