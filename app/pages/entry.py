"""One level or laboratory value by form on the patient's page: a list of one row."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import flash, redirect, request
from flask import url_for as at
from flask_security import auth_required
from werkzeug.wrappers import Response as AnyResponse

from app.pages.list_kept_as import lacks
from app.pages.security import actor, only
from app.pages.views import begin, mine, pages, show_patient
from app.pages.words import reader, t
from app.services.lab_list import Checked, alerting, import_list
from app.services.lab_list.names import IMATINIB
from app.services.patients import find_patient

_FIELDS = {
    "level": ("result", "unit", "drawn_at", "last_dose_at", "confirmed"),
    "lab": ("analyte", "result", "unit", "drawn_at", "lln", "uln", "baseline"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A form as it was typed, with what is wrong beside its fields."""

    form: str
    typed: Mapping[str, str]
    wrong: Mapping[str, str]
    to_confirm: bool


@pages.post("/patients/<patient_id>/levels")
@auth_required("session")
@only("nurse", "doctor")
def enter_level(patient_id: str) -> AnyResponse | tuple[str, int]:
    return _enter(patient_id, "level", {"analyte": IMATINIB})


@pages.post("/patients/<patient_id>/labs")
@auth_required("session")
@only("nurse", "doctor")
def enter_lab(patient_id: str) -> AnyResponse | tuple[str, int]:
    return _enter(patient_id, "lab", {})


def _enter(
    patient_id: str, form: str, given: Mapping[str, str]
) -> AnyResponse | tuple[str, int]:
    """Kept and shown, or shown again as it was typed."""
    typed = {name: request.form.get(name, "") for name in _FIELDS[form]}
    with begin() as work:
        patient = find_patient(work, mine(), patient_id)
        told = {"patient": patient.code, **given, **typed}
        rows = [list(told), list(told.values())]
        checked = import_list(work, mine(), rows, actor(), by_hand=True)
    if checked.faults:
        return show_patient(patient_id, _entry(form, typed, checked)), 422
    flash(_said(checked), "success")
    return redirect(at("pages.patient_page", patient_id=patient_id) + f"#{form}s")


def _entry(form: str, typed: Mapping[str, str], checked: Checked) -> Entry:
    """With the first fault of each field: the row has our own names as its headings."""
    wrong = {one.column: one.said(reader()) for one in reversed(checked.faults)}
    return Entry(form, typed, wrong, any(one.key == "to_confirm" for one in checked.faults))


def _said(checked: Checked) -> str:
    """What became of it: that people are called, and that a grade cannot be told, and why."""
    if not checked.new:
        return t("page.enter.known")
    [one] = checked.new
    if alerting(checked):
        key = "page.enter.waits" if one.is_old else "page.enter.called"
        return t(key, grade=checked.alert_from_grade)
    why = lacks(one.missing)
    return t("page.enter.kept_ungraded", why=why) if why else t("page.enter.kept")
