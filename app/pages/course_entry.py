"""A dose step as prescribed, a dose told by phone, a visit: by form, as over HTTP."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request
from flask import url_for as at
from flask_login import current_user
from flask_security import auth_required
from pydantic import ValidationError
from werkzeug.wrappers import Response as AnyResponse

from app.pages.deciding import DOSES
from app.pages.entry import Entry
from app.pages.moments import moment_of
from app.pages.security import actor, only
from app.pages.views import begin, choice, mine, pages, set_zone, show_patient
from app.pages.visits import say_told
from app.pages.words import t
from app.services.audit import audit
from app.services.dose_corrections import dose_of, withdraw_dose
from app.services.doses import record_dose
from app.services.draw_days import today_of
from app.services.errors import Conflict, Invalid, PatientErased
from app.services.patients import find_patient
from app.services.phones import phones_of
from app.services.regimens import add_regimen, list_regimens
from app.services.told import DoseBody, RegimenBody
from app.services.visit_changes import refuse_second
from app.services.visit_word import Told, tell_of_visit
from app.services.visits import plan_visit
from app.work import Work
from models import Patient, Provenance, VisitPurpose

Answer = AnyResponse | tuple[str, int]


class PrescriberMissing(Invalid):
    """Write who prescribed this dose."""


@pages.post("/patients/<patient_id>/regimens")
@auth_required("session")
@only("nurse", "doctor")
def start_regimen(patient_id: str) -> Answer:
    return _keep(patient_id, "regimen", _regimen)


@pages.post("/patients/<patient_id>/doses")
@auth_required("session")
@only("nurse", "doctor")
def enter_dose(patient_id: str) -> Answer:
    return _keep(patient_id, "dose", _dose)


@pages.post("/patients/<patient_id>/doses/<dose_id>/withdraw")
@auth_required("session")
@only("nurse", "doctor")
def dose_told_by_mistake(patient_id: str, dose_id: str) -> AnyResponse:
    with begin() as work:
        patient = find_patient(work, mine(), patient_id)
        withdraw_dose(work, patient, dose_of(work, patient, dose_id), actor())
    flash(t("page.course.dose.withdrawn"), "success")
    return redirect(at("pages.patient_page", patient_id=patient_id) + "#tell")


@pages.post("/patients/<patient_id>/visits")
@auth_required("session")
@only("nurse", "doctor")
def plan_visit_for(patient_id: str) -> Answer:
    return _keep(patient_id, "visit", _visit)


def show_begin(patient_id: str, entry: Entry | None = None) -> str:
    """What comes after registration: the dose, then the card."""
    with begin() as work:
        set_zone(work)
        patient = find_patient(work, mine(), patient_id)
        steps, today = list_regimens(work, patient), today_of(work, patient)
        phones = phones_of(work, mine(), patient_id)
        audit(work, mine(), actor(), "patient.read", patient.id)
    return render_template(
        "pages/begin.html", p=patient, steps=steps, today=today, entry=entry, doses=DOSES,
        phones=phones,
    )  # fmt: skip


def _keep(patient_id: str, form: str, keep: Callable[[Work, Patient], Told | None]) -> Answer:
    """Kept and shown, or shown again as it was typed, with the remedy beside its field."""
    try:
        with begin() as work:
            set_zone(work)
            patient = find_patient(work, mine(), patient_id)
            if patient.erased_at is not None:
                raise PatientErased
            told = keep(work, patient)
            audit(work, mine(), actor(), f"{form}s.record", patient.id)
    except PatientErased:
        raise
    except (ValidationError, Invalid, Conflict) as error:
        entry = Entry(form, request.form, {_field(error): _said(error)}, False)
        return _again(patient_id, entry), 422
    if told is None:
        flash(t(f"page.course.{form}.kept"), "success")
    else:
        say_told("planned", told)
    return redirect(_next(patient_id))


def _regimen(work: Work, patient: Patient) -> None:
    """A nurse enters it as somebody prescribed; a doctor without a name prescribes it."""
    who = request.form.get("prescribed_by", "").strip()
    if not who and not current_user.has_role("doctor"):
        raise PrescriberMissing(field="prescribed_by")
    body = RegimenBody.model_validate({
        "daily_dose_mg": request.form.get("daily_dose_mg"),
        "started_on": request.form.get("started_on", "").strip(),
        "reason": t("page.course.prescribed", who=who or current_user.name),
    })  # fmt: skip
    add_regimen(work, patient, **body.model_dump())


def _dose(work: Work, patient: Patient) -> None:
    body = DoseBody.model_validate({
        "taken_at": moment_of(request.form, "taken_at"), "status": request.form.get("status"),
        "dose_mg": request.form.get("dose_mg") or None, "provenance": Provenance.STAFF,
    })  # fmt: skip
    record_dose(work, patient, **body.model_dump())


def _visit(work: Work, patient: Patient) -> Told:
    draw_at = moment_of(request.form, "draw_at")
    if draw_at is None:
        raise Invalid(field="draw_at")
    purpose = choice(VisitPurpose, "purpose")
    refuse_second(work, patient, draw_at)
    return tell_of_visit(work, patient, plan_visit(work, patient, draw_at, purpose))


def _field(error: ValidationError | Invalid | Conflict) -> str:
    if isinstance(error, ValidationError):
        return str(error.errors()[0]["loc"][0])
    return error.field or ""


def _said(error: ValidationError | Invalid | Conflict) -> str:
    taken = "_taken" if isinstance(error, Conflict) else ""
    return t(f"page.course.fix.{_field(error)}{taken}")


def _again(patient_id: str, entry: Entry) -> str:
    shown = show_begin if request.form.get("after") == "begin" else show_patient
    return shown(patient_id, entry)


def _next(patient_id: str) -> str:
    if request.form.get("after") == "begin":
        return at("pages.begin_page", patient_id=patient_id) + "#card-step"
    return at("pages.patient_page", patient_id=patient_id)
