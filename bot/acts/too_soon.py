"""On the day of a draw the dose was taken before it: what it means, and a later time."""

from app.clinical.draw_window import window_after
from bot.chats import Talk
from bot.flows.slot import OF_VISIT, TOO_SOON
from bot.home import at_home
from bot.offers import slots_after_too_soon
from bot.replies import Opens, Reply
from models import Dose, Patient, Visit


def too_soon(talk: Talk, patient: Patient, visit: Visit, dose: Dose) -> Reply | Opens:
    """The clinic is told already; the dose's own window is offered, and the patient chooses."""
    window = window_after(dose.taken_at)
    params = {
        "taken_at": dose.taken_at.isoformat(), "draw_at": visit.draw_at.isoformat(),
        "opens_at": window.opens_at.isoformat(), "closes_at": window.closes_at.isoformat(),
    }  # fmt: skip
    answers = {TOO_SOON: True, OF_VISIT: visit.id}
    key = "early.undrawn" if visit.draw_at <= dose.taken_at else "early.noted"
    if not slots_after_too_soon(talk, patient, answers):
        return at_home(talk, key, **params)
    return Opens("slot", answers, {"key": key, "params": params})
