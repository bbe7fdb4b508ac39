"""A flow that was open while the bot was replaced by a newer release."""

from bot.chats import Said, Talk
from bot.flow import known, reopened
from bot.flows import FLOWS


def fit_to_release(talk: Talk, said: Said) -> None:
    """A flow changed while it was open: what no longer fits is asked again.

    One that asks nothing now is ended by a tap; before any other word a question is open.
    """
    chat, flow = talk.chat, FLOWS.get(talk.chat.flow or "")
    fit = reopened if said.tap is None else known
    answers = fit(flow, chat.answers) if flow else None
    if answers is None and chat.flow:
        chat.flow, chat.answers = None, {}
    elif answers is not None and answers != chat.answers:
        chat.answers = answers
