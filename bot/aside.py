"""What is said above the open question, which stays open."""

from bot.chats import Talk
from bot.flow import Flow, Unclear
from bot.flows import FLOWS
from bot.home import at_home
from bot.replies import Reply, without_buttons
from bot.wording import asked


def unclear_above(talk: Talk, flow: Flow, unclear: Unclear) -> Reply:
    """Why what was said is no answer."""
    return asked(talk, flow, talk.chat.answers, {"key": unclear.key, "params": unclear.params})


def aside(talk: Talk, said: Reply) -> Reply:
    """A word on what answers no question; the open question stays open under it."""
    flow = FLOWS.get(talk.chat.flow or "")
    if flow is not None:
        lines, values = said.data.get("lines", ()), without_buttons(said.data)
        return asked(talk, flow, talk.chat.answers, {
            "key": said.key, "params": values, "lines": lines,
        })  # fmt: skip
    return said if "buttons" in said.data else at_home(talk, said.key, **said.data)
