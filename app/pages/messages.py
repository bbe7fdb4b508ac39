"""What a patient said, and every message to the patient and to the staff about the alerts."""

from flask import render_template, request
from flask_security import auth_required

from app.pages.beside import sent_in_history
from app.pages.security import actor
from app.pages.views import begin, mine, pages, people_of, set_zone
from app.services.audit import audit
from app.services.both_sides import both_sides
from app.services.patients import find_patient


@pages.get("/patients/<patient_id>/messages")
@auth_required("session")
def messages_page(patient_id: str) -> str:
    replies = request.args.get("replies") != "0"
    with begin() as work:
        set_zone(work)
        patient = find_patient(work, mine(), patient_id)
        found = both_sides(
            work, mine(), patient_id, after=request.args.get("after"), replies=replies
        )
        sent = sent_in_history(work, mine(), found.items)
        people = people_of(work)
        audit(work, mine(), actor(), "messages.read", patient.id)
    return render_template(
        "pages/messages.html", patient=patient, entries=found.items, following=found.next,
        replies=replies, people=people, sent=sent,
    )  # fmt: skip
