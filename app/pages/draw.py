"""The draw as a checklist: one tap a step, which stamps its time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request
from flask import url_for as at
from flask_security import auth_required
from werkzeug.wrappers import Response as AnyResponse

from app.clinical import specimen
from app.pages.moments import as_typed, moment_of
from app.pages.security import actor, only
from app.pages.views import begin, mine, pages, people_of, set_zone
from app.pages.words import t, word
from app.services.audit import audit
from app.services.draw_dose import dose_before
from app.services.draws import LaterStepStands, chain_of, note_step, open_draw, take_back_step
from app.services.errors import Invalid
from app.services.patients import find_patient
from app.services.specimen_fields import FIELDS
from app.work import Work
from models import Patient, Step


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it was typed, with what is wrong beside its fields."""

    form: str
    typed: Mapping[str, str]
    wrong: Mapping[str, str]

    @classmethod
    def refused(cls, form: str, error: Invalid) -> "Sent":
        said = word("error", type(error).__name__)
        return cls(form, request.form.to_dict(), {error.field or "": said})


@pages.get("/patients/<patient_id>/visits/<visit_id>/draw")
@auth_required("session")
@only("nurse", "doctor")
def draw_page(patient_id: str, visit_id: str) -> str:
    return _shown(patient_id, visit_id)


def _shown(patient_id: str, visit_id: str, sent: Sent | None = None) -> str:
    with begin() as work:
        set_zone(work)
        patient = find_patient(work, mine(), patient_id)
        visit = open_draw(work, patient, visit_id)
        seen: dict[str, Any] = {
            "patient": patient, "visit": visit, "done": chain_of(work, visit),
            "dose": dose_before(work, patient, visit), "people": people_of(work),
            "now": as_typed(work.now),
        }  # fmt: skip
        audit(work, mine(), actor(), "draw.read", patient.id, visit.id)
    return render_template(
        "pages/draw.html", steps=list(Step), fields=FIELDS, protocol=specimen, sent=sent,
        as_typed=as_typed, **seen,
    )  # fmt: skip


@pages.post("/patients/<patient_id>/visits/<visit_id>/draw/<step>")
@auth_required("session")
@only("nurse", "doctor")
def note_draw_step(patient_id: str, visit_id: str, step: str) -> AnyResponse | tuple[str, int]:
    try:
        with begin() as work:
            set_zone(work)
            patient = find_patient(work, mine(), patient_id)
            note_step(
                work, patient, visit_id, _step(step), at=moment_of(request.form, "at"),
                told=request.form, by=actor(),
            )  # fmt: skip
            outside = step == Step.DRAWN and _is_outside(work, patient, visit_id)
    except Invalid as error:
        return _shown(patient_id, visit_id, Sent.refused(step, error)), 422
    flash(t("page.draw.kept_outside" if outside else "page.draw.kept"), _tone(outside))
    return _back(patient_id, visit_id, step)


@pages.post("/patients/<patient_id>/visits/<visit_id>/draw/<step>/undo")
@auth_required("session")
@only("nurse", "doctor")
def undo_draw_step(patient_id: str, visit_id: str, step: str) -> AnyResponse:
    try:
        with begin() as work:
            patient = find_patient(work, mine(), patient_id)
            take_back_step(work, patient, visit_id, _step(step), actor())
    except LaterStepStands:
        flash(t("page.error.LaterStepStands"), "danger")
        return _back(patient_id, visit_id, step)
    flash(t("page.draw.undone"), "success")
    return _back(patient_id, visit_id, step)


def _is_outside(work: Work, patient: Patient, visit_id: str) -> bool:
    dose = dose_before(work, patient, open_draw(work, patient, visit_id))
    return dose is None or not dose.is_in_window


def _tone(outside: bool) -> str:
    return "amber" if outside else "success"


def _step(name: str) -> Step:
    if name not in set(Step):
        abort(404)
    return Step(name)


def _back(patient_id: str, visit_id: str, step: str) -> AnyResponse:
    page = at("pages.draw_page", patient_id=patient_id, visit_id=visit_id)
    return redirect(f"{page}#step-{step}")
