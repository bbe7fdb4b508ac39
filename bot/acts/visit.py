"""The visit: when it is, and when the blood was drawn."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.services.visits import next_visit, record_draw
from app.work import Work
from bot.acts.dose import only, window_data
from bot.chats import Talk
from bot.flow import Answers
from bot.flows.times import told_time
from bot.home import at_home
from bot.replies import Reply, button
from models import Patient, Provenance


def _visit(talk: Talk) -> Reply:
    """The next visit: when to take the dose, and when the blood counts."""
    assert talk.patient is not None
    visit = next_visit(talk.work, talk.patient)
    if visit is None:
        return at_home(talk, "visit.none")
    ideal = visit.draw_at - timedelta(hours=24)
    data = {"draw_at": visit.draw_at.isoformat(), "dose_at": ideal.isoformat()}
    return at_home(talk, "visit.next", **data, **window_data(ideal))


def _draw(talk: Talk, answers: Answers) -> Reply:
    assert talk.patient is not None
    visit = next_visit(talk.work, talk.patient)
    if visit is None:
        return at_home(talk, "draw.no_visit")
    if answers["draw"] == "not_yet":
        return only("draw.not_yet", button("draw.button.now", "draw:now"))
    drawn_at = _told_at(talk.work, talk.patient, answers)
    if drawn_at > talk.work.now:
        return at_home(talk, "draw.in_future")
    record_draw(talk.work, talk.patient, visit, drawn_at, _provenance(talk, answers))
    return at_home(talk, "draw.noted", drawn_at=drawn_at.isoformat())


def _provenance(talk: Talk, answers: Answers) -> Provenance:
    if talk.chat.proxy:
        return Provenance.PROXY
    now = answers["draw"] == "now"
    return Provenance.PATIENT_AT_THE_MOMENT if now else Provenance.PATIENT_LATER


def _told_at(work: Work, patient: Patient, answers: Answers) -> datetime:
    if answers["draw"] == "now":
        return work.now
    today = work.now.astimezone(ZoneInfo(patient.time_zone)).date()
    return told_time("draw", answers, today, patient.time_zone)


GO = {"visit": _visit}
COMMANDS = {"visit": _visit}
ENDINGS = {"draw": _draw}
