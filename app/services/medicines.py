"""Other medicines: asked at a visit or by phone, and what was answered."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col, select

from app.services.audit import audit
from app.services.draw_days import today_of
from app.services.errors import Invalid, PatientErased
from app.services.patients import find_patient
from app.work import Work
from models import MedicineAnswer, MedicineKind, MedicineReview, Patient
from models.columns import new_id

# Asked at each visit; visits come every 2-3 months (Chen 2024): older counts as not asked, our own.
COUNTS_FOR = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class MedicinesAsked:
    """The latest answer about other medicines; `counts` is False once it is too old."""

    asked_on: date
    answer: str
    kinds: tuple[str, ...]
    words: str | None
    recorded_by: str
    counts: bool


class AskedInFuture(Invalid):
    """This day has not come yet; give the day on which it was asked."""


class NotNamed(Invalid):
    """Write down which medicines the patient takes."""


class NoneButNamed(Invalid):
    """The answer is none, and medicines are named; choose one of the two."""


def record_medicines(
    work: Work,
    clinic_id: str,
    patient_id: str,
    *,
    by: str,
    answer: MedicineAnswer,
    kinds: Collection[MedicineKind] = (),
    words: str | None = None,
    asked_on: date | None = None,
) -> MedicineReview:
    """Keep what was answered; today where no day is given.

    Raises NoSuchPatient, PatientErased, AskedInFuture, NotNamed, NoneButNamed.
    """
    patient = find_patient(work, clinic_id, patient_id)
    named = (words or "").strip() or None
    on = asked_on or today_of(work, patient)
    _check(work, patient, on)
    _check_answer(answer, kinds, named)
    row = MedicineReview(
        clinic_id=clinic_id, id=new_id(work.now), patient_id=patient.id, asked_on=on,
        answer=answer, kinds=sorted(kinds), words=named, recorded_by=by, recorded_at=work.now,
    )  # fmt: skip
    work.session.add(row)
    audit(work, clinic_id, by, "medicines.record", patient.id, row.id)
    return row


def _check(work: Work, patient: Patient, on: date) -> None:
    if patient.erased_at is not None:
        raise PatientErased
    if on > today_of(work, patient):
        raise AskedInFuture(field="asked_on")


def _check_answer(answer: MedicineAnswer, kinds: Collection[str], named: str | None) -> None:
    if answer == MedicineAnswer.LISTED and named is None:
        raise NotNamed(field="words")
    if answer == MedicineAnswer.NONE and (named or kinds):
        raise NoneButNamed(field="answer")


def last_medicines(work: Work, patient: Patient) -> MedicinesAsked | None:
    """The latest answer; None where it was never asked."""
    query = select(MedicineReview).where(
        MedicineReview.clinic_id == patient.clinic_id, MedicineReview.patient_id == patient.id
    )
    latest = query.order_by(col(MedicineReview.asked_on).desc(), col(MedicineReview.id).desc())
    row = work.session.exec(latest.limit(1)).first()
    if row is None:
        return None
    counts = row.asked_on >= today_of(work, patient) - COUNTS_FOR
    return MedicinesAsked(
        row.asked_on, row.answer, tuple(row.kinds), row.words, row.recorded_by, counts
    )
