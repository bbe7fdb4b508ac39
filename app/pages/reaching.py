"""Reach a patient from the page of an alert or their own: the phone, a call kept, a message."""

import re
from collections.abc import Callable

from flask import flash, redirect, render_template, request
from flask import url_for as at
from flask_security import auth_required
from werkzeug.wrappers import Response as AnyResponse

from app.pages.contact import reaching
from app.pages.security import actor, only
from app.pages.views import begin, mine, pages, reading
from app.pages.words import t, word
from app.services.alert_list import alert_called
from app.services.audit import audit
from app.services.errors import Conflict, Invalid
from app.services.writing import write, write_about_alert
from app.work import Work

_ONCE = re.compile(r"\w{1,22}", re.ASCII)
Answer = AnyResponse | tuple[str, int]


@pages.post("/alerts/<alert_id>/write")
@auth_required("session")
@only("nurse", "doctor")
def write_of_alert(alert_id: str) -> Answer:
    with reading() as work:
        patient_id = alert_called(work, mine(), alert_id).patient_id

    def send(work: Work) -> int:
        return write_about_alert(work, mine(), alert_id, actor(), _words(), _once())

    return _sent(send, patient_id, at("pages.alert_page", name=alert_id) + "#messages")


@pages.post("/patients/<patient_id>/write")
@auth_required("session")
@only("nurse", "doctor")
def write_to_patient(patient_id: str) -> Answer:
    def send(work: Work) -> int:
        return write(work, mine(), patient_id, actor(), _words(), once=_once())

    return _sent(send, patient_id, at("pages.patient_page", patient_id=patient_id) + "#messages")


def _sent(send: Callable[[Work], int], patient_id: str, where: str) -> Answer:
    """What cannot go is shown again as it was typed, with why."""
    try:
        with begin() as work:
            send(work)
    except (Invalid, Conflict) as error:
        return _shown_again(patient_id, error), 422 if isinstance(error, Invalid) else 409
    flash(t("page.write.sent"), "success")
    return redirect(where)


def _shown_again(patient_id: str, error: Invalid | Conflict) -> str:
    with begin() as work:
        seen = reaching(work, mine(), patient_id)
        audit(work, mine(), actor(), "patient.read", patient_id)
    said = word("error", type(error).__name__)
    return render_template("pages/write_again.html", said=said, **seen)


def _words() -> str:
    """What was typed, else the phrase that was chosen."""
    return request.form.get("words", "").strip() or request.form.get("phrase", "")


def _once() -> str | None:
    sent = request.form.get("once", "")
    return sent if _ONCE.fullmatch(sent) else None
