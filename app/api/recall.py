"""The recall list, and the visit that one click plans."""

from dataclasses import asdict
from typing import Any

from flask_openapi import APIBlueprint

from app.api.access import Answer, Call, calling, once
from app.api.decision_bodies import RecallBody, RecallPath, RecallQuery
from app.api.shown import shown
from app.services.decisions import plain_json
from app.services.recall import recall
from app.services.recall_plan import plan_recall


def add_recall(api: APIBlueprint) -> None:
    @api.get("/recall")
    def get_recall(query: RecallQuery) -> dict[str, Any]:
        with calling() as call:
            call.audit("recall.read")
            page = recall(call.work, call.clinic_id, query.after, query.limit, query.kind)
            return {"items": [plain_json(asdict(row)) for row in page.items], "next": page.next}

    @api.post("/patients/<patient_id>/recall/<kind>/plan")
    def post_recall_plan(path: RecallPath, body: RecallBody) -> Answer:
        with calling() as call:
            call.patient(path.patient_id, "visits.record")
            return once(call, 201, lambda: _planned(call, path, body))


def _planned(call: Call, path: RecallPath, body: RecallBody) -> dict[str, Any]:
    planned = plan_recall(
        call.work, call.clinic_id, path.patient_id, path.kind, call.caller.actor, body.draw_at
    )
    return {**shown(planned.visit), "told": plain_json(asdict(planned.told))}
