"""Who answers alerts when: the rota as a whole, and the staff it may name."""

from dataclasses import asdict
from typing import Any

from flask_openapi import APIBlueprint

from app.api.access import calling
from app.api.alert_bodies import RotaBody
from app.services.decisions import plain_json
from app.services.rota_changes import Plan, Slot, Special, replace_rota, rota_of
from app.services.rota_week import Colleague, colleagues


def add_rota(api: APIBlueprint) -> None:
    @api.get("/rota")
    def get_rota() -> dict[str, Any]:
        with calling() as call:
            call.audit("rota.read")
            return plain_json(asdict(rota_of(call.work, call.clinic_id)))

    @api.put("/rota")
    def put_rota(body: RotaBody) -> dict[str, Any]:
        with calling() as call:
            plan, by = _plan(body), call.caller.actor
            return plain_json(asdict(replace_rota(call.work, call.clinic_id, plan, by)))

    @api.get("/staff")
    def get_staff() -> dict[str, Any]:
        with calling() as call:
            call.audit("staff.read")
            found = colleagues(call.work, call.clinic_id)
            return {"items": [_colleague(one) for one in found], "next": None}


def _plan(body: RotaBody) -> Plan:
    return Plan(
        tuple(Slot(**one.model_dump()) for one in body.slots),
        tuple(Special(**one.model_dump()) for one in body.special_days),
    )


def _colleague(one: Colleague) -> dict[str, Any]:
    staff = one.staff
    return {
        "id": staff.id, "name": staff.name, "roles": list(one.roles),
        "has_phone": bool(staff.phone), "has_telegram": staff.chat_id is not None,
        "texts_stopped_at": staff.texts_stopped_at and staff.texts_stopped_at.isoformat(),
    }  # fmt: skip
