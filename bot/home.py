"""Home: at most four large choices that fit the moment, under whatever was said last."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.clinical.draw_window import dose_times
from app.services.doses import dose_of_day
from app.services.meant import MEANT
from app.services.prompts import open_prompt
from app.services.reports import last_report
from app.services.visits import planned_visits
from bot.chats import Talk
from bot.replies import Reply, Rows, button
from models import Patient, PromptKind, Visit, VisitPurpose

MOST = 4
_SOON = timedelta(days=2)  # [own] from when on a visit is spoken of at home
_REPORT_KEEPS = timedelta(days=6)  # [own] for which a report needs no new one
_DRAW_FROM = timedelta(hours=1)  # before the planned draw, from when on it can be told

Choice = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Moment:
    """Who stands at home, when, and the visits to come, the next first."""

    talk: Talk
    patient: Patient
    visits: Sequence[Visit]

    @property
    def now(self) -> datetime:
        return self.talk.work.now

    @property
    def visit(self) -> Visit | None:
        return next(iter(self.visits), None)

    @property
    def draw(self) -> Visit | None:
        """The next visit with a draw, whatever else comes before it."""
        return next((one for one in self.visits if one.purpose == VisitPurpose.TROUGH), None)


Find = Callable[[Moment], Iterator[Choice]]
MORE = button("home.more", "go:more")
_FEELING = (button("home.well", "go:well"), button("home.symptoms", "go:symptoms"))


def at_home(talk: Talk, key: str, *, first: Choice | None = None, **data: Any) -> Reply:
    """Something said, with the home choices under it; `first` comes before them."""
    return Reply(key, {**data, "buttons": home_buttons(talk, first)})


def home(talk: Talk) -> Reply:
    """A word on the moment, where its first choice has one, and what can be done."""
    if talk.patient is None:
        return Reply("home.text", {"buttons": []})
    moment = _moment(talk, talk.patient)
    rows = _rows(moment)
    key = _word_on(moment, rows[0][0])
    if key is None:
        return Reply("home.text", {"buttons": rows})
    when = {"draw_at": moment.visit.draw_at.isoformat()} if moment.visit else {}
    return Reply(key, {**when, "lines": [{"key": "home.text"}], "buttons": rows})


def home_buttons(talk: Talk, first: Choice | None = None) -> Rows:
    """What fits the moment, how the patient feels, what is often wanted, the way to all else."""
    return _rows(_moment(talk, talk.patient), first) if talk.patient else []


def _moment(talk: Talk, patient: Patient) -> Moment:
    return Moment(talk, patient, planned_visits(talk.work, patient))


def _word_on(moment: Moment, first: Choice) -> str | None:
    key = _MOMENTS.get(first["label"])
    return "home.moment.hold" if key == "home.moment.visit" and _waits(moment) else key


def _rows(moment: Moment, first: Choice | None = None) -> Rows:
    feeling = _FEELING if _report_is_due(moment.talk, moment.patient) else _FEELING[1:]
    room = MOST - len(feeling) - 1
    fitting = [*([first] if first else []), *_found(moment, _FITTING)][:room]
    often = [one for one in _found(moment, _OFTEN) if one not in fitting]
    return [[one] for one in (*fitting, *feeling, *often[: room - len(fitting)], MORE)]


def _found(moment: Moment, finders: tuple[Find, ...]) -> list[Choice]:
    """What the finders have, each once, in the words of the first."""
    found: dict[str, Choice] = {}
    for find in finders:
        for choice in find(moment):
            found.setdefault(choice["data"], choice)
    return list(found.values())


def _report_is_due(talk: Talk, patient: Patient) -> bool:
    if open_prompt(talk.work, patient, PromptKind.CHECK):
        return True
    last = last_report(talk.work, patient)
    return last is None or talk.work.now - last.reported_at > _REPORT_KEEPS


def _blood(moment: Moment) -> Iterator[Choice]:
    """On the day of the draw, from an hour before it."""
    if moment.draw and moment.now >= moment.draw.draw_at - _DRAW_FROM:
        yield button("home.drawn", "draw:now")


def _dose_that_counts(moment: Moment) -> Iterator[Choice]:
    """The dose from which the blood test is counted."""
    if moment.draw and moment.draw.draw_at - moment.now < MEANT[1]:
        yield from _dose(moment)


def _dose(moment: Moment) -> Iterator[Choice]:
    """Until today's dose is told; on the day of a draw only after it."""
    if not _waits(moment) and dose_of_day(moment.talk.work, moment.patient) is None:
        yield button("home.dose_taken", "dose:taken_now")
        yield button("home.dose_earlier", "dose:earlier")


def _waits(moment: Moment) -> bool:
    """On the day of the draw until it is told, and the day before until the dose suits it."""
    visit, now, zone = moment.draw, moment.now, ZoneInfo(moment.patient.time_zone)
    if visit is None:
        return False
    today, dose = now.astimezone(zone).date(), dose_times(visit.draw_at)
    is_draw_day = visit.draw_at.astimezone(zone).date() == today
    is_too_early = dose.ideal.astimezone(zone).date() == today and now < dose.earliest
    return is_draw_day or is_too_early or visit.draw_at - now < MEANT[0]


def _half_done(moment: Moment) -> Iterator[Choice]:
    if "sf36" in moment.talk.chat.paused:
        yield button("home.sf36.resume", "go:sf36")


def _questionnaire(moment: Moment) -> Iterator[Choice]:
    if open_prompt(moment.talk.work, moment.patient, PromptKind.SF36):
        yield button("home.sf36", "go:sf36")


def _visit(moment: Moment) -> Iterator[Choice]:
    if moment.visit and moment.visit.draw_at - moment.now < _SOON:
        yield button("home.visit", "go:visit")


def _dose_else(_moment: Moment) -> Iterator[Choice]:
    yield button("home.dose", "go:dose")


def _visit_else(moment: Moment) -> Iterator[Choice]:
    if moment.visit:
        yield button("home.visit", "go:visit")


_FITTING: tuple[Find, ...] = (
    _blood, _dose_that_counts, _half_done, _dose, _questionnaire, _visit,
)  # fmt: skip
_OFTEN: tuple[Find, ...] = (_dose_else, _visit_else)
_MOMENTS = {  # by the first choice
    "home.drawn": "home.moment.draw", "home.dose_taken": "home.moment.dose",
    "home.sf36.resume": "home.moment.half", "home.sf36": "home.moment.sf36",
    "home.visit": "home.moment.visit", "home.well": "home.moment.report",
}  # fmt: skip
