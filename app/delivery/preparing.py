"""Address and words of a message, found at the moment of sending; or how it ends unsent."""

from dataclasses import dataclass, replace

from sqlalchemy.exc import DBAPIError

from app.services.alarms import OPERATOR
from app.services.attachments import attachment_of
from app.services.emergency import own_words
from app.services.half_done import said_now
from app.services.messages import is_reminder
from app.services.overtaken import is_call, overtaken_by
from app.services.quiet import held_until
from app.services.reaching import patient_text, unwanted_text
from app.settings import Settings
from app.texts import Reader, language_of
from app.texts.render import Rendered, render
from app.work import Work
from models import (
    Channel,
    Chat,
    ChatState,
    Clinic,
    Message,
    MessageState,
    Patient,
    Staff,
)

ATTEMPTS = 72  # with the waits between them about 30 h, so that a day's outage loses no alert


@dataclass(frozen=True, slots=True)
class Prepared:
    """What goes where; or why it cannot, from which something follows."""

    to: str = ""
    words: Rendered = Rendered("")
    refused: str | None = None


def prepare(work: Work, row: Message, attempt: int, settings: Settings) -> Prepared | None:
    """Find address and words now; None for what ends here or waits, which its row then says."""
    try:
        return _prepared(work, row, attempt, settings)
    except DBAPIError:
        raise
    except Exception as error:  # noqa: BLE001 whatever is wrong with one, it holds up no other
        return Prepared(refused=f"no words: {type(error).__name__} {error}")


def _prepared(work: Work, row: Message, attempt: int, settings: Settings) -> Prepared | None:
    ending = _ending(work, row, attempt)
    if ending is not None:
        return _ended(row, *ending)
    morning = held_until(work, row)
    if morning is not None:
        row.state, row.due_at = MessageState.QUEUED, morning
        return None
    to, reader = _addressee(work, row, settings)
    extra = {"url": f"{settings.public_url}/a/{row.data['code']}"} if "code" in row.data else {}
    key, data = said_now(work, row)
    words = render(key, {**data, **extra}, reader)
    return Prepared(to, _with_file(work, row, words, reader))


def _with_file(work: Work, row: Message, words: Rendered, reader: Reader) -> Rendered:
    """The words, with the file that goes with them where there is one."""
    what = row.data.get("attachment")
    if what is None:
        return words
    patient = work.session.get_one(Patient, (row.clinic_id, row.patient_id))
    return replace(words, attachment=attachment_of(work, what, patient, reader))


def _ended(row: Message, state: MessageState, why: str) -> Prepared | None:
    if state == MessageState.FAILED:
        return Prepared(refused=why)
    row.state, row.reason = state, why
    return None


def _ending(work: Work, row: Message, attempt: int) -> tuple[MessageState, str] | None:
    endless = is_call(row) and row.channel != Channel.TELEGRAM  # it ends when it is overtaken
    if attempt > ATTEMPTS and not endless:
        return MessageState.FAILED, f"gave up after {ATTEMPTS} attempts"
    if row.not_after and work.now > row.not_after:
        return MessageState.EXPIRED, "its time had passed"
    if is_for_operator(row):
        return None
    overtaken = overtaken_by(work, row)
    if overtaken:
        return MessageState.CANCELLED, overtaken
    if row.channel != Channel.TELEGRAM:
        return _ending_of_text(work, row)
    unwanted = _unwanted_in_chat(work, row)
    return (MessageState.CANCELLED, unwanted) if unwanted else None


def _ending_of_text(work: Work, row: Message) -> tuple[MessageState, str] | None:
    if row.staff_id is None:
        return unwanted_text(work, row)
    phone = work.session.get_one(Staff, row.staff_id).phone
    return None if phone else (MessageState.FAILED, "no phone number")


def is_for_operator(row: Message) -> bool:
    return (row.about or "").startswith(OPERATOR)


def _unwanted_in_chat(work: Work, row: Message) -> str | None:
    if row.staff_id is not None:
        staff = work.session.get_one(Staff, row.staff_id)
        return None if staff.chat_id == row.chat_id else "the chat is not linked any more"
    chat = work.session.get_one(Chat, row.chat_id)
    if row.patient_id and chat.patient_id != row.patient_id:
        return "the chat is another's now"
    if chat.state == ChatState.BLOCKED:
        return "the chat is blocked"
    if is_reminder(row.about) and chat.state == ChatState.STOPPED:
        return "the patient stopped reminders"
    patient = row.patient_id and work.session.get(Patient, (row.clinic_id, row.patient_id))
    return "the patient has died" if patient and patient.died_on else None


def _addressee(work: Work, row: Message, settings: Settings) -> tuple[str, Reader]:
    clinic = work.session.get_one(Clinic, row.clinic_id)
    if is_for_operator(row):
        return settings.operator_phone, Reader(language_of(clinic.language), clinic.time_zone)
    if row.staff_id is not None:
        staff = work.session.get_one(Staff, row.staff_id)
        to = row.chat_id if row.channel == Channel.TELEGRAM else staff.phone
        return str(to), Reader(language_of(staff.language), clinic.time_zone)
    if row.channel != Channel.TELEGRAM:
        return patient_text(work, row)
    chat = work.session.get_one(Chat, row.chat_id)
    patient = row.patient_id and work.session.get(Patient, (row.clinic_id, row.patient_id))
    zone = (patient or clinic).time_zone
    return str(chat.id), Reader(chat.language, zone, own_words(lambda: clinic, chat.language))
