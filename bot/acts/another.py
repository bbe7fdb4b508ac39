"""Another time for a draw: what the patient wishes goes to the clinic, which decides."""

from app.services.rescheduling import ask_for_time, ask_in_words
from app.services.visits import find_visit
from bot.acts.words import hear_text
from bot.chats import Talk
from bot.flow import Answers, Flow, Unclear
from bot.flows.slot import OF_VISIT, told_day, told_slot, told_visit, told_words
from bot.home import at_home
from bot.offers import draws_planned
from bot.replies import Opens, Reply


def _another(talk: Talk) -> Reply | Opens:
    """Which visit is asked only where there are several."""
    assert talk.patient is not None
    visits = draws_planned(talk, talk.patient)
    if not visits:
        return at_home(talk, "visit.none")
    return Opens("slot", {OF_VISIT: visits[0].id} if len(visits) == 1 else {})


def _possible(talk: Talk, _flow: Flow, answers: Answers) -> Reply | None:
    """A visit of this patient, and a time to come. Raises Unclear.

    Where the visit is planned no more, words told for it are heard like any other.
    """
    assert talk.patient is not None
    words = told_words(answers)
    if told_visit(answers) not in {one.id for one in draws_planned(talk, talk.patient)}:
        if words is not None:
            return hear_text(talk, words)
        raise Unclear("unclear.choice")
    if words is not None:
        return None
    if "slot.day" in answers and told_day(answers) is None:
        raise Unclear("unclear.choice")
    at = told_slot(answers)
    if "slot.time" in answers and (at is None or at <= talk.work.now):
        raise Unclear("slot.past")
    return None


def _asked(talk: Talk, answers: Answers) -> Reply:
    assert talk.patient is not None
    visit = find_visit(talk.work, talk.patient.clinic_id, told_visit(answers))
    words, at = told_words(answers), told_slot(answers)
    if words is not None:
        flags = ask_in_words(talk.work, talk.patient, visit, words)
        return at_home(talk, "symptoms.emergency" if flags else "slot.words_sent")
    assert at is not None, "a complete flow has a time or words"
    ask_for_time(talk.work, talk.patient, visit, at)
    return at_home(talk, "slot.sent", draw_at=visit.draw_at.isoformat(), wanted_at=at.isoformat())


GO = {"another": _another}
ENDINGS = {"slot": _asked}
CHECKS = {"slot": _possible}
