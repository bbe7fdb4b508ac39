"""The last 30 days of the dose: a sentence at once, and a picture after it."""

from app.services.adherence import days_summed, last_days
from app.services.pictures import send_picture
from bot.chats import Talk
from bot.replies import Reply, button
from models import DoseStatus


def _seen(talk: Talk) -> Reply:
    """Up to yesterday, and today once it is told."""
    assert talk.patient is not None
    days = days_summed(last_days(talk.work, talk.patient))
    taken = sum(day.told == DoseStatus.TAKEN for day in days)
    told = sum(day.told is not None for day in days)
    buttons = [
        [button("home.dose", "go:dose")],
        [button("doses.earlier", "dose:earlier")],
        [button("more.home", "go:home")],
    ]
    if not days:
        return Reply("doses.none", {"buttons": buttons})
    send_picture(talk.work, talk.patient, talk.chat, "doses.picture", "doses")
    counted = {"days": len(days), "taken": taken, "told": told}
    return Reply("doses.seen", {**counted, "buttons": buttons})


GO = {"mydoses": _seen}
COMMANDS = {"mydoses": _seen}
