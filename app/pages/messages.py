"""Every message to a patient, and to the staff about the patient's alerts."""

from flask import render_template, request
from flask_security import auth_required

from app.pages.security import actor
from app.pages.views import begin, mine, pages, people_of, set_zone
from app.services.audit import audit
from app.services.message_history import messages_of_patient
from app.services.patients import find_patient


@pages.get("/patients/<patient_id>/messages")
@auth_required("session")
def messages_page(patient_id: str) -> str:
    replies = request.args.get("replies") != "0"
    with begin() as work:
        set_zone(work)
        patient = find_patient(work, mine(), patient_id)
        found = messages_of_patient(
            work, mine(), patient_id, after=request.args.get("after"), replies=replies
        )
        people = people_of(work)
        audit(work, mine(), actor(), "messages.read", patient.id)
    return render_template(
        "pages/messages.html", patient=patient, messages=found.items, following=found.next,
        replies=replies, people=people,
    )  # fmt: skip
