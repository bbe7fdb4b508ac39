"""What a completed flow does: one use case each, and what the patient reads then."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.clinical.draw_window import window_after
from app.services.doses import last_dose_before, record_dose
from app.services.linking import link
from app.services.questionnaires import record_questionnaire
from app.services.reports import Reported, report_symptoms
from app.services.visits import next_visit, record_draw
from app.work import Work
from bot.flow import Answers
from bot.flows.sf36 import items_of
from bot.flows.symptoms import TOLERABLE, clinical_answers
from bot.flows.times import told_time
from bot.replies import Reply, at_home, button
from bot.wording import wording_answered
from models import Chat, Dose, DoseStatus, Patient, Provenance

_SAME_DOSE = timedelta(hours=8)  # [own] a second tap this soon is about the same dose


def end(work: Work, chat: Chat, patient: Patient | None, flow: str, answers: Answers) -> Reply:
    """Do what the complete answers of a flow ask for."""
    if flow == "link":
        return _linked(work, chat, answers)
    if flow == "language":
        chat.language = answers["language"]
        return at_home("language.done", chat.paused)
    assert patient is not None, "only linking and language need no patient"
    return _ENDINGS[flow](work, chat, patient, answers)


def _linked(work: Work, chat: Chat, answers: Answers) -> Reply:
    if answers["link.consent"] == "decline":
        return Reply("link.declined")
    link(work, chat, answers["link.code"])
    return at_home("link.done")


def _symptoms(work: Work, chat: Chat, patient: Patient, answers: Answers) -> Reply:
    told = report_symptoms(
        work, patient, answers=clinical_answers(answers),
        intolerable=answers.get(TOLERABLE) == "no", provenance=Provenance.PATIENT_AT_THE_MOMENT,
    )  # fmt: skip
    return at_home(_said_of(told), chat.paused, lines=_lines(told))


def _said_of(told: Reported) -> str:
    if told.report.red_flags:
        return "symptoms.emergency"
    if told.alert:
        return "symptoms.alerted"
    return "symptoms.noted" if told.grades else "symptoms.all_well"


def _lines(told: Reported) -> list[dict[str, Any]]:
    named = [f"term.{grade.term}" for grade in told.grades if grade.grade]
    return [{"key": "symptoms.line", "params": {"term_key": key}} for key in named]


def _dose(work: Work, chat: Chat, patient: Patient, answers: Answers) -> Reply:
    what = answers["dose"]
    if what == "not_yet":
        return _only("dose.not_yet", button("dose.button.taken_now", "dose:taken_now"))
    status = DoseStatus(what) if what in ("missed", "vomited") else DoseStatus.TAKEN
    taken_at = _told_dose_time(work, patient, answers)
    if taken_at > work.now:
        return at_home("dose.in_future", chat.paused)
    before = _same_dose(work, patient, taken_at) if status == DoseStatus.TAKEN else None
    if before is not None:
        return at_home("dose.already", chat.paused, taken_at=before.taken_at.isoformat())
    dose = record_dose(
        work, patient, taken_at=taken_at, status=status, provenance=_provenance(what)
    )
    return _about_dose(work, chat, patient, dose)


def _only(key: str, choice: dict[str, Any]) -> Reply:
    return Reply(key, {"buttons": [[choice]]})


def _provenance(what: str) -> Provenance:
    later = what in ("earlier", "missed")
    return Provenance.PATIENT_LATER if later else Provenance.PATIENT_AT_THE_MOMENT


def _told_dose_time(work: Work, patient: Patient, answers: Answers) -> datetime:
    if answers["dose"] != "earlier":
        return work.now
    today = work.now.astimezone(ZoneInfo(patient.time_zone)).date()
    day = today - timedelta(days=answers["dose.day"] == "yesterday")
    return told_time("dose", answers, day, patient.time_zone)


def _same_dose(work: Work, patient: Patient, taken_at: datetime) -> Dose | None:
    last = last_dose_before(work, patient, taken_at + _SAME_DOSE)
    if last is None or last.status != DoseStatus.TAKEN:
        return None
    return last if abs(last.taken_at - taken_at) < _SAME_DOSE else None


def _about_dose(work: Work, chat: Chat, patient: Patient, dose: Dose) -> Reply:
    if dose.status != DoseStatus.TAKEN:
        return at_home(f"dose.{dose.status}_noted", chat.paused)
    visit = next_visit(work, patient)
    data = {"taken_at": dose.taken_at.isoformat()}
    if visit is None or visit.draw_at - dose.taken_at > timedelta(hours=36):
        return at_home("dose.noted", chat.paused, **data)
    return at_home("dose.window", chat.paused, **data, **window_data(dose.taken_at))


def window_data(dose_at: datetime) -> dict[str, str]:
    """When blood counts after a dose, for a text."""
    window = window_after(dose_at)
    return {"opens_at": window.opens_at.isoformat(), "closes_at": window.closes_at.isoformat()}


def _draw(work: Work, chat: Chat, patient: Patient, answers: Answers) -> Reply:
    visit = next_visit(work, patient)
    if visit is None:
        return at_home("draw.no_visit", chat.paused)
    if answers["draw"] == "not_yet":
        return _only("draw.not_yet", button("draw.button.now", "draw:now"))
    drawn_at = _told_draw_time(work, patient, answers)
    if drawn_at > work.now:
        return at_home("draw.in_future", chat.paused)
    now = answers["draw"] == "now"
    provenance = Provenance.PATIENT_AT_THE_MOMENT if now else Provenance.PATIENT_LATER
    record_draw(work, patient, visit, drawn_at, provenance)
    return at_home("draw.noted", chat.paused, drawn_at=drawn_at.isoformat())


def _told_draw_time(work: Work, patient: Patient, answers: Answers) -> datetime:
    if answers["draw"] == "now":
        return work.now
    today = work.now.astimezone(ZoneInfo(patient.time_zone)).date()
    return told_time("draw", answers, today, patient.time_zone)


def _sf36(work: Work, chat: Chat, patient: Patient, answers: Answers) -> Reply:
    record_questionnaire(work, patient, items_of(answers), wording=wording_answered(answers))
    return at_home("sf36.done", chat.paused)


_ENDINGS: Mapping[str, Callable[[Work, Chat, Patient, Answers], Reply]] = {
    "symptoms": _symptoms, "dose": _dose, "draw": _draw, "sf36": _sf36,
}  # fmt: skip
