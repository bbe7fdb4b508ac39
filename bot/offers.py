"""The choices of a question that depend on the moment or on the record."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from app.clinical.draw_window import window_after
from app.services.doses import last_told
from app.services.draw_slots import days_ahead, morning_slots, slots_within
from app.services.places import city_of
from app.services.visits import find_visit, planned_visits
from bot.chats import Talk
from bot.flow import Answers, Choice, Flow, Step, open_step
from bot.flows.reminding import NEAR_PLACES
from bot.flows.slot import TOO_SOON, day_code, time_code, told_day, told_visit
from bot.flows.times import is_offered
from models import Clinic, DoseStatus, Patient, Visit, VisitPurpose

Offer = Callable[[Talk, Patient, Step, Answers], Sequence[Choice]]
MOST_VISITS = 3


def offered(talk: Talk, flow: Flow, answers: Answers) -> Sequence[Choice] | None:
    """The choices of the open question as they stand now; None where they are as written."""
    step = open_step(flow, answers)
    if step is None or talk.patient is None:
        return None
    if step.code in _OFFERS:
        return _OFFERS[step.code](talk, talk.patient, step, answers)
    if step.code.endswith((".hour", ".minute")):
        now = talk.work.now.astimezone(ZoneInfo(talk.patient.time_zone))
        return [one for one in step.choices if is_offered(one, step, answers, flow, now)]
    return None


def _dose(talk: Talk, patient: Patient, step: Step, _answers: Answers) -> Sequence[Choice]:
    """To correct what was told stands there only where something was."""
    told = last_told(talk.work, patient)
    return [one for one in step.choices if one.code != "wrong" or told is not None]


def _fix(talk: Talk, patient: Patient, step: Step, _answers: Answers) -> Sequence[Choice]:
    """Not what the dose is already."""
    dose = last_told(talk.work, patient)
    now = {DoseStatus.MISSED: "missed", DoseStatus.VOMITED: "vomited"}
    return [one for one in step.choices if dose is None or one.code != now.get(dose.status)]


def draws_planned(talk: Talk, patient: Patient) -> list[Visit]:
    """The next three visits with a draw that lie ahead, or that a dose has spoiled."""
    visits = planned_visits(talk.work, patient)
    now = talk.work.now
    ahead = [one for one in visits if one.draw_at > now or one.dose_before_draw_at is not None]
    return [one for one in ahead if one.purpose == VisitPurpose.TROUGH][:MOST_VISITS]


def _visits(talk: Talk, patient: Patient, _step: Step, _answers: Answers) -> Sequence[Choice]:
    return [
        Choice(visit.id, "slot.visit", {"draw_at": visit.draw_at.isoformat()})
        for visit in draws_planned(talk, patient)
    ]


def _days(talk: Talk, patient: Patient, _step: Step, _answers: Answers) -> Sequence[Choice]:
    zone, _ = _clinic_hours(talk, patient)
    days = days_ahead(talk.work.now, zone)
    noons = ((on, datetime(on.year, on.month, on.day, 12, tzinfo=zone)) for on in days)
    return [Choice(day_code(on), "slot.day", {"at_at": at.isoformat()}) for on, at in noons]


def _times(talk: Talk, patient: Patient, _step: Step, answers: Answers) -> Sequence[Choice]:
    """The half hours of the day chosen; after a dose too soon those of its own window."""
    zone, opens = _clinic_hours(talk, patient)
    if TOO_SOON in answers:
        return [_slot(at) for at in slots_after_too_soon(talk, patient, answers)]
    on = told_day(answers)
    return [_slot(at) for at in morning_slots(on, zone, opens)] if on else []


def slots_after_too_soon(talk: Talk, patient: Patient, answers: Answers) -> list[datetime]:
    zone, opens = _clinic_hours(talk, patient)
    visit = find_visit(talk.work, patient.clinic_id, told_visit(answers))
    if visit.dose_before_draw_at is None:
        return []
    return slots_within(window_after(visit.dose_before_draw_at), talk.work.now, zone, opens)


def _clinic_hours(talk: Talk, patient: Patient) -> tuple[ZoneInfo, time]:
    """The clinic's zone, and from when on it draws blood."""
    clinic = talk.work.session.get_one(Clinic, patient.clinic_id)
    return ZoneInfo(clinic.time_zone), clinic.protocol_from


def _slot(at: datetime) -> Choice:
    return Choice(time_code(at), "slot.time", {"at_at": at.astimezone(UTC).isoformat()})


def _daily(_talk: Talk, patient: Patient, step: Step, _answers: Answers) -> Sequence[Choice]:
    """To turn it off stands there only where it is on."""
    return [one for one in step.choices if one.code != "off" or patient.dose_reminder]


def _near(talk: Talk, _patient: Patient, _step: Step, _answers: Answers) -> Sequence[Choice]:
    return [_place(talk, zone) for zone in NEAR_PLACES]


def _which(talk: Talk, _patient: Patient, _step: Step, answers: Answers) -> Sequence[Choice]:
    return [_place(talk, zone) for zone in answers["zone"]]


def _place(talk: Talk, zone: str) -> Choice:
    """A city and its clock of now, by which it is recognised."""
    clock = talk.work.now.astimezone(ZoneInfo(zone))
    city = city_of(zone, talk.chat.language)
    return Choice(zone, "zone.choice", {"city": city, "clock": f"{clock:%H:%M}"})


_OFFERS: Mapping[str, Offer] = {
    "dose": _dose, "fix": _fix, "slot.visit": _visits, "slot.day": _days, "slot.time": _times,
    "daily": _daily, "zone": _near, "zone.which": _which,
}  # fmt: skip
