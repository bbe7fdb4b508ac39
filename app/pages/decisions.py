"""A decision on the dose, its second person, and what was told in follow-up."""

from datetime import date

from flask import flash, redirect, request
from flask import url_for as at
from flask_security import auth_required
from werkzeug.wrappers import Response as AnyResponse

from app.pages.deciding import chosen
from app.pages.security import actor, only
from app.pages.views import begin, choice, mine, pages
from app.pages.words import day, t
from app.services.audit import audit
from app.services.countersigning import countersign, find_decision
from app.services.decisions import record_decision
from app.services.dose_starts import start_of
from app.services.errors import Invalid, NotFound
from app.services.follow_up import record_follow_up
from app.services.new_doses import told_by_person
from app.services.patients import change_patient, find_patient
from app.work import Work
from models import Decision, FollowUp, FollowUpHow, Patient

_FLAGS = ("recurrent_or_unresectable", "other_malignancy")


@pages.post("/patients/<patient_id>/decisions")
@auth_required("session")
@only("doctor")
def decide(patient_id: str) -> AnyResponse:
    kind, dose_mg = chosen(request.form)
    with begin() as work:
        row = record_decision(
            work, mine(), patient_id, decision=kind, dose_mg=dose_mg,
            reason=request.form.get("reason"), by=actor(), starts_on=_day("starts_on"),
            amends=request.form.get("amends") or None, seen=request.form.get("seen"),
        )  # fmt: skip
        said = _said(work, row)
    flash(said, "success")
    return _shown(patient_id, "decision")


def _said(work: Work, row: Decision) -> str:
    """What follows from a decision, for whoever has just signed it."""
    if row.needs_second:
        return t("page.decision.waits_now")
    start = start_of(work, row)
    if start is None:
        return t("page.decision.kept")
    how = "starts" if start.daily_dose_mg else "stops"
    return t(f"page.decision.{how}_now", on=day(start.started_on))


@pages.post("/patients/<patient_id>/decisions/<decision_id>/confirm")
@auth_required("session")
@only("nurse", "doctor")
def confirm_decision(patient_id: str, decision_id: str) -> AnyResponse:
    with begin() as work:
        if find_decision(work, mine(), decision_id).patient_id != patient_id:
            raise NotFound
        countersign(work, mine(), decision_id, actor())
    flash(t("page.decision.confirmed_now"), "success")
    return _shown(patient_id, "decision")


@pages.post("/patients/<patient_id>/told")
@auth_required("session")
@only("nurse", "doctor")
def tell_dose(patient_id: str) -> AnyResponse:
    with begin() as work:
        told_by_person(work, mine(), patient_id, actor())
    flash(t("page.recall.told_now"), "success")
    return _shown(patient_id, "decision")


@pages.post("/patients/<patient_id>/follow-ups")
@auth_required("session")
@only("nurse", "doctor")
def follow_up(patient_id: str) -> AnyResponse:
    treatment = {"yes": True, "no": False}.get(request.form.get("treatment", ""))
    with begin() as work:
        row = record_follow_up(
            work, mine(), patient_id, by=actor(), how=choice(FollowUpHow, "how"),
            seen_on=_seen_on(), on_treatment=treatment, confirmed="confirmed" in request.form,
            stopped_on=_day("stopped_on"), recurrence_on=_day("recurrence_on"),
            died_on=_day("died_on"), note=request.form.get("note"),
        )  # fmt: skip
        said = _kept(work, row)
        warn_of_both(find_patient(work, mine(), patient_id))
    flash(said, "success")
    return _shown(patient_id, "follow")


def warn_of_both(patient: Patient) -> None:
    """A tick that is meant for enrolment takes a later recurrence out of the figures."""
    if patient.recurrent_or_unresectable and patient.recurrence_on:
        flash(t("page.follow.flags.both", on=day(patient.recurrence_on)), "amber")


def _seen_on() -> date | None:
    """A day that was left as the form gave it says nothing beside a death."""
    is_left = request.form.get("seen_on") == request.form.get("seen_given")
    return None if is_left and request.form.get("died_on") else _day("seen_on")


def _kept(work: Work, row: FollowUp) -> str:
    """That it was recorded, and which recurrence counts where another one was told."""
    first = find_patient(work, mine(), row.patient_id).recurrence_on
    if row.recurrence_on is None or first is None or first == row.recurrence_on:
        return t("page.follow.kept")
    return t("page.follow.kept_first", on=day(first))


@pages.post("/patients/<patient_id>/follow-flags")
@auth_required("session")
@only("nurse", "doctor")
def follow_flags(patient_id: str) -> AnyResponse:
    with begin() as work:
        patient = find_patient(work, mine(), patient_id)
        change_patient(work, patient, {name: name in request.form for name in _FLAGS})
        audit(work, mine(), actor(), "patient.change", patient.id)
        warn_of_both(patient)
    flash(t("page.follow.flags.kept"), "success")
    return _shown(patient_id, "follow")


def _shown(patient_id: str, where: str) -> AnyResponse:
    return redirect(at("pages.patient_page", patient_id=patient_id) + f"#{where}")


def _day(field: str) -> date | None:
    """A day of the form; None where it is empty. Raises Invalid."""
    sent = request.form.get(field, "").strip()
    try:
        return date.fromisoformat(sent) if sent else None
    except ValueError:
        raise Invalid(field=field) from None
