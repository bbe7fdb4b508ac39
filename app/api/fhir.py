"""FHIR R4B: the record as a Bundle, laboratory results in, and what is offered."""

from typing import Any

from flask import Response, json
from flask_openapi import APIBlueprint

from app.api.access import calling, settings
from app.api.bodies import PatientPath
from app.services.fhir.bundle import bundle_of

FHIR_JSON = "application/fhir+json"
PREFIX = "/api/v1/fhir"
_DOCUMENT = {"schema": {"type": "object", "required": ["resourceType"]}}
_BUNDLE = {"description": "A FHIR R4B Bundle", "content": {FHIR_JSON: _DOCUMENT}}


def add_fhir(api: APIBlueprint) -> None:
    @api.get("/patients/<patient_id>/fhir", responses={200: _BUNDLE})
    def get_fhir(path: PatientPath) -> Response:
        with calling() as call:
            patient = call.patient(path.patient_id, "fhir.read")
            return fhir(bundle_of(call.work, patient, base()))


def base() -> str:
    """The address that our FHIR resources hang from."""
    return settings().public_url + PREFIX


def fhir(resource: Any, status: int = 200) -> Response:
    return Response(json.dumps(resource), status, content_type=FHIR_JSON)
