"""Forgetting a patient: asked for in the chat, done by the clinic (ADR 0014)."""

from typing import Any

from sqlalchemy import String, cast, delete, update
from sqlmodel import SQLModel, col, select

from app.services.audit import actor_of, audit
from app.services.daily import set_daily
from app.services.errors import Conflict
from app.services.inbox import put_in_inbox
from app.services.linking import end_link
from app.services.messages import linked_chats, queue_once, tell_chat
from app.services.patients import find_patient
from app.services.prompts import cancel_prompts
from app.texts import Reader, language_of, say
from app.work import Work
from models import (
    Alert,
    AlertEvent,
    AlertState,
    AlertWhat,
    CallDue,
    Channel,
    Chat,
    ChatState,
    Clinic,
    Decision,
    Dose,
    DoseStart,
    DrawStep,
    FollowUp,
    FormerResult,
    Idempotency,
    InboxItem,
    InboxKind,
    Invitation,
    Lab,
    Media,
    MedicineReview,
    Message,
    MessageState,
    OnForget,
    Patient,
    PhoneCall,
    Prompt,
    PromptState,
    Questionnaire,
    Recall,
    RecallMark,
    Regimen,
    Sample,
    Sex,
    SymptomGrade,
    SymptomReport,
    TelegramUpdate,
    Visit,
)
from models.columns import new_id

_RECORD: tuple[type[SQLModel], ...] = (
    Alert, AlertEvent, CallDue, Decision, Dose, DoseStart, DrawStep, FollowUp, FormerResult,
    InboxItem, Lab, MedicineReview, Message, PhoneCall, Prompt, Questionnaire, Recall, RecallMark,
    Regimen, Sample, SymptomGrade, SymptomReport, Visit,
)  # fmt: skip
_KEPT = {"clinic_id", "id", "code", "registered_at", "erased_at", "forget_asked_at"}
# Columns that cannot be empty, in a record that was removed.
_EMPTY = {"year_of_birth": 0, "sex": Sex.FEMALE}


class ErasedAlready(Conflict):
    """This patient was erased before."""


class NotAsked(Conflict):
    """This patient does not ask to be erased, or was erased."""


class AlertStillOpen(Conflict):
    """An alert of this patient is open; close it before you erase."""


def ask_to_forget(work: Work, patient: Patient, chat: Chat) -> None:
    """The patient asks, twice sure; the clinic finds it in its inbox.

    From now on nothing is asked and no daily dose is reminded of; reminders of visits go on.
    """
    patient.forget_asked_at = work.now
    clinic = work.session.get_one(Clinic, patient.clinic_id)
    words = say("inbox.forget", Reader(language_of(clinic.language), clinic.time_zone))
    had = {"dose_reminder": patient.dose_reminder}
    put_in_inbox(work, patient.clinic_id, InboxKind.FORGET, words, patient.id, data=had)
    cancel_prompts(work, patient, "the patient asked to be forgotten")
    set_daily(work, patient, None)
    audit(work, patient.clinic_id, actor_of(chat), "forget.ask", patient.id)


def decline_to_forget(work: Work, clinic_id: str, patient_id: str, by: str) -> Patient:
    """The clinic does not do it, or the patient changed their mind: all goes on as before.

    The patient's own phone is told. Raises NoSuchPatient, NotAsked.
    """
    patient = find_patient(work, clinic_id, patient_id)
    work.session.refresh(patient, with_for_update=True)
    if patient.forget_asked_at is None or patient.erased_at:
        raise NotAsked
    asked = patient.forget_asked_at
    patient.forget_asked_at = None
    _answer_request(work, patient, by)
    audit(work, clinic_id, by, "forget.decline", patient.id)
    for chat in linked_chats(work, patient):
        if not (chat.proxy or patient.died_on or chat.state == ChatState.BLOCKED):
            dedupe = f"forget.declined:{patient.id}:{asked.isoformat()}"
            tell_chat(work, chat, dedupe, "forget.declined", {}, f"inbox:{patient.id}")
    return patient


def _answer_request(work: Work, patient: Patient, by: str) -> None:
    """Its line in the inbox is done; a daily reminder that there was comes again."""
    query = select(InboxItem).where(*_of(InboxItem, patient), InboxItem.kind == InboxKind.FORGET)
    items = list(work.session.exec(query.order_by(col(InboxItem.received_at))))
    for item in items:
        if item.handled_at is None:
            item.handled_at, item.handled_by = work.now, by
    if items and items[-1].data.get("dose_reminder"):
        set_daily(work, patient, patient.usual_dose_time)


def erase(work: Work, clinic_id: str, patient_id: str, by: str) -> Patient:
    """Remove who it is, or all of the record, as the clinic has chosen. Raises Conflict.

    Files stay until the rows are gone for good: `sweep_clinic` after the commit removes them.
    """
    patient = find_patient(work, clinic_id, patient_id)
    work.session.refresh(patient, with_for_update=True)
    _check(work, patient)
    how = work.session.get_one(Clinic, clinic_id).on_forget
    _forget_accounts(work, patient)
    _say_goodbye(work, patient, by)
    work.session.execute(delete(Media).where(*_of(Media, patient)))
    work.session.execute(delete(Invitation).where(*_of(Invitation, patient)))
    _without_repeats(work, patient)
    (_remove_record if how == OnForget.REMOVE_RECORD else _remove_identity)(work, patient, by)
    patient.erased_at, patient.phone, patient.sms_consent = work.now, None, False
    patient.dose_reminder = False
    audit(work, clinic_id, by, "patient.erase", patient.id, how)
    return patient


def _check(work: Work, patient: Patient) -> None:
    if patient.erased_at:
        raise ErasedAlready
    query = select(Alert.id).where(*_of(Alert, patient), col(Alert.state) != AlertState.CLOSED)
    if work.session.exec(query).first() is not None:
        raise AlertStillOpen


def _of(table: type[Any], patient: Patient) -> tuple[Any, Any]:
    return table.clinic_id == patient.clinic_id, table.patient_id == patient.id


def _say_goodbye(work: Work, patient: Patient, by: str) -> None:
    """A last message to each phone; it is about nobody, so it goes out after the link ended."""
    for chat in linked_chats(work, patient):
        proxy = chat.proxy
        end_link(work, chat, by, "the patient was erased")
        chat.consented_at = None
        message_id = new_id(work.now)
        queue_once(work, Message(
            clinic_id=patient.clinic_id, id=message_id, dedupe=f"goodbye:{message_id}",
            channel=Channel.TELEGRAM, chat_id=chat.id, due_at=work.now, made_at=work.now,
            key="forget.goodbye_carer" if proxy else "forget.goodbye",
        ))  # fmt: skip


def _forget_accounts(work: Work, patient: Patient) -> None:
    """Of every account that was ever the patient's: Telegram's number, and the name it knows."""
    for number in _numbers(work, patient):
        chat = work.session.get(Chat, number)
        told = update(TelegramUpdate).where(col(TelegramUpdate.chat_id) == number)
        if chat is not None and chat.patient_id not in (None, patient.id):
            told = told.where(col(TelegramUpdate.at) < chat.consented_at)  # before it was another's
        elif chat is not None and chat.patient_id is None:
            chat.consented_at = None  # a stranger from now on
        work.session.execute(told.values(raw=None, told=None, chat_id=None))


def _numbers(work: Work, patient: Patient) -> set[int]:
    """Told by what is linked, and by what was sent and written there; read before it goes."""
    linked = {chat.id for chat in linked_chats(work, patient)}
    said = select(Message.chat_id).where(*_of(Message, patient)).distinct()
    written = select(InboxItem.chat_id).where(*_of(InboxItem, patient)).distinct()
    told = {*work.session.exec(said), *work.session.exec(written)}
    return linked | {number for number in told if number is not None}


def _without_repeats(work: Work, patient: Patient) -> None:
    """Answers kept for a repeated request hold what was sent about the patient."""
    named = cast(col(Idempotency.body), String).contains(patient.id)
    kept = delete(Idempotency).where(col(Idempotency.clinic_id) == patient.clinic_id, named)
    work.session.execute(kept)


def _remove_record(work: Work, patient: Patient, _by: str) -> None:
    """Only the code and the dates stay; texts to staff about its alerts go as well."""
    alerts = work.session.exec(select(Alert.id).where(*_of(Alert, patient)))
    about = [f"alert:{one}" for one in alerts]
    of_alerts = (col(Message.clinic_id) == patient.clinic_id, col(Message.about).in_(about))
    work.session.execute(delete(Message).where(*of_alerts))
    for table in _RECORD:
        work.session.execute(delete(table).where(*_of(table, patient)))
    for name, column in Patient.model_fields.items():
        if name not in _KEPT:
            setattr(patient, name, _EMPTY.get(name, column.get_default(call_default_factory=True)))


def _remove_identity(work: Work, patient: Patient, by: str) -> None:
    """What could say who it is, or is in anybody's own words, goes; what was measured stays."""
    _change(work, Alert, patient, note=None)
    _change(work, AlertEvent, patient, note=None)
    opened = col(AlertEvent.what).in_((AlertWhat.REOPENED, AlertWhat.CORRECTED))
    written = update(AlertEvent).where(*_of(AlertEvent, patient), opened)
    work.session.execute(written.values(why=None))
    _change(work, SymptomReport, patient, note=None)
    _change(work, FollowUp, patient, note=None)
    _change(work, DrawStep, patient, detail={})
    _change(work, FormerResult, patient, reason="")
    _change(work, MedicineReview, patient, words=None)
    _change(work, PhoneCall, patient, note=None)
    _change(work, SymptomGrade, patient, confirm_reason=None)
    _change(work, Lab, patient, confirm_reason=None)
    for due in (Recall, CallDue):
        work.session.execute(delete(due).where(*_of(due, patient)))
    _change(work, InboxItem, patient, text="", answer=None, triage={}, data={}, chat_id=None)
    unread = update(InboxItem).where(*_of(InboxItem, patient), col(InboxItem.handled_at).is_(None))
    work.session.execute(unread.values(handled_at=work.now, handled_by=by))
    asked = update(Prompt).where(*_of(Prompt, patient), col(Prompt.state) == PromptState.OPEN)
    work.session.execute(asked.values(state=PromptState.CANCELLED))
    going = (MessageState.QUEUED, MessageState.SENDING, MessageState.UNKNOWN)
    waiting = update(Message).where(*_of(Message, patient), col(Message.state).in_(going))
    work.session.execute(waiting.values(state=MessageState.CANCELLED, reason="erased"))
    _change(
        work, Message, patient, chat_id=None, sent_to=None, sent_body=None, data={},
        dedupe="erased:" + col(Message.id),
    )  # fmt: skip


def _change(work: Work, table: type[Any], patient: Patient, **values: Any) -> None:
    work.session.execute(update(table).where(*_of(table, patient)).values(**values))
