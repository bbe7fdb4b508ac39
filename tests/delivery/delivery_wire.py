"""What went out, and what each address answers; a linked patient and a team on call."""

from sqlmodel import select

from app.clinical.alerts import Cause
from app.delivery import Post
from app.senders import Sent, Unavailable
from app.services.alerts import raise_alerts
from app.services.messages import tell
from app.settings import load_settings
from models import Message

SETTINGS = load_settings({"SANDBOX": "1", "TELEGRAM_PER_SECOND": "0", "CHAT_PER_SECOND": "0"})
CHAT = 7001
NURSE, DEPUTY = "+8613800000001", "+8613800000002"


class Wire:
    """What went out, in order, and what each address answers."""

    def __init__(self) -> None:
        self.chats, self.texts, self.looked_up = [], [], []
        self.meanwhile = lambda reference: None
        self.telegram_says = self.sms_says = Sent("1")
        self.list_says = Unavailable("not there", 0)
        self.word, self.asked = None, []
        self.post = Post(self.telegram, self.sms, self.look_up, self.fetch)

    def telegram(self, many):
        self.chats += [(chat, words.text) for chat, words in many]
        return [self.telegram_says for _ in many]

    def sms(self, to, body, reference):
        self.texts.append((to, body))
        self.meanwhile(reference)
        return self.sms_says

    def look_up(self, to, body, since, others):
        self.looked_up.append((to, body, since))
        return self.list_says

    def fetch(self, provider_id):
        self.asked.append(provider_id)
        return self.word


def say_to(begin, patient, dedupe="one", key="visit.drawn_ask", **more):
    with begin() as work:
        return tell(work, patient, dedupe, key, about="visit:1", **more)


def alarm(begin, patient):
    with begin() as work:
        causes = [Cause("grade_3", "skin", "3")]
        return raise_alerts(work, patient, causes, report_id=None, grade=3)


def rows(begin, table=Message):
    with begin() as work:
        return list(work.session.exec(select(table).order_by(table.id)))


def change(begin, table, key, **values):
    with begin() as work:
        row = work.session.get_one(table, key)
        for name, value in values.items():
            setattr(row, name, value)


def change_only(begin, **values):
    with begin() as work:
        row = work.session.exec(select(Message)).one()
        for name, value in values.items():
            setattr(row, name, value)
