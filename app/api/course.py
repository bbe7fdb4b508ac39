"""The course of treatment: regimens, doses, visits, samples, labs, reports, SF-36."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any
from zoneinfo import ZoneInfo

from flask_openapi import APIBlueprint
from sqlmodel import SQLModel

from app.api.access import Answer, Call, calling, once
from app.api.bodies import (
    Body,
    DoseBody,
    PatientPath,
    QuestionnaireBody,
    RegimenBody,
    ReportBody,
    RowPath,
    VisitBody,
    VisitChange,
)
from app.api.result_bodies import LabBody, SampleBody
from app.api.shown import listed, shown, shown_lab, shown_report, shown_reported
from app.clinical.draw_window import unfit
from app.services.decisions import plain_json
from app.services.doses import list_doses, record_dose
from app.services.estimates import estimate_now
from app.services.labs import list_labs, record_lab
from app.services.questionnaires import changes, list_questionnaires, record_questionnaire
from app.services.regimens import add_regimen, list_regimens
from app.services.reports import grades_of, list_reports, report_symptoms
from app.services.samples import list_samples, record_sample
from app.services.visits import change_visit, list_visits, plan_visit
from app.work import Work
from models import Patient

Record = Callable[..., SQLModel]
List = Callable[[Work, Patient], Iterable[SQLModel]]
Show = Callable[[Patient, SQLModel], dict[str, Any]]
Tell = Callable[[Work, Patient, Any], dict[str, Any]]


def add_course(api: APIBlueprint) -> None:
    _noun(api, "regimens", RegimenBody, add_regimen, list_regimens)
    _noun(api, "doses", DoseBody, record_dose, list_doses)
    _noun(api, "visits", VisitBody, plan_visit, list_visits, _planned)
    _noun(api, "samples", SampleBody, record_sample, list_samples, tell=_measured)
    _noun(api, "labs", LabBody, record_lab, list_labs, lambda _, lab: shown_lab(lab))
    _reports(api)
    _questionnaires(api)

    @api.patch("/visits/<id>")
    def patch_visit(path: RowPath, body: VisitChange) -> dict[str, Any]:
        with calling() as call:
            visit = change_visit(call.work, call.clinic_id, path.id, **body.sent())
            call.audit("visit.change", visit.patient_id)
            patient = call.work.session.get_one(Patient, (call.clinic_id, visit.patient_id))
            return _planned(patient, visit)


def _planned(patient: Patient, visit: Any) -> dict[str, Any]:
    """A visit, and why its draw suits no morning dose, where it does not."""
    reason = unfit(visit.draw_at, ZoneInfo(patient.time_zone))
    return {**shown(visit), "unfit": plain_json(asdict(reason)) if reason else None}


def _measured(work: Work, patient: Patient, sample: Any) -> dict[str, Any]:
    """A level that was just recorded, with the estimate from all that is known by now."""
    found = estimate_now(work, patient)
    return {**shown(sample), "bayes": plain_json(asdict(found)) if found else None}


def _noun(
    api: APIBlueprint,
    noun: str,
    kind: type[Body],
    record: Record,
    every: List,
    show: Show = lambda _, row: shown(row),
    tell: Tell | None = None,
) -> None:
    """POST records one for a patient, and tells it with `tell`; GET lists them."""

    def post(path: PatientPath, body: Body) -> Answer:
        with calling() as call:
            patient = call.patient(path.patient_id, f"{noun}.record")
            return once(call, 201, lambda: told(call.work, patient, body))

    def told(work: Work, patient: Patient, body: Body) -> dict[str, Any]:
        row = record(work, patient, **body.model_dump())
        return tell(work, patient, row) if tell else show(patient, row)

    def get(path: PatientPath) -> dict[str, Any]:
        with calling() as call:
            patient = call.patient(path.patient_id, f"{noun}.read")
            return listed(every(call.work, patient), show=lambda row: show(patient, row))

    post.__annotations__["body"] = kind
    post.__name__, get.__name__ = f"post_{noun}", f"get_{noun}"
    api.post(f"/patients/<patient_id>/{noun}")(post)
    api.get(f"/patients/<patient_id>/{noun}")(get)


def _reports(api: APIBlueprint) -> None:
    @api.post("/patients/<patient_id>/symptom-reports")
    def post_report(path: PatientPath, body: ReportBody) -> Answer:
        with calling() as call:
            patient = call.patient(path.patient_id, "symptom_reports.record")
            return once(call, 201, lambda: _reported(call, patient, body))

    @api.get("/patients/<patient_id>/symptom-reports")
    def get_reports(path: PatientPath) -> dict[str, Any]:
        with calling() as call:
            patient = call.patient(path.patient_id, "symptom_reports.read")
            rows = list_reports(call.work, patient)
            return {"items": [shown_report(r, grades_of(call.work, r)) for r in rows], "next": None}


def _reported(call: Call, patient: Patient, body: ReportBody) -> dict[str, Any]:
    return shown_reported(report_symptoms(call.work, patient, **body.model_dump()))


def _questionnaires(api: APIBlueprint) -> None:
    @api.post("/patients/<patient_id>/questionnaires")
    def post_questionnaire(path: PatientPath, body: QuestionnaireBody) -> Answer:
        with calling() as call:
            patient = call.patient(path.patient_id, "questionnaires.record")
            return once(call, 201, lambda: _answered(call, patient, body))

    @api.get("/patients/<patient_id>/questionnaires")
    def get_questionnaires(path: PatientPath) -> dict[str, Any]:
        with calling() as call:
            patient = call.patient(path.patient_id, "questionnaires.read")
            rows = list_questionnaires(call.work, patient)
            pairs = zip(rows, changes(rows), strict=True)
            return {"items": [{**shown(row), **since} for row, since in pairs], "next": None}


def _answered(call: Call, patient: Patient, body: QuestionnaireBody) -> dict[str, Any]:
    return shown(record_questionnaire(
        call.work, patient, body.items, body.answered_at, body.wording
    ))  # fmt: skip
