"""FHIR R4B: the record as a Bundle, laboratory results in, and what is offered."""

from typing import Any

from flask import Response, json
from flask_openapi import APIBlueprint

from app.api.access import Call, calling, once, settings
from app.api.bodies import PatientPath, RowPath
from app.api.capability import capability
from app.api.fhir_bodies import ObservationBody
from app.api.outcomes import FHIR_JSON, PREFIX
from app.services.fhir.bundle import bundle_of
from app.services.fhir.reading import analyte_of, patient_of, unit_of
from app.services.fhir.receiving import find_observation, receive, when
from app.services.fhir.results import observation
from app.services.fhir.terms import Resource
from app.services.lab_list.lines import Line
from models import Patient

_DOCUMENT = {"schema": {"type": "object", "required": ["resourceType"]}}
_FHIR = {"description": "A FHIR R4B resource", "content": {FHIR_JSON: _DOCUMENT}}
_WRONG = {"description": "An OperationOutcome", "content": {FHIR_JSON: _DOCUMENT}}
_ANSWERS = {200: _FHIR, 201: _FHIR, 404: _WRONG, 409: _WRONG, 422: _WRONG}
_BODY = {"required": True, "content": {FHIR_JSON: _DOCUMENT, "application/json": _DOCUMENT}}


def add_fhir(api: APIBlueprint) -> None:
    @api.get("/patients/<patient_id>/fhir", responses={200: _FHIR, 404: _WRONG})
    def get_fhir(path: PatientPath) -> Response:
        with calling() as call:
            patient = call.patient(path.patient_id, "fhir.read")
            return fhir(bundle_of(call.work, patient, base()))

    @api.get("/fhir/metadata", responses={200: _FHIR})
    def get_metadata() -> Response:
        return fhir(capability(base()))

    # The contract names it in lower case; FHIR's own clients ask for the resource's name.
    for noun in ("observations", "Observation"):
        _add_observations(api, noun)


def _add_observations(api: APIBlueprint, noun: str) -> None:
    def post(body: ObservationBody) -> Response:
        with calling() as call:
            return _received(call, body)

    def get(path: RowPath) -> Response:
        with calling() as call:
            found = find_observation(call.work, call.clinic_id, path.id)
            call.audit("fhir.read", found.row.patient_id)
            return fhir(observation(found.row, is_withdrawn=found.is_withdrawn))

    post.__name__, get.__name__ = f"post_fhir_{noun}", f"get_fhir_{noun}"
    api.post(f"/fhir/{noun}", request_body=_BODY, responses=_ANSWERS)(post)
    api.get(f"/fhir/{noun}/<id>", responses=_ANSWERS)(get)


def _received(call: Call, body: ObservationBody) -> Response:
    """201 with the resource, 200 with the one that is there already."""
    status = 201

    def do() -> Resource:
        nonlocal status
        patient = patient_of(
            call.work, call.clinic_id, body.subject.coded, body.subject.reference
        )
        call.audit("fhir.record", patient.id)
        kept = receive(call.work, patient, _line(call, patient, body), body.own_identifier)
        status = 201 if kept.is_new else 200
        return observation(kept.row, is_withdrawn=kept.is_withdrawn)

    resource, _ = once(call, status, do)
    answer = fhir(resource, status)
    answer.headers["Location"] = f"{base()}/Observation/{resource['id']}"
    return answer


def _line(call: Call, patient: Patient, body: ObservationBody) -> Line:
    """The result as a line of a list. Raises NotTaken."""
    told = body.valueQuantity
    analyte, units = analyte_of([one.coded for one in body.code.coding], body.code.text)
    unit = unit_of(analyte, units, told.coded, told.unit)
    at = when(call.work, call.clinic_id, body.effectiveDateTime, analyte)
    lln, uln = body.limits
    return Line(
        0, patient.code, analyte, told.value, told.comparator, unit, at, body.last_dose_at,
        lln, uln, confirmed=body.is_confirmed,
    )  # fmt: skip


def base() -> str:
    """The address that our FHIR resources hang from."""
    return settings().public_url + PREFIX


def fhir(resource: Any, status: int = 200) -> Response:
    return Response(json.dumps(resource), status, content_type=FHIR_JSON)
