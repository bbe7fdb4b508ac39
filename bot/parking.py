"""What was half done is set aside, so that it can be gone on with later."""

from bot.acts.half_told import leave
from bot.chats import Talk
from bot.flow import position
from bot.flows import FLOWS


def park(talk: Talk) -> None:
    """Close the open flow; of a symptom report the nurse is told."""
    leave(talk)
    flow = FLOWS.get(talk.chat.flow or "")
    if flow is not None and flow.can_pause and position(flow, talk.chat.answers)[0] > 1:
        talk.chat.paused = {**talk.chat.paused, flow.name: dict(talk.chat.answers)}
    talk.chat.flow, talk.chat.answers = None, {}
