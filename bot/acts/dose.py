"""The dose: taken, missed or vomited, and what it means for the blood test."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.clinical.draw_window import window_after
from app.services.doses import last_dose_before, record_dose
from app.services.visits import next_visit
from app.work import Work
from bot.chats import Talk
from bot.flow import Answers
from bot.flows.times import told_time
from bot.home import at_home
from bot.replies import Opens, Reply, button
from models import Dose, DoseStatus, Patient, Provenance

_SAME_DOSE = timedelta(hours=8)  # [own] a second tap this soon is about the same dose


def _dose(talk: Talk, answers: Answers) -> Reply:
    patient, what = talk.patient, answers["dose"]
    assert patient is not None
    if what == "not_yet":
        return only("dose.not_yet", button("dose.button.taken_now", "dose:taken_now"))
    status = DoseStatus(what) if what in ("missed", "vomited") else DoseStatus.TAKEN
    taken_at = _told_at(talk.work, patient, answers)
    if taken_at > talk.work.now:
        return at_home(talk, "dose.in_future")
    before = _same_dose(talk.work, patient, taken_at) if status == DoseStatus.TAKEN else None
    if before is not None:
        return at_home(talk, "dose.already", taken_at=before.taken_at.isoformat())
    dose = record_dose(
        talk.work, patient, taken_at=taken_at, status=status, provenance=_provenance(talk, what)
    )
    return _about_dose(talk, patient, dose)


def only(key: str, choice: dict[str, Any]) -> Reply:
    return Reply(key, {"buttons": [[choice]]})


def _provenance(talk: Talk, what: str) -> Provenance:
    if talk.chat.proxy:
        return Provenance.PROXY
    later = what in ("earlier", "missed")
    return Provenance.PATIENT_LATER if later else Provenance.PATIENT_AT_THE_MOMENT


def _told_at(work: Work, patient: Patient, answers: Answers) -> datetime:
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


def _about_dose(talk: Talk, patient: Patient, dose: Dose) -> Reply:
    if dose.status != DoseStatus.TAKEN:
        return at_home(talk, f"dose.{dose.status}_noted")
    visit = next_visit(talk.work, patient)
    data = {"taken_at": dose.taken_at.isoformat()}
    if visit is None or visit.draw_at - dose.taken_at > timedelta(hours=36):
        return at_home(talk, "dose.noted", **data)
    return at_home(talk, "dose.window", **data, **window_data(dose.taken_at))


def window_data(dose_at: datetime) -> dict[str, str]:
    """When blood counts after a dose, for a text."""
    window = window_after(dose_at)
    return {"opens_at": window.opens_at.isoformat(), "closes_at": window.closes_at.isoformat()}


GO = {"dose": lambda talk: Opens("dose")}
COMMANDS = {"dose": lambda talk: Opens("dose")}
ENDINGS = {"dose": _dose}
