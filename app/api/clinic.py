"""The clinic's own settings."""

from datetime import time
from typing import Annotated, Any

from flask_openapi import APIBlueprint
from pydantic import AfterValidator, Field

from app.api.access import calling
from app.api.alert_bodies import Weekday
from app.api.bodies import Body, Phone, WallClock, Zone
from app.services.clinics import change_clinic
from models import CheckPace, Clinic, CtcaeVersion, MissedDose, OnForget, Prior

_SHOWN = (
    "id", "name", "phone", "night_phone", "time_zone", "language", "ke_per_h", "prior",
    "ctcae_version", "consent_version", "quiet_from", "quiet_until", "protocol_from",
    "evening_at", "checks_usual", "checks_after_change", "checks_when_stable", "missed_dose",
    "on_forget", "staffed_from", "staffed_until", "staffed_weekdays",
    "nurse_wait_min", "next_wait_min", "doctor_wait_min", "call_wait_min", "close_within_min",
    "second_confirmation",
)  # fmt: skip


def _in_order(days: list[int]) -> list[int]:
    if len(set(days)) != len(days):
        raise ValueError("a weekday stands twice")
    return sorted(days)


Weekdays = Annotated[list[Weekday], AfterValidator(_in_order)]
WaitMin = Annotated[int, Field(ge=1, le=120)]


class ClinicChange(Body):
    """Each may be left out; a weekday is 0 (Monday) to 6."""

    name: Annotated[str, Field(min_length=1, max_length=120)] = ""
    phone: Phone | None = None
    night_phone: Phone | None = None
    time_zone: Zone = "Asia/Shanghai"
    ke_per_h: Annotated[float, Field(ge=0.01, le=0.2)] = 0.041
    prior: Prior = Prior.JIANG_2023
    ctcae_version: CtcaeVersion = CtcaeVersion.V5
    consent_version: Annotated[str, Field(pattern=r"^[\w.-]{1,20}$")] = "1"
    quiet_from: WallClock = time(21)
    quiet_until: WallClock = time(7)
    protocol_from: WallClock = time(6)
    evening_at: WallClock = time(19)
    checks_usual: CheckPace = CheckPace.WEEKLY
    checks_after_change: CheckPace = CheckPace.TWICE_WEEKLY
    checks_when_stable: CheckPace = CheckPace.FORTNIGHTLY
    missed_dose: MissedDose = MissedDose.SKIP
    on_forget: OnForget = OnForget.KEEP_RECORD
    staffed_from: WallClock = time(8)
    staffed_until: WallClock = time(17)
    staffed_weekdays: Weekdays = [0, 1, 2, 3, 4]
    nurse_wait_min: WaitMin = 15
    next_wait_min: WaitMin = 15
    doctor_wait_min: WaitMin = 15
    call_wait_min: WaitMin = 15
    close_within_min: Annotated[int, Field(ge=30, le=1440)] = 240
    second_confirmation: bool = False


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
