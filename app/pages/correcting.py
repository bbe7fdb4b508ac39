"""A kept level or laboratory value is corrected, or taken back, on a form that is filled."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request
from flask import url_for as at
from flask_security import auth_required
from werkzeug.wrappers import Response as AnyResponse

from app.clinical.grading import ANALYTES, canonical_analyte
from app.pages.entry import Entry
from app.pages.moments import as_typed
from app.pages.security import actor, only
from app.pages.views import begin, mine, pages, people_of, set_zone
from app.pages.words import reader, t, word
from app.services.audit import audit
from app.services.errors import Invalid
from app.services.former import TABLES, former_results
from app.services.lab_list import read_line
from app.services.lab_list.lines import Line
from app.services.lab_list.names import IMATINIB
from app.services.labs import list_labs
from app.services.patients import find_patient
from app.services.result_corrections import (
    NoSuchResult,
    correct_lab,
    correct_sample,
    find_result,
    withdraw_lab,
    withdraw_sample,
)
from app.services.samples import list_samples
from app.work import Work
from models import Lab, Patient, Provenance, ResultKind, Sample

_FIELDS = {
    ResultKind.LEVEL: ("result", "unit", "drawn_at", "last_dose_at", "confirmed"),
    ResultKind.LAB: ("analyte", "result", "unit", "drawn_at", "lln", "uln", "baseline"),
}


@pages.get("/patients/<patient_id>/results")
@auth_required("session")
def results_page(patient_id: str) -> str:
    """Every level and laboratory value, and what was corrected or taken back."""
    with begin() as work:
        set_zone(work)
        patient = find_patient(work, mine(), patient_id)
        audit(work, mine(), actor(), "results.read", patient.id)
        return render_template(
            "pages/results.html", patient=patient, levels=list_samples(work, patient),
            labs=list_labs(work, patient), former=former_results(work, patient),
            people=people_of(work),
        )  # fmt: skip


@pages.get("/patients/<patient_id>/results/<kind>/<result_id>")
@auth_required("session")
@only("nurse", "doctor")
def correct_page(patient_id: str, kind: str, result_id: str) -> str:
    return _shown(patient_id, kind, result_id)


@pages.post("/patients/<patient_id>/results/<kind>/<result_id>")
@auth_required("session")
@only("nurse", "doctor")
def correct_result(patient_id: str, kind: str, result_id: str) -> AnyResponse | tuple[str, int]:
    of = _kind(kind)
    with begin() as work:
        set_zone(work)
        patient, _row = _found(work, patient_id, of, result_id)
        wrong = _corrected(work, patient, of, result_id)
    if wrong:
        entry = Entry(kind, request.form, wrong, "to_confirm" in wrong)
        return _shown(patient_id, kind, result_id, entry), 422
    flash(t("page.correct.kept"), "success")
    return _back(patient_id, kind)


@pages.post("/patients/<patient_id>/results/<kind>/<result_id>/withdraw")
@auth_required("session")
@only("nurse", "doctor")
def withdraw_result(patient_id: str, kind: str, result_id: str) -> AnyResponse | tuple[str, int]:
    of = _kind(kind)
    take_back = withdraw_sample if of == ResultKind.LEVEL else withdraw_lab
    try:
        with begin() as work:
            _found(work, patient_id, of, result_id)
            why = request.form.get("why", "")
            take_back(work, mine(), result_id, reason=why, by=actor())
    except Invalid as error:
        wrong = {"why": word("error", type(error).__name__)}
        return _shown(patient_id, kind, result_id, Entry("why", request.form, wrong, False)), 422
    flash(t("page.correct.withdrawn"), "success")
    return _back(patient_id, kind)


def _shown(patient_id: str, kind: str, result_id: str, entry: Entry | None = None) -> str:
    of = _kind(kind)
    with begin() as work:
        set_zone(work)
        patient, row = _found(work, patient_id, of, result_id)
        audit(work, mine(), actor(), "results.read", patient.id, row.id)
        form = entry if entry and entry.form == kind else Entry(kind, _typed(row), {}, False)
    return render_template(
        "pages/correct.html", patient=patient, row=row, kind=of, entry=form, analytes=ANALYTES,
        why=entry if entry and entry.form == "why" else None,
    )  # fmt: skip


def _kind(name: str) -> ResultKind:
    if name not in set(ResultKind):
        raise NoSuchResult
    return ResultKind(name)


def _found(
    work: Work, patient_id: str, kind: ResultKind, result_id: str
) -> tuple[Patient, Sample | Lab]:
    patient = find_patient(work, mine(), patient_id)
    table: Any = TABLES[kind]
    row: Sample | Lab = find_result(work, mine(), result_id, table)
    if row.patient_id != patient.id:
        raise NoSuchResult
    return patient, row


def _typed(row: Sample | Lab) -> Mapping[str, str]:
    """The form as it would have been typed for what is kept."""
    if isinstance(row, Sample):
        told = row.dose_provenance == Provenance.STAFF and row.last_dose_at
        return {
            "result": _number(row.concentration, row.comparator), "unit": row.unit,
            "drawn_at": as_typed(row.drawn_at), "last_dose_at": as_typed(told) if told else "",
        }  # fmt: skip
    limits = {name: getattr(row, name) for name in ("lln", "uln", "baseline")}
    return {
        "analyte": canonical_analyte(row.analyte), "unit": row.unit,
        "result": _number(row.value, row.comparator), "drawn_at": as_typed(row.collected_at),
        **{name: "" if value is None else _number(value) for name, value in limits.items()},
    }  # fmt: skip


def _number(value: float, comparator: str | None = None) -> str:
    return f"{comparator or ''}{value:.12g}"


def _corrected(work: Work, patient: Patient, kind: ResultKind, result_id: str) -> dict[str, str]:
    """What is wrong, by field; nothing where the correction is kept."""
    typed = {name: request.form.get(name, "") for name in _FIELDS[kind]}
    given = {"analyte": IMATINIB} if kind == ResultKind.LEVEL else {}
    line, faults = read_line(work, patient, {"patient": patient.code, **given, **typed})
    wrong = {one.column: one.said_on_form(reader()) for one in reversed(faults)}
    if any(one.key == "to_confirm" for one in faults):
        wrong["to_confirm"] = ""
    if line is None:
        return wrong
    try:
        _correct(work, kind, result_id, line)
    except Invalid as error:
        return {error.field or "reason": word("error", type(error).__name__)}
    return {}


def _correct(work: Work, kind: ResultKind, result_id: str, line: Line) -> None:
    who = {"reason": request.form.get("reason", ""), "by": actor()}
    same: dict[str, Any] = {"comparator": line.comparator, "unit": line.unit}
    if kind == ResultKind.LEVEL:
        correct_sample(
            work, mine(), result_id, **who, **same, drawn_at=line.drawn_at, confirmed=True,
            concentration=line.value, last_dose_at=line.last_dose_at,
        )  # fmt: skip
        return
    correct_lab(
        work, mine(), result_id, **who, **same, analyte=line.analyte, value=line.value,
        collected_at=line.drawn_at, lln=line.lln, uln=line.uln, baseline=line.baseline,
    )  # fmt: skip


def _back(patient_id: str, kind: str) -> AnyResponse:
    return redirect(at("pages.patient_page", patient_id=patient_id) + f"#{kind}s")
