"""A level or laboratory value that is kept is corrected, or taken back as entered in error."""

from typing import Any

from flask_openapi import APIBlueprint

from app.api.access import Answer, Call, calling, once
from app.api.bodies import RowPath
from app.api.result_bodies import LabCorrection, SampleCorrection
from app.api.shown import shown, shown_lab
from app.services.former import Former, versions_of
from app.services.result_corrections import (
    correct_lab,
    correct_sample,
    find_any_result,
    withdraw_lab,
    withdraw_sample,
)
from models import Lab, ResultKind, Sample


def add_corrections(api: APIBlueprint) -> None:
    @api.post("/samples/<id>/corrections")
    def post_sample_correction(path: RowPath, body: SampleCorrection) -> Answer:
        with calling() as call:
            return once(call, 201, lambda: _corrected_sample(call, path.id, body))

    @api.post("/labs/<id>/corrections")
    def post_lab_correction(path: RowPath, body: LabCorrection) -> Answer:
        with calling() as call:
            return once(call, 201, lambda: _corrected_lab(call, path.id, body))

    @api.get("/samples/<id>/corrections")
    def get_sample_corrections(path: RowPath) -> dict[str, Any]:
        with calling() as call:
            return _versions(call, path.id, ResultKind.LEVEL)

    @api.get("/labs/<id>/corrections")
    def get_lab_corrections(path: RowPath) -> dict[str, Any]:
        with calling() as call:
            return _versions(call, path.id, ResultKind.LAB)


def _corrected_sample(call: Call, sample_id: str, body: SampleCorrection) -> dict[str, Any]:
    who = {"reason": body.reason, "by": call.caller.actor}
    if body.entered_in_error:
        return _withdrawn(withdraw_sample(call.work, call.clinic_id, sample_id, **who))
    row = correct_sample(call.work, call.clinic_id, sample_id, **who, **body.told())
    return {**shown(row), "entered_in_error": False}


def _corrected_lab(call: Call, lab_id: str, body: LabCorrection) -> dict[str, Any]:
    who = {"reason": body.reason, "by": call.caller.actor}
    if body.entered_in_error:
        return _withdrawn(withdraw_lab(call.work, call.clinic_id, lab_id, **who))
    row = correct_lab(call.work, call.clinic_id, lab_id, **who, **body.told())
    return {**shown_lab(row), "entered_in_error": False}


def _withdrawn(row: Sample | Lab) -> dict[str, Any]:
    return {**_shown(row), "entered_in_error": True}


def _shown(row: Sample | Lab) -> dict[str, Any]:
    return shown_lab(row) if isinstance(row, Lab) else shown(row)


def _versions(call: Call, result_id: str, kind: ResultKind) -> dict[str, Any]:
    """What it was before, the latest change first."""
    patient_id = find_any_result(call.work, call.clinic_id, result_id, kind)
    call.audit("result_versions.read", patient_id)
    versions = versions_of(call.work, call.clinic_id, result_id)
    return {"items": [_version(one) for one in versions], "next": None}


def _version(one: Former) -> dict[str, Any]:
    return {"was": _shown(one.row), "ended": one.ended, "reason": one.reason, "by": one.by,
            "at": one.at.isoformat()}  # fmt: skip
