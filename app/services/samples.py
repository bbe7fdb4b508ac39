"""Levels: raw as measured, corrected to 24 h, with both times and their provenance."""

from datetime import datetime
from typing import NotRequired, TypedDict, Unpack
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from app.clinical.errors import NotATrough
from app.clinical.trough import (
    Trough,
    hours_between,
    limit_flags,
    steady_state_flags,
    trough,
    uncorrectable,
)
from app.clinical.units import needs_confirmation, ug_per_l
from app.services.doses import last_dose_before, not_kept_down
from app.services.errors import Invalid
from app.services.recall_marks import mark_recall
from app.services.regimens import regimen_on
from app.work import Work
from models import Clinic, Comparator, Patient, Provenance, Sample
from models.columns import new_id


class ToConfirm(Invalid):
    """The level is under 10 or over 10 000 ug/L; check the unit, then confirm it."""


class LevelTold(TypedDict):
    """A level as it is told. `identifier` is the laboratory system's own."""

    drawn_at: datetime
    concentration: float
    unit: str
    last_dose_at: NotRequired[datetime | None]
    confirmed: NotRequired[bool]
    comparator: NotRequired[Comparator | None]
    identifier: NotRequired[str | None]


def record_sample(work: Work, patient: Patient, **told: Unpack[LevelTold]) -> Sample:
    """Keep a level; one that cannot be corrected is kept raw and flagged."""
    sample = level_of(work, patient, **told)
    work.session.add(sample)
    mark_recall(work, patient.clinic_id, patient.id)
    return sample


def level_of(
    work: Work,
    patient: Patient,
    *,
    drawn_at: datetime,
    concentration: float,
    unit: str,
    last_dose_at: datetime | None = None,
    confirmed: bool = False,
    comparator: Comparator | None = None,
    identifier: str | None = None,
) -> Sample:
    """A level as it would be kept, from what the record says of its dose.

    With a comparator the concentration is only a limit, which is never corrected to 24 h.
    """
    _check(work, drawn_at, last_dose_at)
    raw = ug_per_l(concentration, unit)
    _check_confirmed(raw, confirmed)
    dose_at, provenance = _dose_time(work, patient, drawn_at, last_dose_at)
    ke = work.session.get_one(Clinic, patient.clinic_id).ke_per_h
    level = _level(raw, comparator, dose_at, drawn_at, ke)
    flags = [*limit_flags(comparator), *level.flags, *_steady_flags(work, patient, drawn_at)]
    return Sample(
        clinic_id=patient.clinic_id, id=new_id(work.now), patient_id=patient.id,
        drawn_at=drawn_at, concentration=concentration, unit=unit, last_dose_at=dose_at,
        comparator=comparator, identifier=identifier,
        dose_provenance=provenance, raw_ug_per_l=raw, corrected_ug_per_l=level.corrected_ug_per_l,
        low_ug_per_l=level.low_ug_per_l, high_ug_per_l=level.high_ug_per_l,
        hours_after_dose=level.hours_after_dose, band=level.band, flags=flags, ke_per_h=ke,
        recorded_at=work.now,
    )  # fmt: skip


def _check(work: Work, drawn_at: datetime, last_dose_at: datetime | None) -> None:
    check_drawn(work, drawn_at)
    if last_dose_at and last_dose_at >= drawn_at:
        raise Invalid("The dose must lie before the draw; check both.", field="last_dose_at")


def _check_confirmed(raw_ug_per_l: float, confirmed: bool) -> None:
    if needs_confirmation(raw_ug_per_l) and not confirmed:
        raise ToConfirm(
            f"{raw_ug_per_l:g} ug/L is under 10 or over 10 000: check the unit, then send it "
            "again with confirmed: true.", field="concentration",
        )  # fmt: skip


def check_drawn(work: Work, drawn_at: datetime) -> None:
    """Raises Invalid when the blood would only be drawn later."""
    if drawn_at > work.now:
        raise Invalid("A draw cannot lie in the future; check the time.", field="drawn_at")


def _level(
    raw: float, comparator: str | None, dose_at: datetime | None, drawn_at: datetime, ke: float
) -> Trough:
    """Corrected, unless what is told is only a limit."""
    if comparator is None:
        return corrected(raw, dose_at, drawn_at, ke)
    return uncorrectable(raw, hours_between(dose_at, drawn_at) if dose_at else None)


def corrected(raw: float, dose_at: datetime | None, drawn_at: datetime, ke: float) -> Trough:
    """The corrected level, or the raw one alone where the interval cannot be used."""
    if dose_at is None:
        return uncorrectable(raw)
    try:
        return trough(raw, dose_at, drawn_at, ke)
    except NotATrough:
        return uncorrectable(raw, hours_between(dose_at, drawn_at))


def _dose_time(
    work: Work, patient: Patient, drawn_at: datetime, told: datetime | None
) -> tuple[datetime | None, Provenance | None]:
    if told is not None:
        return told, Provenance.STAFF
    dose = last_dose_before(work, patient, drawn_at)
    return (dose.taken_at, dose.provenance) if dose else (None, None)


def _steady_flags(work: Work, patient: Patient, drawn_at: datetime) -> tuple[str, ...]:
    zone = ZoneInfo(patient.time_zone)
    step = regimen_on(work, patient, drawn_at.astimezone(zone).date())
    if step is None:
        return ("not_at_steady_state",)
    begun = datetime.combine(step.started_on, patient.usual_dose_time, zone)
    lost = not_kept_down(work, patient, drawn_at)
    return steady_state_flags(drawn_at, min(begun, drawn_at), lost)


def list_samples(work: Work, patient: Patient) -> list[Sample]:
    """All levels, the latest draw first."""
    query = select(Sample).where(
        Sample.clinic_id == patient.clinic_id, Sample.patient_id == patient.id
    )
    return list(work.session.exec(query.order_by(col(Sample.drawn_at).desc())))
