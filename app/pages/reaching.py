"""Reach a patient from the page of an alert or their own: the phone, a call kept, a message."""

import re
from functools import partial

from flask import render_template, request
from flask import url_for as at
from flask_security import auth_required

from app.pages.contact import reaching
from app.pages.kept import Answer, kept_or_again
from app.pages.security import actor, only
from app.pages.views import begin, mine, pages, reading
from app.services.alert_list import alert_called
from app.services.audit import audit
from app.services.writing import write, write_about_alert
from app.work import Work

_ONCE = re.compile(r"\w{1,22}", re.ASCII)


@pages.post("/alerts/<alert_id>/write")
@auth_required("session")
@only("nurse", "doctor")
def write_of_alert(alert_id: str) -> Answer:
    with reading() as work:
        patient_id = alert_called(work, mine(), alert_id).patient_id

    def send(work: Work) -> int:
        return write_about_alert(work, mine(), alert_id, actor(), _words(), _once())

    where = at("pages.alert_page", name=alert_id) + "#messages"
    return kept_or_again(send, partial(_shown_again, patient_id), "page.write.sent", where)


@pages.post("/patients/<patient_id>/write")
@auth_required("session")
@only("nurse", "doctor")
def write_to_patient(patient_id: str) -> Answer:
    def send(work: Work) -> int:
        return write(work, mine(), patient_id, actor(), _words(), once=_once())

    where = at("pages.patient_page", patient_id=patient_id) + "#messages"
    return kept_or_again(send, partial(_shown_again, patient_id), "page.write.sent", where)


def _shown_again(patient_id: str, said: str) -> str:
    with begin() as work:
        seen = reaching(work, mine(), patient_id)
        audit(work, mine(), actor(), "patient.read", patient_id)
    return render_template("pages/write_again.html", said=said, **seen)


def _words() -> str:
    """What was typed, else the phrase that was chosen."""
    return request.form.get("words", "").strip() or request.form.get("phrase", "")


def _once() -> str | None:
    sent = request.form.get("once", "")
    return sent if _ONCE.fullmatch(sent) else None
