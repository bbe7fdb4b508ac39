"""Home: at most four large choices that fit the moment, under whatever was said last."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.clinical.draw_window import dose_times
from app.services.doses import dose_of_day
from app.services.prompts import open_prompt
from app.services.reports import last_report
from app.services.visits import next_visit, planned_visits
from bot.chats import Talk
from bot.replies import Reply, Rows, button
from models import Patient, PromptKind, Visit, VisitPurpose

MOST = 4
_SOON = timedelta(days=2)  # [own] from when on a visit is spoken of at home
_REPORT_KEEPS = timedelta(days=6)  # [own] for which a report needs no new one
_DRAW_FROM = timedelta(hours=1)  # before the planned draw, from when on it can be told
_COUNTS = timedelta(hours=12), timedelta(hours=36)  # from a dose to the draw it is meant for

Choice = dict[str, Any]
MORE = button("home.more", "go:more")
_FEELING = (button("home.well", "go:well"), button("home.symptoms", "go:symptoms"))


def at_home(talk: Talk, key: str, **data: Any) -> Reply:
    """Something said, with the home choices under it."""
    return Reply(key, {**data, "buttons": home_buttons(talk)})


def home_buttons(talk: Talk) -> Rows:
    """What fits the moment first, then how the patient feels, then the way to all else."""
    if talk.patient is None:
        return []
    feeling = _FEELING if _report_is_due(talk, talk.patient) else _FEELING[1:]
    found = {choice["data"]: choice for find in _FITTING for choice in find(talk, talk.patient)}
    fitting = list(found.values())[: MOST - len(feeling) - 1]
    return [[one] for one in (*fitting, *feeling, MORE)]


def _report_is_due(talk: Talk, patient: Patient) -> bool:
    if open_prompt(talk.work, patient, PromptKind.CHECK):
        return True
    last = last_report(talk.work, patient)
    return last is None or talk.work.now - last.reported_at > _REPORT_KEEPS


def _blood(talk: Talk, patient: Patient) -> Iterator[Choice]:
    """On the day of the draw, from an hour before it."""
    visit = _coming(talk, patient)
    if visit and talk.work.now >= visit.draw_at - _DRAW_FROM:
        yield button("home.drawn", "draw:now")


def _dose_that_counts(talk: Talk, patient: Patient) -> Iterator[Choice]:
    """The dose from which the blood test is counted."""
    visit = _coming(talk, patient)
    if visit and visit.draw_at - talk.work.now < _COUNTS[1]:
        yield from _dose(talk, patient)


def _dose(talk: Talk, patient: Patient) -> Iterator[Choice]:
    """Until today's dose is told, and only while it is to be taken."""
    visit = _coming(talk, patient)
    waits = visit and _waits(talk, patient, visit)
    if not waits and dose_of_day(talk.work, patient) is None:
        yield button("home.dose_taken", "dose:taken_now")


def _waits(talk: Talk, patient: Patient, visit: Visit) -> bool:
    """On the day of the draw until it is told, and the day before until the dose suits it."""
    now, zone = talk.work.now, ZoneInfo(patient.time_zone)
    today, dose = now.astimezone(zone).date(), dose_times(visit.draw_at)
    is_draw_day = visit.draw_at.astimezone(zone).date() == today
    is_too_early = dose.ideal.astimezone(zone).date() == today and now < dose.earliest
    return is_draw_day or is_too_early or visit.draw_at - now < _COUNTS[0]


def _half_done(talk: Talk, _patient: Patient) -> Iterator[Choice]:
    if "sf36" in talk.chat.paused:
        yield button("home.sf36.resume", "go:sf36")


def _questionnaire(talk: Talk, patient: Patient) -> Iterator[Choice]:
    if open_prompt(talk.work, patient, PromptKind.SF36):
        yield button("home.sf36", "go:sf36")


def _visit(talk: Talk, patient: Patient) -> Iterator[Choice]:
    visit = next_visit(talk.work, patient)
    if visit and visit.draw_at - talk.work.now < _SOON:
        yield button("home.visit", "go:visit")


def _dose_else(_talk: Talk, _patient: Patient) -> Iterator[Choice]:
    yield button("home.dose", "go:dose")


def _coming(talk: Talk, patient: Patient) -> Visit | None:
    """The next visit with a draw, whatever else comes before it."""
    visits = planned_visits(talk.work, patient)
    return next((one for one in visits if one.purpose == VisitPurpose.TROUGH), None)


_FITTING: tuple[Callable[[Talk, Patient], Iterator[Choice]], ...] = (
    _blood, _dose_that_counts, _half_done, _dose, _questionnaire, _visit, _dose_else,
)  # fmt: skip
