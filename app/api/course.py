"""The course of treatment: regimens, doses, visits, samples, labs, reports, SF-36."""

from collections.abc import Callable, Iterable
from typing import Any

from flask_openapi import APIBlueprint
from sqlmodel import SQLModel

from app.api.access import Answer, Call, calling, once
from app.api.bodies import (
    Body,
    DoseBody,
    LabBody,
    PatientPath,
    QuestionnaireBody,
    RegimenBody,
    ReportBody,
    RowPath,
    SampleBody,
    VisitBody,
    VisitChange,
)
from app.api.shown import Show, listed, shown, shown_lab, shown_report, shown_reported
from app.services.doses import list_doses, record_dose
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


def add_course(api: APIBlueprint) -> None:
    _noun(api, "regimens", RegimenBody, add_regimen, list_regimens)
    _noun(api, "doses", DoseBody, record_dose, list_doses)
    _noun(api, "visits", VisitBody, plan_visit, list_visits)
    _noun(api, "samples", SampleBody, record_sample, list_samples)
    _noun(api, "labs", LabBody, record_lab, list_labs, shown_lab)
    _reports(api)
    _questionnaires(api)

    @api.patch("/visits/<id>")
    def patch_visit(path: RowPath, body: VisitChange) -> dict[str, Any]:
        with calling() as call:
            visit = change_visit(call.work, call.clinic_id, path.id, **body.sent())
            call.audit("visit.change", visit.patient_id)
            return shown(visit)


def _noun(
    api: APIBlueprint, noun: str, kind: type[Body], record: Record, every: List, show: Show = shown
) -> None:
    """POST records one for a patient; GET lists them."""

    def post(path: PatientPath, body: Body) -> Answer:
        with calling() as call:
            patient = call.patient(path.patient_id, f"{noun}.record")
            return once(call, 201, lambda: show(record(call.work, patient, **body.model_dump())))

    def get(path: PatientPath) -> dict[str, Any]:
        with calling() as call:
            rows = every(call.work, call.patient(path.patient_id, f"{noun}.read"))
            return listed(rows, show=show)

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
    return shown(record_questionnaire(call.work, patient, body.items, body.answered_at))
