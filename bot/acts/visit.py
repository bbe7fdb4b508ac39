"""The visit: when it is, and when the blood was drawn."""

from datetime import datetime, timedelta
from typing import Any

from app.services.desk_lines import leave_line
from app.services.meant import (
    dose_meant_for,
    is_dose_of_draw_day_taken,
    visit_drawn,
    visit_told_drawn,
)
from app.services.visits import planned_visits, record_draw
from bot.acts.dose import only, this_minute, told_of, window_data
from bot.chats import Talk
from bot.flow import Answers
from bot.home import at_home
from bot.offers import MOST_VISITS, draws_planned
from bot.replies import Opens, Reply, Rows, button
from models import Patient, Provenance, Visit, VisitPurpose

_DOSE_BEFORE = timedelta(hours=24)


def _visit(talk: Talk) -> Reply:
    """The next visits: of the first when to take the dose, and when the blood counts."""
    assert talk.patient is not None
    visits = planned_visits(talk.work, talk.patient)[:MOST_VISITS]
    if not visits:
        return at_home(talk, "visit.none")
    key, data = _first(talk, visits[0])
    lines = [{"key": "visit.then", "params": {"draw_at": one.draw_at.isoformat()}}
             for one in visits[1:]]  # fmt: skip
    return Reply(key, {**data, "lines": lines, "buttons": _buttons(talk)})


def _buttons(talk: Talk) -> Rows:
    assert talk.patient is not None
    another = [[button("visit.another", "go:another")]]
    can_move = another if draws_planned(talk, talk.patient) else []
    return [*can_move, [button("more.home", "go:home")]]


def _first(talk: Talk, visit: Visit) -> tuple[str, dict[str, Any]]:
    """The dose that was told gives the window; before that, the one to be taken.

    A draw for which the dose did not wait has none.
    """
    data = {"draw_at": visit.draw_at.isoformat()}
    if visit.purpose != VisitPurpose.TROUGH:
        return "visit.plain", data
    early = visit.dose_before_draw_at
    if early is not None:
        return "visit.spoiled", {**data, "taken_at": early.isoformat(), **window_data(early)}
    dose = dose_meant_for(talk.work, visit)
    if dose is not None:
        taken = {"taken_at": dose.taken_at.isoformat()}
        return "visit.told", {**data, **taken, **window_data(dose.taken_at)}
    ideal = visit.draw_at - _DOSE_BEFORE
    return "visit.next", {**data, "dose_at": ideal.isoformat(), **window_data(ideal)}


def _draw(talk: Talk, answers: Answers) -> Reply:
    """Blood drawn belongs to the planned draw nearest to it, and to none further than 12 h."""
    assert talk.patient is not None
    if answers["draw"] == "not_yet":
        return only("draw.not_yet", button("draw.button.now", "draw:now"))
    drawn_at = told_of(talk, talk.patient, "draw", answers) or this_minute(talk)
    visit = visit_drawn(talk.work, talk.patient, drawn_at)
    if visit is None:
        return _unplanned(talk, talk.patient, drawn_at, answers)
    record_draw(talk.work, talk.patient, visit, drawn_at, _provenance(talk, answers))
    taken = is_dose_of_draw_day_taken(talk.work, talk.patient, visit)
    key = "draw.noted_taken" if taken else "draw.noted"
    return at_home(talk, key, drawn_at=drawn_at.isoformat())


def _unplanned(talk: Talk, patient: Patient, drawn_at: datetime, answers: Answers) -> Reply:
    """No planned draw is near: it is noted already, or the clinic has to know of it."""
    known = visit_told_drawn(talk.work, patient, drawn_at)
    is_noted = known is not None and (answers["draw"] == "now" or known.drawn_at == drawn_at)
    if known is not None and known.drawn_at and is_noted:
        return at_home(talk, "draw.already", drawn_at=known.drawn_at.isoformat())
    leave_line(talk.work, patient, "draw_told", {"drawn_at": drawn_at.isoformat()})
    return at_home(talk, "draw.told_nurse")


def _provenance(talk: Talk, answers: Answers) -> Provenance:
    if talk.chat.proxy:
        return Provenance.PROXY
    now = answers["draw"] == "now"
    return Provenance.PATIENT_AT_THE_MOMENT if now else Provenance.PATIENT_LATER


GO = {"visit": _visit}
COMMANDS = {"visit": _visit, "draw": lambda talk: Opens("draw")}
ENDINGS = {"draw": _draw}
