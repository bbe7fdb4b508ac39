"""A patient whose chat is blocked: a text message with their consent, then the call list."""

from sqlmodel import col, select

from app.services.about import REACH, about_reach
from app.services.escalation import call_failed
from app.services.inbox import put_in_inbox
from app.services.messages import cancel_about, queue_once
from app.services.reminders import day_of
from app.services.stopping import plan_again
from app.texts import Reader
from app.work import Work
from models import (
    Channel,
    Chat,
    ChatState,
    Clinic,
    InboxItem,
    InboxKind,
    Message,
    MessageState,
    Patient,
)
from models.columns import new_id

_CALL = {"to_call": True}  # beside an item of the call list
_NO_CONSENT = "no consent to text messages, or no number"


def chat_lost(work: Work, chat: Chat, why: str) -> None:
    """Nothing arrives in this chat: turn it off, and reach the patient in another way.

    One who had stopped reminders keeps that choice for when they come back.
    """
    if chat.state == ChatState.BLOCKED:
        return
    if chat.state != ChatState.STOPPED:
        chat.state = ChatState.BLOCKED
    patient = _patient(work, chat.clinic_id, chat.patient_id)
    if patient is None or patient.died_on:
        return
    if patient.sms_consent and patient.phone:
        _text(work, patient, chat)
    else:
        _must_be_called(work, patient.clinic_id, patient.id, why)


def chat_found(work: Work, chat: Chat) -> None:
    """The patient is in the chat again: the channel is on, and no text need go."""
    if chat.state != ChatState.BLOCKED:
        return
    chat.state = ChatState.ACTIVE if chat.patient_id else ChatState.NEW
    if chat.clinic_id:
        cancel_about(work, chat.clinic_id, about_reach(chat), "the chat is on again")
    patient = _patient(work, chat.clinic_id, chat.patient_id)
    if patient is not None:
        plan_again(work, patient)


def text_failed(work: Work, row: Message) -> None:
    """A text did not arrive: of an alert the next person is called, of a patient a person calls."""
    about = row.about or ""
    if about.startswith("alert:"):
        call_failed(work, row)
    if about.startswith(REACH):
        _must_be_called(work, row.clinic_id, row.patient_id, f"text message: {row.reason}")


def unwanted_text(work: Work, row: Message) -> tuple[MessageState, str] | None:
    """How a text to a patient ends unsent, as things stand now; None when it may go."""
    patient = _patient(work, row.clinic_id, row.patient_id)
    if patient is None or patient.died_on:
        return MessageState.CANCELLED, "the patient has died"
    consents = patient.sms_consent and patient.phone
    return None if consents else (MessageState.FAILED, _NO_CONSENT)


def patient_text(work: Work, row: Message) -> tuple[str, Reader]:
    """Where a text to a patient goes, and how they read it."""
    patient = work.session.get_one(Patient, (row.clinic_id, row.patient_id))
    return str(patient.phone), Reader(patient.language, patient.time_zone)


def _text(work: Work, patient: Patient, chat: Chat) -> None:
    """One text a day at most, not at night."""
    clinic = work.session.get_one(Clinic, patient.clinic_id)
    key, data = ("sms.reach", {"phone": clinic.phone}) if clinic.phone else ("sms.reach.us", {})
    queue_once(work, Message(
        clinic_id=patient.clinic_id, id=new_id(work.now),
        dedupe=f"sms.reach:{chat.id}:{work.now:%Y%m%d}", channel=Channel.SMS,
        patient_id=patient.id, about=about_reach(chat), key=key, data=data,
        due_at=day_of(clinic, patient).after_quiet(work.now), made_at=work.now,
    ))  # fmt: skip


def _must_be_called(work: Work, clinic_id: str, patient_id: str | None, why: str) -> None:
    """On the call list, once for as long as nobody has called."""
    query = select(InboxItem).where(
        InboxItem.clinic_id == clinic_id,
        InboxItem.patient_id == patient_id,
        InboxItem.kind == InboxKind.UNREACHABLE,
        col(InboxItem.handled_at).is_(None),
    )
    if not any(_CALL.items() <= item.data.items() for item in work.session.exec(query)):
        put_in_inbox(work, clinic_id, InboxKind.UNREACHABLE, why, patient_id).data = dict(_CALL)


def _patient(work: Work, clinic_id: str | None, patient_id: str | None) -> Patient | None:
    return work.session.get(Patient, (clinic_id, patient_id)) if patient_id else None
