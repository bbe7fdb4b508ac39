"""Follow-up between visits: last seen, on treatment or stopped, recurrence, death.

An entry is never changed; the patient's own dates follow the latest word. Overall and
recurrence-free survival are counted from them (Chen ZL et al. 2024).
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import col, select

from app.services.audit import audit
from app.services.daily import replan_days
from app.services.dose_starts import no_draws_from
from app.services.draw_days import today_of
from app.services.errors import Conflict, Invalid, PatientErased
from app.services.patients import change_patient, find_patient
from app.services.regimens import add_regimen, list_regimens, regimen_on
from app.services.signs_of_life import last_sign
from app.work import Work
from models import FollowUp, FollowUpHow, Patient
from models.columns import new_id

_DATES = ("died_on", "stopped_on", "recurrence_on", "seen_on")


class InFuture(Invalid):
    """This day has not come yet; check the date."""


class BeforeSurgery(Invalid):
    """This day lies before the surgery; check the date."""


class SeenAfterDeath(Invalid):
    """Last seen after the day of death; correct one of the two."""


class AliveAfter(Invalid):
    """The record shows the patient alive after this day; check it, or send `confirmed`."""

    def __init__(self, seen_on: date) -> None:
        super().__init__(field="died_on")
        self.told = {"seen_on": seen_on.isoformat()}


class StillTreated(Invalid):
    """Still on treatment, and stopped: one of the two cannot be."""


class NotTreated(Conflict):
    """No dose was taken on this day, so none can be stopped."""


class AnotherStarts(Conflict):
    """A new dose is planned to start; amend that decision first."""


def record_follow_up(
    work: Work,
    clinic_id: str,
    patient_id: str,
    *,
    by: str,
    how: FollowUpHow = FollowUpHow.PHONE,
    seen_on: date | None = None,
    on_treatment: bool | None = None,
    stopped_on: date | None = None,
    recurrence_on: date | None = None,
    died_on: date | None = None,
    note: str | None = None,
    confirmed: bool = False,
) -> FollowUp:
    """Keep what was told; a treatment that stopped ends its reminders, a death all of them.

    Who is no longer treated since an unknown day has stopped on the day last seen, at the latest.
    `confirmed`: the day of death is right although the record shows the patient alive later.
    Raises NoSuchPatient, PatientErased, InFuture, BeforeSurgery, SeenAfterDeath, AliveAfter,
    StillTreated, NotTreated, AnotherStarts.
    """
    patient = find_patient(work, clinic_id, patient_id)
    work.session.refresh(patient, with_for_update=True)
    told: dict[str, Any] = {
        "seen_on": seen_on or died_on or patient.died_on or today_of(work, patient),
        "stopped_on": stopped_on, "recurrence_on": recurrence_on, "died_on": died_on,
    }  # fmt: skip
    _check(work, patient, told, on_treatment)
    if died_on is not None and not confirmed:
        _check_alive(work, patient, died_on)
    row = FollowUp(
        clinic_id=clinic_id, id=new_id(work.now), patient_id=patient.id, how=how,
        on_treatment=False if stopped_on else on_treatment, note=(note or "").strip() or None,
        recorded_by=by, recorded_at=work.now, **told,
    )  # fmt: skip
    work.session.add(row)
    audit(work, clinic_id, by, "follow_up.record", patient.id, row.id)
    if (last_day := stopped_on or _found_stopped(work, patient, row)) is not None:
        stop_treatment(work, patient, last_day, row.note)
    change_patient(work, patient, _of_patient(patient, row))
    return row


def _check(work: Work, patient: Patient, told: dict[str, Any], on_treatment: bool | None) -> None:
    if patient.erased_at is not None:
        raise PatientErased
    if on_treatment and told["stopped_on"]:
        raise StillTreated(field="on_treatment")
    _check_days(work, patient, told)
    died_on = told["died_on"] or patient.died_on
    if died_on is not None and told["seen_on"] > died_on:
        raise SeenAfterDeath(field="seen_on")


def _check_alive(work: Work, patient: Patient, died_on: date) -> None:
    seen_on = last_sign(work, patient)
    if seen_on is not None and seen_on > died_on:
        raise AliveAfter(seen_on)


def _check_days(work: Work, patient: Patient, told: dict[str, Any]) -> None:
    today = today_of(work, patient)
    for field in _DATES:
        if told[field] is not None and told[field] > today:
            raise InFuture(field=field)
        if told[field] and patient.surgery_date and told[field] < patient.surgery_date:
            raise BeforeSurgery(field=field)


def _found_stopped(work: Work, patient: Patient, row: FollowUp) -> date | None:
    """The day on which it was told that a treatment, which the record goes on with, has ended."""
    if row.on_treatment is not False:
        return None
    step = regimen_on(work, patient, row.seen_on)
    return row.seen_on if step and step.daily_dose_mg else None


def _of_patient(patient: Patient, row: FollowUp) -> dict[str, Any]:
    """What follows for the patient: the last day seen, the first recurrence, the death.

    Recurrence-free survival runs to the first recurrence or metastasis (Chen 2024, 27(11):1149),
    so an earlier day stands; a wrong one is corrected in the patient's data.
    """
    seen_on = max(_known(patient.last_follow_up_on, row.seen_on))
    told = {
        "last_follow_up_on": min(_known(seen_on, row.died_on)),
        "recurrence_on": min(_known(patient.recurrence_on, row.recurrence_on), default=None),
        "died_on": row.died_on,
    }
    return {name: on for name, on in told.items() if on is not None}


def _known(*days: date | None) -> list[date]:
    return [one for one in days if one is not None]


def stop_treatment(work: Work, patient: Patient, on: date, reason: str | None) -> None:
    """No dose from a day on: a step of 0 mg. Raises NotTreated, AnotherStarts."""
    before = regimen_on(work, patient, on)
    if before is None or not before.daily_dose_mg:
        raise NotTreated(field="stopped_on")
    steps = [step.started_on for step in list_regimens(work, patient)]
    if on in steps:
        raise NotTreated(field="stopped_on")
    if max(steps) > today_of(work, patient):
        raise AnotherStarts(field="stopped_on")
    add_regimen(work, patient, daily_dose_mg=0, started_on=on, reason=reason)
    no_draws_from(work, patient, on)
    replan_days(work, patient)


def list_follow_ups(work: Work, patient: Patient) -> Sequence[FollowUp]:
    """The latest first."""
    query = select(FollowUp).where(
        FollowUp.clinic_id == patient.clinic_id, FollowUp.patient_id == patient.id
    )
    return work.session.exec(query.order_by(col(FollowUp.id).desc())).all()
