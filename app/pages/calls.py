"""The call list: whom to phone and why; what came of a call is kept, also of an alert's."""

from datetime import date
from functools import partial
from typing import Any

from flask import render_template, request
from flask import url_for as at
from flask_security import auth_required

from app.pages.kept import Answer, kept_or_again
from app.pages.security import actor, only
from app.pages.views import begin, choice, mine, pages, people_of, reading, set_zone
from app.services.alert_list import alert_called
from app.services.audit import audit
from app.services.call_list import (
    Called,
    NoSuchDay,
    call_list,
    calls_waiting,
    record_call,
    record_call_of_alert,
)
from app.services.patients import find_patient
from app.work import Work
from models import CallOutcome, PhoneCall


@pages.get("/calls")
@auth_required("session")
def calls_page() -> str:
    with begin() as work:
        set_zone(work)
        found = call_list(work, mine(), request.args.get("after"))
        seen: dict[str, Any] = {
            "waiting": calls_waiting(work, mine()), "people": people_of(work), "now": work.now,
        }  # fmt: skip
        audit(work, mine(), actor(), "calls.read")
    return render_template("pages/calls.html", calls=found.items, following=found.next, **seen)


@pages.post("/patients/<patient_id>/called")
@auth_required("session")
@only("nurse", "doctor")
def called(patient_id: str) -> Answer:
    def keep(work: Work) -> PhoneCall:
        return record_call(work, mine(), patient_id, actor(), _told())

    again, where = partial(_shown_again, patient_id), _back(patient_id)
    return kept_or_again(keep, again, "page.call.kept", where)


@pages.post("/alerts/<alert_id>/called")
@auth_required("session")
@only("nurse", "doctor")
def alert_called_now(alert_id: str) -> Answer:
    with reading() as work:
        patient_id = alert_called(work, mine(), alert_id).patient_id

    def keep(work: Work) -> PhoneCall:
        return record_call_of_alert(work, mine(), alert_id, actor(), _told())

    where = at("pages.alert_page", name=alert_id) + "#life-h"
    return kept_or_again(keep, partial(_shown_again, patient_id), "page.call.kept", where)


def _shown_again(patient_id: str, said: str) -> str:
    with begin() as work:
        set_zone(work)
        patient = find_patient(work, mine(), patient_id)
        audit(work, mine(), actor(), "patient.read", patient.id)
    return render_template("pages/call_again.html", patient=patient, said=said, now=work.now)


def _told() -> Called:
    note = request.form.get("note", "").strip()[:500] or None
    return Called(choice(CallOutcome, "outcome"), note, _day(request.form.get("again_on", "")))


def _day(sent: str) -> date | None:
    try:
        return date.fromisoformat(sent) if sent else None
    except ValueError:
        raise NoSuchDay(field="again_on") from None


def _back(patient_id: str) -> str:
    """Where the form was: the list, the patient's page, or the desk."""
    came = request.form.get("shown")
    if came == "list":
        return at("pages.calls_page")
    if came == "patient":
        return at("pages.patient_page", patient_id=patient_id)
    return at("pages.queue_page") + "#calls-h"


