"""The clinic's own settings."""

from typing import Any

from flask_openapi import APIBlueprint

from app.api.access import calling
from app.services.clinic_change import ClinicChange
from app.services.clinics import change_clinic
from models import Clinic

_SHOWN = ("id", "language", *ClinicChange.model_fields)


def add_clinic(api: APIBlueprint) -> None:
    @api.get("/clinic")
    def get_clinic() -> dict[str, Any]:
        with calling() as call:
            call.audit("clinic.read")
            return _shown(call.work.session.get_one(Clinic, call.clinic_id))

    @api.patch("/clinic")
    def patch_clinic(body: ClinicChange) -> dict[str, Any]:
        with calling() as call:
            return _shown(change_clinic(call.work, call.clinic_id, body.sent(), call.caller.actor))


def _shown(clinic: Clinic) -> dict[str, Any]:
    return clinic.model_dump(mode="json", include=set(_SHOWN), warnings=False)
