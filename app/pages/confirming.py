"""A nurse or doctor confirms a suggested grade, or sets another and says why."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request
from flask import url_for as at
from flask_security import auth_required
from werkzeug.wrappers import Response as AnyResponse

from app.pages.security import actor, only
from app.pages.views import begin, mine, pages
from app.pages.words import t
from app.services.audit import audit
from app.services.confirming import SayWhy, confirm_lab, confirm_symptom
from app.services.errors import NotFound
from app.services.patients import find_patient
from app.work import Work
from models import Lab, SymptomGrade

Answer = AnyResponse | tuple[str, int]
Confirmed = SymptomGrade | Lab


@pages.post("/patients/<patient_id>/reports/<report_id>/<term>/confirm")
@auth_required("session")
@only("nurse", "doctor")
def confirm_term(patient_id: str, report_id: str, term: str) -> Answer:
    def confirm(work: Work) -> Confirmed:
        return confirm_symptom(work, mine(), report_id, term, _grade(), actor(), _reason())

    return _confirmed(confirm, patient_id, "report")


@pages.post("/patients/<patient_id>/labs/<lab_id>/confirm")
@auth_required("session")
@only("nurse", "doctor")
def confirm_value(patient_id: str, lab_id: str) -> Answer:
    def confirm(work: Work) -> Confirmed:
        return confirm_lab(work, mine(), lab_id, _grade(), actor(), _reason())

    return _confirmed(confirm, patient_id, "labs")


def _confirmed(confirm: Callable[[Work], Confirmed], patient_id: str, where: str) -> Answer:
    """Where a reason is wanted it is asked for, with the grade as it was chosen."""
    try:
        with begin() as work:
            if confirm(work).patient_id != patient_id:
                raise NotFound  # of another patient: nothing is kept
    except SayWhy:
        return _asked_why(patient_id), 422
    flash(t("page.confirm.kept"), "success")
    return redirect(_where_it_stood(patient_id, where))


def _where_it_stood(patient_id: str, where: str) -> str:
    """The page with the form: an alert's, that of all reports, or the summary."""
    alert, listed = request.form.get("alert", ""), request.form.get("listed", "")
    if alert.isalnum():
        return at("pages.alert_page", name=alert) + "#report"
    if listed:
        after = listed.removeprefix("from ") or None
        reports = at("pages.reports_page", patient_id=patient_id, after=after)
        return f"{reports}#report-{(request.view_args or {})['report_id']}"
    return at("pages.patient_page", patient_id=patient_id) + f"#{where}"


def _asked_why(patient_id: str) -> str:
    with begin() as work:
        patient = find_patient(work, mine(), patient_id)
        audit(work, mine(), actor(), "patient.read", patient.id)
    return render_template("pages/confirm_why.html", patient=patient, grade=_grade())


def _grade() -> int:
    """The grade chosen in the form; anything else is refused like a grade that no term has."""
    sent = request.form.get("grade", "")
    return int(sent) if sent in {"0", "1", "2", "3", "4", "5"} else -1


def _reason() -> str | None:
    return request.form.get("reason", "").strip()[:500] or None
