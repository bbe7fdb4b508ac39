"""Patients and their invitations."""

from collections.abc import Mapping
from typing import Any

from flask_openapi import APIBlueprint

from app.api.access import Answer, Call, calling, once, settings
from app.api.bodies import InvitationBody, PatientBody, PatientChange, PatientPath, PatientsQuery
from app.api.shown import listed, shown
from app.services.invitations import invite
from app.services.patients import change_patient, list_patients, register_patient
from models import Patient


def add_patients(api: APIBlueprint) -> None:
    @api.post("/patients")
    def post_patient(body: PatientBody) -> Answer:
        fields = body.model_dump(exclude={"code"})
        with calling() as call:
            return once(call, 201, lambda: _registered(call, fields, body.code))

    @api.get("/patients")
    def get_patients(query: PatientsQuery) -> dict[str, Any]:
        with calling() as call:
            rows, after = list_patients(
                call.work, call.clinic_id, query.q, query.after, query.limit
            )
            call.audit("patients.list")
            return listed(rows, after)

    @api.get("/patients/<patient_id>")
    def get_patient(path: PatientPath) -> dict[str, Any]:
        with calling() as call:
            return shown(call.patient(path.patient_id, "patient.read"))

    @api.patch("/patients/<patient_id>")
    def patch_patient(path: PatientPath, body: PatientChange) -> dict[str, Any]:
        with calling() as call:
            patient = call.patient(path.patient_id, "patient.change")
            return shown(change_patient(call.work, patient, body.sent()))

    _invitations(api)


def _invitations(api: APIBlueprint) -> None:
    @api.post("/patients/<patient_id>/invitations")
    def post_invitation(path: PatientPath, body: InvitationBody) -> Answer:
        with calling() as call:
            patient = call.patient(path.patient_id, "patient.invite")
            return once(call, 201, lambda: _invited(call, patient, body.proxy))

    def _invited(call: Call, patient: Patient, proxy: bool) -> dict[str, Any]:
        made = invite(call.work, patient, settings().bot_name, proxy=proxy)
        return {"id": made.id, "code": made.code, "url": made.url, "proxy": proxy,
                "expires_at": made.expires_at.isoformat(), "qr_svg": made.qr_svg}  # fmt: skip


def _registered(call: Call, fields: Mapping[str, Any], code: str | None) -> dict[str, Any]:
    patient = register_patient(call.work, call.clinic_id, fields, code)
    call.audit("patient.register", patient.id)
    return shown(patient)
