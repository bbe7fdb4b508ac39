"""The dose: taken, missed or vomited, and what it means for the blood test."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.clinical.draw_window import window_after
from app.services.audit import actor_of
from app.services.dose_corrections import correct_dose
from app.services.doses import (
    due_of_missed,
    last_dose_before,
    last_told,
    list_doses,
    record_dose,
)
from app.services.meant import visit_of, visit_spoiled_by
from app.services.missed_dose import rule_of_missed
from app.services.snooze import can_snooze
from app.work import Work
from bot.acts.too_soon import too_soon
from bot.acts.unprescribed import unprescribed
from bot.chats import Talk
from bot.flow import Answers, Flow, Unclear
from bot.flows.dose import FIXED
from bot.flows.times import told_time
from bot.home import at_home, home_buttons
from bot.replies import Opens, Reply, button
from models import Dose, DoseStatus, Patient, Provenance

_SAME_DOSE = timedelta(hours=8)  # [own] a second tap this soon is about the same dose


def _dose(talk: Talk, answers: Answers) -> Reply | Opens:
    patient, what = talk.patient, answers["dose"]
    assert patient is not None
    if what in _INSTEAD:
        return _INSTEAD[what](talk)
    status = DoseStatus(what) if what in ("missed", "vomited") else DoseStatus.TAKEN
    taken_at = _moment(talk, patient, answers, status)
    if isinstance(taken_at, Dose):
        return with_fix(talk, "dose.told_taken", taken_at=taken_at.taken_at.isoformat())
    untold = unprescribed(talk, patient, taken_at, status)
    if untold is not None:
        return untold
    if status == DoseStatus.TAKEN:
        return taken(talk, patient, taken_at, _provenance(talk, what))
    return _lost(talk, patient, taken_at, status, _provenance(talk, what))


def _lost(
    talk: Talk, patient: Patient, at: datetime, status: DoseStatus, provenance: Provenance
) -> Reply | Opens:
    """Missed, or vomited: that is the dose told before, where it is so near."""
    known = _vomitable(talk.work, patient, at) if status == DoseStatus.VOMITED else None
    if known is None:
        dose = record_dose(talk.work, patient, taken_at=at, status=status, provenance=provenance)
    else:
        dose = correct_dose(
            talk.work, patient, known, taken_at=known.taken_at, status=status,
            provenance=known.provenance, by=actor_of(talk.chat),
        )  # fmt: skip
    return about_dose(talk, patient, dose)


def _vomitable(work: Work, patient: Patient, at: datetime) -> Dose | None:
    """The dose of the last hours, taken or told as vomited already."""
    near = (dose for dose in list_doses(work, patient) if dose.status != DoseStatus.MISSED)
    last = next(near, None)
    return last if last and abs(at - last.taken_at) < _SAME_DOSE else None


def taken(
    talk: Talk, patient: Patient, taken_at: datetime, provenance: Provenance
) -> Reply | Opens:
    """A dose was taken; one told a second time is the same dose."""
    before = _same_dose(talk.work, patient, taken_at)
    if before is None:
        dose = record_dose(talk.work, patient, taken_at=taken_at, provenance=provenance)
        return about_dose(talk, patient, dose)
    if visit_spoiled_by(talk.work, patient, before) is not None:
        return about_dose(talk, patient, before)
    return with_fix(talk, "dose.already", taken_at=before.taken_at.isoformat())


def _moment(talk: Talk, patient: Patient, answers: Answers, status: DoseStatus) -> datetime | Dose:
    if status == DoseStatus.MISSED:
        return due_of_missed(talk.work, patient)
    return told_of(talk, patient, "dose", answers) or this_minute(talk)


def _not_yet(talk: Talk) -> Reply:
    """The button stays; the snooze too, while it still suits the draw."""
    assert talk.patient is not None
    rows = [[button("dose.button.taken_now", "dose:taken_now")]]
    if can_snooze(talk.work, talk.patient) is not None:
        rows.append([button("dose.button.snooze", "go:snooze")])
    return Reply("dose.not_yet", {"buttons": rows})


def _wrong(talk: Talk) -> Reply | Opens:
    """Correct the dose that was told last; which it is stays with the question."""
    assert talk.patient is not None
    dose = last_told(talk.work, talk.patient)
    if dose is None:
        return at_home(talk, "fix.nothing")
    shown = {"key": f"fix.of.{dose.status}", "params": {"taken_at": dose.taken_at.isoformat()}}
    return Opens("fix", {FIXED: dose.id}, shown)


def only(key: str, choice: dict[str, Any]) -> Reply:
    return Reply(key, {"buttons": [[choice]]})


def _provenance(talk: Talk, what: str) -> Provenance:
    if talk.chat.proxy:
        return Provenance.PROXY
    later = what in ("earlier", "missed")
    return Provenance.PATIENT_LATER if later else Provenance.PATIENT_AT_THE_MOMENT


def told_of(talk: Talk, patient: Patient, flow: str, answers: Answers) -> datetime | None:
    """The moment that was told in a flow; None where none was."""
    today = talk.work.now.astimezone(ZoneInfo(patient.time_zone)).date()
    told = told_time(flow, answers, today, patient.time_zone)
    return told.astimezone(UTC) if told else None


def this_minute(talk: Talk) -> datetime:
    """Now, as the texts show it: what is told "now" and the window that follows agree."""
    return talk.work.now.replace(second=0, microsecond=0)


def has_come(talk: Talk, flow: Flow, answers: Answers) -> None:
    """A time told lies in the past. Raises Unclear, which asks again."""
    told = told_of(talk, talk.patient, flow.name, answers) if talk.patient else None
    if told is not None and told > talk.work.now:
        raise Unclear("time.in_future")


def _same_dose(work: Work, patient: Patient, taken_at: datetime) -> Dose | None:
    last = last_dose_before(work, patient, taken_at + _SAME_DOSE)
    if last is None or last.status != DoseStatus.TAKEN:
        return None
    return last if abs(last.taken_at - taken_at) < _SAME_DOSE else None


def about_dose(talk: Talk, patient: Patient, dose: Dose) -> Reply | Opens:
    """What a dose that was just told means."""
    if dose.status == DoseStatus.MISSED:
        rule = rule_of_missed(talk.work, patient, dose.taken_at)
        return with_fix(talk, rule, taken_at=dose.taken_at.isoformat())
    if dose.status == DoseStatus.VOMITED:
        return with_fix(talk, "dose.vomited_noted")
    spoiled = visit_spoiled_by(talk.work, patient, dose)
    if spoiled is not None:
        return too_soon(talk, patient, spoiled, dose)
    data = {"taken_at": dose.taken_at.isoformat()}
    if visit_of(talk.work, patient, dose) is None:
        return with_fix(talk, "dose.noted", **data)
    return with_fix(talk, "dose.window", **data, **window_data(dose.taken_at))


def with_fix(talk: Talk, key: str, **data: Any) -> Reply:
    """Something said of a dose, with the way to correct it before the choices of home."""
    fix = [button("dose.button.wrong", "dose:wrong")]
    return Reply(key, {**data, "buttons": [fix, *home_buttons(talk)[-3:]]})


def window_data(dose_at: datetime) -> dict[str, str]:
    """When blood counts after a dose, for a text."""
    window = window_after(dose_at)
    return {"opens_at": window.opens_at.isoformat(), "closes_at": window.closes_at.isoformat()}


_INSTEAD = {"not_yet": _not_yet, "wrong": _wrong}

GO = {"dose": lambda talk: Opens("dose")}
COMMANDS = {"dose": lambda talk: Opens("dose")}
ENDINGS = {"dose": _dose}
CHECKS = {"dose": has_come, "fix": has_come, "early": has_come, "draw": has_come}
