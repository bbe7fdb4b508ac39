"""A person of the clinic writes to a patient's chat, and what stands against it."""

from dataclasses import dataclass
from typing import Literal

from app.services.alert_list import alert_called
from app.services.audit import audit
from app.services.errors import Conflict, Invalid
from app.services.inbox import LONGEST_ANSWER
from app.services.messages import linked_chats, tell
from app.services.patients import find_patient
from app.work import Work
from models import Chat, ChatState, Patient
from models.columns import new_id

Reach = Literal["open", "none", "blocked", "stopped", "gone"]
WORDS = "words:"  # begins what such a message is about: the alert, or the patient


class NoChat(Conflict):
    """No phone is linked to this patient. Call the patient."""


class ChatBlocked(Conflict):
    """The patient has blocked the chat: nothing arrives there. Call the patient."""


class ChatStopped(Conflict):
    """The patient has stopped messages. Call the patient."""


class PatientGone(Conflict):
    """This patient has died or was erased; nothing is sent."""


class WordsTooLong(Invalid):
    """A message has 1 to 3000 letters."""


_REFUSED = {
    "none": NoChat, "blocked": ChatBlocked, "stopped": ChatStopped, "gone": PatientGone,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Contact:
    """How a patient is reached: by phone, and whether the chat is open."""

    patient_id: str
    code: str
    phone: str | None
    language: str
    reach: Reach
    to_carers: int


def contact_of(work: Work, clinic_id: str, patient_id: str) -> Contact:
    """Raises NoSuchPatient."""
    patient = find_patient(work, clinic_id, patient_id)
    chats = linked_chats(work, patient)
    carers = sum(chat.proxy and chat.state == ChatState.ACTIVE for chat in chats)
    return Contact(
        patient.id, patient.code, patient.phone, patient.language, _reach(patient, chats), carers
    )


def _reach(patient: Patient, chats: list[Chat]) -> Reach:
    if patient.died_on or patient.erased_at:
        return "gone"
    states = {chat.state for chat in chats}
    if ChatState.ACTIVE in states:
        return "open"
    if ChatState.BLOCKED in states:
        return "blocked"
    return "stopped" if ChatState.STOPPED in states else "none"


def write_about_alert(
    work: Work, clinic_id: str, alert_id: str, by: str, words: str, once: str | None = None
) -> int:
    """As `write`; the message stands with those of the alert. Raises NoSuchAlert."""
    alert = alert_called(work, clinic_id, alert_id)
    return write(work, clinic_id, alert.patient_id, by, words, about=alert.id, once=once)


def write(
    work: Work, clinic_id: str, patient_id: str, by: str, words: str, *,
    about: str | None = None, once: str | None = None,
) -> int:  # fmt: skip
    """The words go to every open chat of the patient; how many. `once` makes a second a repeat.

    Raises NoSuchPatient, WordsTooLong, NoChat, ChatBlocked, ChatStopped, PatientGone.
    """
    patient = find_patient(work, clinic_id, patient_id)
    words = words.strip()
    if not 0 < len(words.encode("utf-16-le", "replace")) // 2 <= LONGEST_ANSWER:
        raise WordsTooLong(field="words")
    reach = _reach(patient, linked_chats(work, patient))
    if reach != "open":
        raise _REFUSED[reach](field="words")
    dedupe = f"{WORDS}{patient.id}:{once or new_id(work.now)}"
    made = tell(work, patient, dedupe, "nurse.words", {"words": words},
                about=f"{WORDS}{about or patient.id}")  # fmt: skip
    if made:
        audit(work, clinic_id, by, "patient.write", patient.id, made[0].id)
    return len(made)
