"""Every symptom report of a patient, with its photos; grades are confirmed as on the summary."""

from flask import render_template, request
from flask_security import auth_required

from app.pages.beside import Shown, beside_one
from app.pages.security import actor
from app.pages.views import begin, may_confirm, mine, pages, people_of, set_zone
from app.services.audit import audit
from app.services.corrections import replaced_reports
from app.services.patients import find_patient
from app.services.report_list import list_report_lines


@pages.get("/patients/<patient_id>/reports")
@auth_required("session")
def reports_page(patient_id: str) -> str:
    after = request.args.get("after")
    with begin() as work:
        set_zone(work)
        patient = find_patient(work, mine(), patient_id)
        found = list_report_lines(work, mine(), patient_id, after)
        old = replaced_reports(work, patient_id, mine(), at_most=None)
        shown: list[Shown] = [beside_one(work, mine(), one, old) for one in found.items]
        people = people_of(work)
        audit(work, mine(), actor(), "symptom_reports.read", patient.id)
    return render_template(
        "pages/reports.html", patient=patient, reports=shown, following=found.next, after=after,
        people=people, may_confirm=may_confirm(),
    )  # fmt: skip
