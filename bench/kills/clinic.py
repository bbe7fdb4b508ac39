"""A clinic for the run: patients with a chat, nurses with a phone, and what is said to them."""

from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlalchemy.exc import OperationalError
from sqlmodel import col, select

from app.services.messages import message_to_staff, queue_once, tell
from app.work import Begin, Work
from models import (
    Alert,
    Channel,
    Chat,
    ChatState,
    Clinic,
    Message,
    MessageState,
    Patient,
    Sex,
    Staff,
)
from models.columns import new_id

CHATS, NURSES = range(5001, 5201), 50  # 20 messages each: a recipient gets 30 a day at most
_OF_FIVE = 4  # of five messages so many are reminders, and one is an alert's text
_NOON = 12
_UNDER_WAY = (MessageState.QUEUED, MessageState.SENDING, MessageState.UNKNOWN)


def seed(begin: Begin) -> None:
    with begin() as work:
        zone = where_it_is_noon(work.now)
        work.session.add(Clinic(id="kills", name="Clinic", time_zone=zone))
        work.session.flush()
        for number in range(NURSES):
            work.session.add(Staff(
                clinic_id="kills", name="Nurse", email=f"{number}@clinic", password="x",
                fs_uniquifier=str(number), phone=f"+86138{number:08}",
            ))  # fmt: skip
        for number in CHATS:
            patient = Patient(
                clinic_id="kills", id=new_id(work.now), code=f"P-{number}", year_of_birth=1966,
                sex=Sex.FEMALE, time_zone=zone, registered_at=work.now,
            )  # fmt: skip
            work.session.add(patient)
            work.session.flush()
            work.session.add(Chat(id=number, clinic_id="kills", patient_id=patient.id,
                                  state=ChatState.ACTIVE))  # fmt: skip


def where_it_is_noon(now: datetime) -> str:
    """A zone in which no reminder is held up for the night, whenever this is run."""
    east = (_NOON - now.hour + 11) % 24 - 11
    return f"Etc/GMT{-east:+d}"


def open_alert(work: Work, patient: Patient, alert_id: str, code: str) -> None:
    """One that nobody has taken; its next step is a day away."""
    work.session.add(Alert(
        clinic_id=patient.clinic_id, id=alert_id, patient_id=patient.id, code=code, family="skin",
        grade=3, red_flag=True, raised_at=work.now, next_step_at=work.now + timedelta(days=1),
    ))  # fmt: skip


class Speaker:
    """Says one message after the other, each with words of its own."""

    def __init__(self, begin: Begin) -> None:
        self._begin, self.said = begin, 0
        with begin() as work:
            self._patients = work.session.exec(select(Patient)).all()
            self._nurses = work.session.exec(select(Staff)).all()

    def say(self, how_many: int) -> None:
        """In one transaction; again when the database was busy for too long."""
        while True:
            with suppress(OperationalError):
                return self._say(how_many)

    def _say(self, how_many: int) -> None:
        with self._begin() as work:
            for number in range(self.said, self.said + how_many):
                round_, of_five = divmod(number, _OF_FIVE + 1)
                if of_five < _OF_FIVE:
                    self._remind(work, round_ * _OF_FIVE + of_five)
                else:
                    self._call(work, round_)
        self.said += how_many

    def _remind(self, work: Work, number: int) -> None:
        at = (work.now + timedelta(minutes=number)).isoformat()
        tell(work, self._patients[number % len(self._patients)], f"kill:{number}", "visit.dose",
             {"dose_at": at}, about=f"visit:{number}", not_after=work.now + timedelta(hours=4))  # fmt: skip

    def _call(self, work: Work, number: int) -> None:
        open_alert(work, self._patients[0], f"{number}", f"{number:04}")
        data = {"code": f"{number:04}", "patient": "P-0001"}
        queue_once(work, message_to_staff(
            work, self._nurses[number % NURSES], Channel.SMS, f"kill:{number}", "sms.alert", data,
            f"alert:{number}",
        ))  # fmt: skip


def under_way(read: Begin) -> int:
    query = select(func.count()).select_from(Message).where(
        col(Message.state).in_(_UNDER_WAY), col(Message.dedupe).startswith("kill:")
    )  # fmt: skip
    with read() as work:
        return int(work.session.exec(query).one())
