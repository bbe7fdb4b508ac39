"""A patient is registered, then begins: the dose, and the card with the code; and is edited."""

from flask import flash, redirect, render_template, request
from flask import url_for as at
from flask_security import auth_required
from pydantic import ValidationError
from werkzeug.wrappers import Response as AnyResponse

from app.pages.course_entry import show_begin
from app.pages.decisions import warn_of_both
from app.pages.patient_form import CHANGED, NEW, Form, of_patient, read_form, refused
from app.pages.security import actor, only
from app.pages.views import begin, mine, pages
from app.pages.words import t
from app.services.audit import audit
from app.services.errors import Conflict, PatientErased
from app.services.patients import change_patient, find_patient, register_patient
from app.services.told import PatientBody, PatientChange
from models import Clinic, Patient

STAFF = ("nurse", "doctor", "admin")
Answer = AnyResponse | tuple[str, int]


@pages.get("/patients/new")
@auth_required("session")
@only(*STAFF)
def new_patient() -> str:
    with begin() as work:
        clinic = work.session.get_one(Clinic, mine())
        typed = {"language": clinic.language, "time_zone": clinic.time_zone}
    return _new(Form(NEW, typed))


@pages.post("/patients/new")
@auth_required("session")
@only(*STAFF)
def register() -> Answer:
    try:
        body = read_form(PatientBody, NEW)
        with begin() as work:
            fields = body.model_dump(exclude={"code"})
            patient = register_patient(work, mine(), fields, body.code)
            audit(work, mine(), actor(), "patient.register", patient.id)
    except ValidationError as error:
        return _new(refused(NEW, error)), 422
    except Conflict:
        return _new(Form(NEW, request.form, {"code": t("page.register.fix.code_taken")})), 422
    flash(t("page.register.done", code=patient.code), "success")
    return redirect(at("pages.begin_page", patient_id=patient.id))


@pages.get("/patients/<patient_id>/begin")
@auth_required("session")
@only(*STAFF)
def begin_page(patient_id: str) -> str:
    return show_begin(patient_id)


@pages.get("/patients/<patient_id>/edit")
@auth_required("session")
@only(*STAFF)
def edit_page(patient_id: str) -> str:
    with begin() as work:
        patient = find_patient(work, mine(), patient_id)
        audit(work, mine(), actor(), "patient.read", patient.id)
        if patient.erased_at is not None:
            raise PatientErased
        return _edit(patient, of_patient(patient))


@pages.post("/patients/<patient_id>/edit")
@auth_required("session")
@only(*STAFF)
def edit_patient(patient_id: str) -> Answer:
    with begin() as work:
        patient = find_patient(work, mine(), patient_id)
        try:
            body = read_form(PatientChange, CHANGED)
        except ValidationError as error:
            audit(work, mine(), actor(), "patient.read", patient.id)
            return _edit(patient, refused(CHANGED, error)), 422
        change_patient(work, patient, body.sent())
        audit(work, mine(), actor(), "patient.change", patient.id)
        warn_of_both(patient)
    flash(t("page.register.changed"), "success")
    return redirect(at("pages.patient_page", patient_id=patient_id))


def _new(form: Form) -> str:
    return render_template("pages/register.html", form=form, patient=None)


def _edit(patient: Patient, form: Form) -> str:
    return render_template("pages/register.html", form=form, patient=patient)
