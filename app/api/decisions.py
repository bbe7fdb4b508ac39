"""Decisions on the dose, the second person who confirms one, and what was told in follow-up."""

from dataclasses import asdict
from typing import Any

from flask_openapi import APIBlueprint

from app.api.access import Answer, Call, calling, once
from app.api.bodies import PatientPath, RowPath
from app.api.decision_bodies import DecisionBody, FollowUpBody
from app.api.shown import listed, shown
from app.services.countersigning import countersign, find_decision
from app.services.decisions import plain_json, record_decision
from app.services.follow_up import list_follow_ups, record_follow_up
from app.services.new_doses import told_by_person
from app.services.standing import lines_of
from models import Decision, Patient


def add_decisions(api: APIBlueprint) -> None:
    @api.post("/patients/<patient_id>/decisions")
    def post_decision(path: PatientPath, body: DecisionBody) -> Answer:
        with calling() as call:
            patient = call.patient(path.patient_id, "decision.record")
            return once(call, 201, lambda: _recorded(call, patient, body))

    @api.get("/patients/<patient_id>/decisions")
    def get_decisions(path: PatientPath) -> dict[str, Any]:
        with calling() as call:
            patient = call.patient(path.patient_id, "decisions.read")
            lines = lines_of(call.work, patient)
            return {"items": [plain_json(asdict(line)) for line in lines], "next": None}

    @api.post("/decisions/<id>/countersign")
    def post_countersigned(path: RowPath) -> Answer:
        with calling() as call:
            row = find_decision(call.work, call.clinic_id, path.id)
            call.patient(row.patient_id, "decision.confirm")
            return once(call, 200, lambda: _countersigned(call, path.id))

    @api.post("/patients/<patient_id>/dose-told")
    def post_dose_told(path: PatientPath) -> Answer:
        with calling() as call:
            patient = call.patient(path.patient_id, "dose.told")
            return once(call, 200, lambda: shown(
                told_by_person(call.work, call.clinic_id, patient.id, call.caller.actor)
            ))  # fmt: skip

    _follow_ups(api)


def _recorded(call: Call, patient: Patient, body: DecisionBody) -> dict[str, Any]:
    by, sent = call.caller.actor, body.model_dump()
    row = record_decision(call.work, call.clinic_id, patient.id, by=by, **sent)
    return _with_standing(call, patient, row)


def _countersigned(call: Call, decision_id: str) -> dict[str, Any]:
    row = countersign(call.work, call.clinic_id, decision_id, call.caller.actor)
    patient = call.work.session.get_one(Patient, (call.clinic_id, row.patient_id))
    return _with_standing(call, patient, row)


def _with_standing(call: Call, patient: Patient, row: Decision) -> dict[str, Any]:
    """An entry, where it stands, and the day on which its dose starts."""
    line = next(one for one in lines_of(call.work, patient) if one.id == row.id)
    return {**shown(row), **plain_json(asdict(line))}


def _follow_ups(api: APIBlueprint) -> None:
    @api.post("/patients/<patient_id>/follow-ups")
    def post_follow_up(path: PatientPath, body: FollowUpBody) -> Answer:
        with calling() as call:
            patient = call.patient(path.patient_id, "follow_up.record")
            by, sent = call.caller.actor, body.model_dump()
            return once(call, 201, lambda: shown(
                record_follow_up(call.work, call.clinic_id, patient.id, by=by, **sent)
            ))  # fmt: skip

    @api.get("/patients/<patient_id>/follow-ups")
    def get_follow_ups(path: PatientPath) -> dict[str, Any]:
        with calling() as call:
            patient = call.patient(path.patient_id, "follow_ups.read")
            return listed(list_follow_ups(call.work, patient))
