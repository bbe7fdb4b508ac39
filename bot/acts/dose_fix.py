"""A dose told wrongly, and one that was taken before the draw."""

from app.services.audit import actor_of
from app.services.dose_corrections import correct_dose, find_dose, withdraw_dose
from bot.acts.dose import about_dose, taken, this_minute, told_of
from bot.acts.unprescribed import unprescribed
from bot.chats import Talk
from bot.flow import Answers
from bot.flows.dose import FIXED
from bot.home import at_home
from bot.replies import Opens, Reply
from models import DoseStatus, Provenance


def _fixed(talk: Talk, answers: Answers) -> Reply | Opens:
    assert talk.patient is not None
    dose = find_dose(talk.work, talk.patient, str(answers.get(FIXED)))
    if dose is None:
        return at_home(talk, "fix.nothing")
    by, what = actor_of(talk.chat), answers["fix"]
    if what == "none":
        withdraw_dose(talk.work, talk.patient, dose, by)
        return at_home(talk, "fix.withdrawn")
    status = DoseStatus.TAKEN if what == "time" else DoseStatus(what)
    new = correct_dose(
        talk.work, talk.patient, dose, status=status, by=by,
        taken_at=told_of(talk, talk.patient, "fix", answers) or dose.taken_at,
        provenance=Provenance.PROXY if talk.chat.proxy else Provenance.PATIENT_LATER,
    )  # fmt: skip
    return about_dose(talk, talk.patient, new)


def _taken_early(talk: Talk, answers: Answers) -> Reply | Opens:
    """Today's dose, told on the day of the draw."""
    assert talk.patient is not None
    told = told_of(talk, talk.patient, "early", answers)
    provenance = Provenance.PATIENT_LATER if told else Provenance.PATIENT_AT_THE_MOMENT
    provenance = Provenance.PROXY if talk.chat.proxy else provenance
    at = told or this_minute(talk)
    untold = unprescribed(talk, talk.patient, at, DoseStatus.TAKEN)
    return untold or taken(talk, talk.patient, at, provenance)


GO = {"early": lambda talk: Opens("early")}
ENDINGS = {"fix": _fixed, "early": _taken_early}
