"""The course of treatment as FHIR: patient, regimens, doses, visits, open alerts."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import zip_longest

from app.services.fhir.terms import (
    ATC,
    PATIENT_CODE,
    PROVENANCE,
    Resource,
    coded,
    extension,
    instant,
    own,
    quantity,
    subject,
    without_none,
)
from models import Alert, Dose, DoseStatus, Patient, Regimen, Visit, VisitPurpose, VisitStatus

_DRUG = coded("imatinib", (ATC, "L01EA01"))
# A vomited dose was taken; that it may not have stayed is said in words.
_DOSES = {
    DoseStatus.TAKEN: "completed", DoseStatus.VOMITED: "completed", DoseStatus.MISSED: "not-done",
}  # fmt: skip
_VISITS = {
    VisitStatus.PLANNED: "booked", VisitStatus.ATTENDED: "fulfilled",
    VisitStatus.MISSED: "noshow", VisitStatus.CANCELLED: "cancelled",
}  # fmt: skip
_PURPOSES = {
    VisitPurpose.TROUGH: "Draw for an imatinib trough", VisitPurpose.FOLLOW_UP: "Follow-up",
}  # fmt: skip


def patient_resource(patient: Patient) -> Resource:
    """By code: no name, no phone; of the birth only the year."""
    return without_none({
        "resourceType": "Patient", "id": patient.id,
        "identifier": [{"system": PATIENT_CODE, "value": patient.code}],
        "gender": None if patient.erased_at else str(patient.sex),
        "birthDate": f"{patient.year_of_birth:04d}" if patient.year_of_birth else None,
        "deceasedDateTime": patient.died_on.isoformat() if patient.died_on else None,
    })  # fmt: skip


def statements(patient: Patient, regimens: Sequence[Regimen], today: date) -> list[Resource]:
    """A MedicationStatement for each dose step, which ends the day before the next or the stop.

    Why a step began is left out: it is not why the drug is taken, and it may name who prescribed.
    """
    following = (step.started_on for step in regimens[1:])
    return [
        _statement(patient, step, then, today)
        for step, then in zip_longest(regimens, following)
        if step.daily_dose_mg  # 0 mg is no treatment
    ]


def _statement(patient: Patient, step: Regimen, then: date | None, today: date) -> Resource:
    ends = then - timedelta(days=1) if then else None
    period = {"start": step.started_on.isoformat(), "end": ends.isoformat() if ends else None}
    return without_none({
        "resourceType": "MedicationStatement", "id": step.id, "status": _state(step, then, today),
        "medicationCodeableConcept": _DRUG, "subject": subject(patient.id),
        "effectivePeriod": without_none(period),
        "dosage": [{
            "text": f"{step.daily_dose_mg} mg once a day",
            "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}},
            "doseAndRate": [{"doseQuantity": quantity(step.daily_dose_mg, "mg")}],
        }],
    })  # fmt: skip


def _state(step: Regimen, then: date | None, today: date) -> str:
    if step.started_on > today:
        return "intended"
    return "completed" if then and then <= today else "active"


def administration(patient: Patient, dose: Dose) -> Resource:
    """A dose as it was told; `effectiveDateTime` of a missed one is when it was due."""
    vomited = dose.status == DoseStatus.VOMITED
    return without_none({
        "resourceType": "MedicationAdministration", "id": dose.id,
        "extension": [extension(PROVENANCE, valueCode=str(dose.provenance))],
        "status": _DOSES[dose.status], "medicationCodeableConcept": _DRUG,
        "subject": subject(patient.id), "effectiveDateTime": instant(dose.taken_at),
        "note": [{"text": "Vomited after the dose."}] if vomited else None,
        "dosage": {"dose": quantity(dose.dose_mg, "mg")},
    })  # fmt: skip


def appointment(patient: Patient, visit: Visit) -> Resource:
    """A planned draw: a moment, so that it ends when it starts."""
    at = instant(visit.draw_at)
    return {
        "resourceType": "Appointment", "id": visit.id, "status": _VISITS[visit.status],
        "description": _PURPOSES[visit.purpose], "start": at, "end": at,
        "participant": [{"actor": subject(patient.id), "status": "accepted"}],
    }  # fmt: skip


_CAUSES = {
    "grade_3": "raised at grade 3 or more", "grade_2": "raised at grade 2, as the clinic asks",
    "intolerable": "the patient cannot tolerate it", "rise": "rose by two grades or more",
    "ungraded": "a value that its CTCAE edition does not grade",
}  # fmt: skip


def _cause(code: str) -> str:
    kind, _, flag = code.partition(":")
    return f"red flag {flag.replace('_', ' ')}" if flag else _CAUSES.get(kind, kind)


def flag(patient: Patient, alert: Alert) -> Resource:
    """An alert that is not closed."""
    causes = ", ".join(map(_cause, alert.causes))
    what = f"{alert.family}, grade {alert.grade}" if alert.grade else alert.family  # 0: not graded
    text = f"{what}: {causes}"
    return {
        "resourceType": "Flag", "id": alert.id, "status": "active",
        "code": own(f"alert-{alert.family}", text), "subject": subject(patient.id),
        "period": {"start": instant(alert.raised_at)},
    }  # fmt: skip
