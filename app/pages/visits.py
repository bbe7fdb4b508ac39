"""A planned visit on the patient's page: moved, cancelled, or nobody came."""

from collections.abc import Callable

from flask import flash, redirect, request
from flask import url_for as at
from flask_security import auth_required
from werkzeug.wrappers import Response as AnyResponse

from app.pages.entry import Entry
from app.pages.moments import moment_of
from app.pages.security import actor, only
from app.pages.views import begin, mine, pages, set_zone, show_patient
from app.pages.words import moment, t
from app.services.errors import Invalid
from app.services.patients import find_patient
from app.services.visit_changes import VisitThen, cancel_visit, move_visit, note_missed
from app.services.visit_word import Told
from app.work import Work
from models import Patient

_TONES = {"nobody": "amber"}


@pages.post("/patients/<patient_id>/visits/<visit_id>/move")
@auth_required("session")
@only("nurse", "doctor")
def move_visit_of(patient_id: str, visit_id: str) -> AnyResponse | tuple[str, int]:
    try:
        return _changed(patient_id, "moved", lambda work, patient: _move(work, patient, visit_id))
    except (Invalid, VisitThen) as error:
        wrong = t(f"page.course.fix.draw_at{'_taken' if isinstance(error, VisitThen) else ''}")
        entry = Entry(f"move-{visit_id}", request.form, {"draw_at": wrong}, False)
        return show_patient(patient_id, entry), 422


@pages.post("/patients/<patient_id>/visits/<visit_id>/cancel")
@auth_required("session")
@only("nurse", "doctor")
def cancel_visit_of(patient_id: str, visit_id: str) -> AnyResponse:
    return _changed(
        patient_id, "cancelled",
        lambda work, patient: cancel_visit(work, patient, visit_id, actor()),
    )  # fmt: skip


@pages.post("/patients/<patient_id>/visits/<visit_id>/missed")
@auth_required("session")
@only("nurse", "doctor")
def note_missed_visit(patient_id: str, visit_id: str) -> AnyResponse:
    return _changed(
        patient_id, "missed", lambda work, patient: note_missed(work, patient, visit_id, actor())
    )


def say_told(what: str, told: Told) -> None:
    """What was done, and truly from when the patient hears of it, or that a person is to tell."""
    heard = t(f"page.visit.told.{told.state}", at=moment(told.at) if told.at else "")
    flash(t(f"page.visit.{what}", told=heard).strip(), _TONES.get(told.state, "success"))


def _move(work: Work, patient: Patient, visit_id: str) -> Told:
    draw_at = moment_of(request.form, "draw_at")
    if draw_at is None:
        raise Invalid(field="draw_at")
    return move_visit(work, patient, visit_id, draw_at, actor())


def _changed(patient_id: str, what: str, change: Callable[[Work, Patient], Told]) -> AnyResponse:
    with begin() as work:
        set_zone(work)
        told = change(work, find_patient(work, mine(), patient_id))
    say_told(what, told)
    if "recall" in request.form:  # undone where it was planned
        return redirect(at("pages.recall_page", kind=request.form["recall"] or None))
    return redirect(at("pages.patient_page", patient_id=patient_id) + "#draws")
