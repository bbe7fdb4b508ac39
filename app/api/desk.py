"""The clinicians' side: queue, call list, summary, confirmed grades."""

from dataclasses import asdict
from typing import Any

from flask_openapi import APIBlueprint

from app.api.access import calling
from app.api.bodies import (
    ConfirmBody,
    GradePath,
    PageQuery,
    PatientPath,
    RowPath,
)
from app.api.shown import shown, shown_grade, shown_lab
from app.services.call_list import CallRow, call_list
from app.services.confirming import confirm_lab, confirm_symptom
from app.services.decisions import plain_json
from app.services.queue import queue
from app.services.seen import seen_of
from app.services.summary import pre_visit_summary


def add_desk(api: APIBlueprint) -> None:
    @api.get("/queue")
    def get_queue(query: PageQuery) -> dict[str, Any]:
        with calling() as call:
            call.audit("queue.read")
            page = queue(call.work, call.clinic_id, query.after, query.limit)
            return {"items": [plain_json(asdict(row)) for row in page.items], "next": page.next}

    @api.get("/call-list")
    def get_call_list(query: PageQuery) -> dict[str, Any]:
        with calling() as call:
            call.audit("calls.read")
            page = call_list(call.work, call.clinic_id, query.after, query.limit)
            return {"items": [_to_phone(row) for row in page.items], "next": page.next}

    @api.get("/patients/<patient_id>/summary")
    def get_summary(path: PatientPath) -> dict[str, Any]:
        with calling() as call:
            patient = call.patient(path.patient_id, "summary.read")
            summary = pre_visit_summary(call.work, call.clinic_id, patient.id)
            return plain_json({**asdict(summary), "seen": seen_of(summary)})

    _confirming(api)


def _to_phone(row: CallRow) -> dict[str, Any]:
    told = {"patient": asdict(row.patient), "reasons": [asdict(one) for one in row.reasons]}
    return {**plain_json(told), "last_call": row.last_call and shown(row.last_call)}


def _confirming(api: APIBlueprint) -> None:
    @api.post("/symptom-reports/<id>/grades/<term>/confirm")
    def post_symptom_confirmed(path: GradePath, body: ConfirmBody) -> dict[str, Any]:
        with calling() as call:
            by = call.caller.actor
            return shown_grade(
                confirm_symptom(
                    call.work, call.clinic_id, path.id, path.term, body.grade, by, body.reason
                )
            )

    @api.post("/labs/<id>/confirm")
    def post_lab_confirmed(path: RowPath, body: ConfirmBody) -> dict[str, Any]:
        with calling() as call:
            by = call.caller.actor
            return shown_lab(
                confirm_lab(call.work, call.clinic_id, path.id, body.grade, by, body.reason)
            )
