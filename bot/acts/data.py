"""The patient's own data: stopping reminders."""

from app.services.prompts import stop_prompts
from bot.chats import Talk
from bot.home import at_home
from bot.replies import Reply
from models import ChatState


def _stop(talk: Talk) -> Reply:
    talk.chat.state = ChatState.STOPPED
    if talk.patient is not None:
        stop_prompts(talk.work, talk.patient)
    return at_home(talk, "stop.done")


COMMANDS = {"stop": _stop}
