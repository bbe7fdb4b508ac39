"""The Bayesian estimate of one patient, from the rows: shown beside the corrected level."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlmodel import col, func, select

from app.services.doses import counts
from app.services.summary_facts import of_patient, regimen_on
from app.work import Work
from models import Clinic, Dose, DoseStatus, Lab, Patient, Regimen, Sample

if TYPE_CHECKING:
    from app.clinical.bayes import DoseGiven, Estimate

# The latest levels count, and the doses since 60 days before the first of them: at a half-life
# of 17 h earlier ones have left nothing. The project's own choices, as is that a day of which
# nothing was told is a dose at the usual time.
LEVELS = 4
# A dose that was told and a sample's own dose time so close are one dose: the sample's time counts.
SAME_DOSE = timedelta(hours=6)
DOSES_BEFORE = timedelta(days=60)
# A red cell count counts for 90 days; the project's own choice.
RBC_COUNTS_FOR = timedelta(days=90)


def estimate_of(
    work: Work, patient: Patient, regimens: Sequence[Regimen], samples: Sequence[Sample]
) -> Estimate | None:
    """The estimate with the clinic's prior; None without a dose, or a level that can be used.

    A level can be used where its own dose time is known: drawn 8 to 48 h after it.
    """
    from app.clinical.bayes import LevelMeasured, estimate, prior_named  # scipy takes 0.5 s

    usable = [one for one in samples if one.corrected_ug_per_l is not None][-LEVELS:]
    current = regimen_on(regimens, work.now.astimezone(ZoneInfo(patient.time_zone)).date())
    if current is None or not current.daily_dose_mg or not usable:
        return None
    doses = doses_given(work, patient, regimens, usable)
    levels = [LevelMeasured(one.drawn_at, one.raw_ug_per_l) for one in usable]
    prior = prior_named(work.session.get_one(Clinic, patient.clinic_id).prior)
    rbc = _red_cells(work, patient, usable[-1].drawn_at)
    return estimate(doses, levels, current.daily_dose_mg, prior, rbc)


def estimate_now(work: Work, patient: Patient) -> Estimate | None:
    """The estimate from all that is recorded by now; None as `estimate_of`."""
    regimens = of_patient(work, patient, Regimen, Regimen.started_on, Regimen.recorded_at)
    return estimate_of(work, patient, regimens, of_patient(work, patient, Sample, Sample.drawn_at))


def doses_given(
    work: Work, patient: Patient, regimens: Sequence[Regimen], samples: Sequence[Sample]
) -> list[DoseGiven]:
    """Every dose kept down up to the last draw, told or assumed, in order."""
    from app.clinical.bayes import DoseGiven

    zone = ZoneInfo(patient.time_zone)
    begin, end = samples[0].drawn_at - DOSES_BEFORE, samples[-1].drawn_at
    within = (counts(), col(Dose.taken_at) >= begin, col(Dose.taken_at) < end)
    told = of_patient(work, patient, Dose, Dose.taken_at, where=within)
    days = {dose.taken_at.astimezone(zone).date() for dose in told}
    given = [
        DoseGiven(dose.taken_at, dose.dose_mg) for dose in told
        if dose.status == DoseStatus.TAKEN
    ]  # fmt: skip
    for at in {sample.last_dose_at for sample in samples if sample.last_dose_at}:
        same = [dose for dose in given if abs(dose.taken_at - at) <= SAME_DOSE]
        mg = same[0].dose_mg if same else _mg(regimens, at.astimezone(zone).date())
        given = [dose for dose in given if dose not in same] + [DoseGiven(at, mg)]
        days.add(at.astimezone(zone).date())
    given += [
        DoseGiven(at, _mg(regimens, at.astimezone(zone).date()))
        for at in _usual(patient, regimens, begin, end)
        if at.astimezone(zone).date() not in days and not _waits_for_a_draw(at, samples)
    ]
    return sorted((dose for dose in given if dose.dose_mg), key=lambda dose: dose.taken_at)


def _waits_for_a_draw(at: datetime, samples: Sequence[Sample]) -> bool:
    """On the morning of a draw the dose waits: none is assumed between the last and the draw."""
    return any(
        one.last_dose_at is not None and one.last_dose_at < at < one.drawn_at for one in samples
    )


def _usual(
    patient: Patient, regimens: Sequence[Regimen], begin: datetime, end: datetime
) -> list[datetime]:
    """The usual time of taking the dose on each day of treatment."""
    zone = ZoneInfo(patient.time_zone)
    first = max(begin.astimezone(zone).date(), regimens[0].started_on)
    last = end.astimezone(zone).date()
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    at = [datetime.combine(day, patient.usual_dose_time, zone).astimezone(UTC) for day in days]
    return [moment for moment in at if moment < end]


def _mg(regimens: Sequence[Regimen], day: date) -> int:
    """The daily dose on a day; before the first step, that of the first."""
    return (regimen_on(regimens, day) or regimens[0]).daily_dose_mg


def _red_cells(work: Work, patient: Patient, at: datetime) -> float | None:
    """The latest red cell count before a draw, 10^12/L, where it is recent and plausible."""
    from app.clinical.bayes.priors import RBC_LEAST, RBC_MOST

    query = select(Lab.value).where(
        Lab.clinic_id == patient.clinic_id, Lab.patient_id == patient.id,
        func.upper(Lab.analyte) == "RBC", col(Lab.comparator).is_(None),
        Lab.collected_at <= at + timedelta(days=1), Lab.collected_at >= at - RBC_COUNTS_FOR,
        Lab.value >= RBC_LEAST, Lab.value <= RBC_MOST,
    )  # fmt: skip
    return work.session.exec(query.order_by(col(Lab.collected_at).desc())).first()
