"""A patient's chat, spoken to as Telegram would."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

import pytest

from app.services.invitations import invite
from app.texts.render import Rendered
from app.work import Begin
from bot.chats import Said
from bot.conversation import hear
from models import Chat, ChatState, Patient

CHAT = 77


@dataclass
class Phone:
    """Says and taps; answers with what the bot would show, or None for a repeat."""

    begin: Begin
    numbers: Callable[[], int]
    language: str = "zh-hans"
    chat_id: int = CHAT

    def says(self, text: str, update_id: int | None = None) -> Rendered | None:
        return self._hear(update_id, text=text)

    def taps(self, *data: str, update_id: int | None = None) -> Rendered | None:
        answers = [self._hear(update_id, tap=one) for one in data]
        return answers[-1]

    def _hear(self, update_id, **said) -> Rendered | None:
        number = update_id or self.numbers()
        with self.begin() as work:
            heard = hear(work, Said(number, self.chat_id, language=self.language, **said))
            return heard.words if heard else None


@pytest.fixture
def phone(begin: Begin) -> Phone:
    numbers = count(1000)
    return Phone(begin, lambda: next(numbers))


@pytest.fixture
def code(begin: Begin, patient: Patient) -> str:
    with begin() as work:
        return invite(work, work.session.merge(patient), "bot").code


@pytest.fixture
def linked(begin: Begin, patient: Patient, phone: Phone) -> Phone:
    with begin() as work:
        work.session.add(Chat(
            id=CHAT, clinic_id=patient.clinic_id, patient_id=patient.id,
            state=ChatState.ACTIVE, language=patient.language, consented_at=work.now,
        ))  # fmt: skip
    return phone
