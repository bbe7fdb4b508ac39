"""What a clinic may set, its limits and defaults: one definition for HTTP and the page."""

from datetime import time
from typing import Annotated

from pydantic import AfterValidator, Field

from app.clinical.alerts import ALERT_GRADE, EARLIEST_ALERT_GRADE
from app.services.shapes import Body, Phone, PlainText, WallClock, Weekday, Zone
from models import CheckPace, CtcaeVersion, MissedDose, OnForget, Prior

# [own] Of the 4096 letters of a message: below it stand the open question and what was noted.
LONGEST_EMERGENCY = 600


def _in_order(days: list[int]) -> list[int]:
    if len(set(days)) != len(days):
        raise ValueError("a weekday stands twice")
    return sorted(days)


Weekdays = Annotated[list[Weekday], AfterValidator(_in_order)]
WaitMin = Annotated[int, Field(ge=1, le=120)]
EmergencyText = Annotated[PlainText, Field(max_length=LONGEST_EMERGENCY)]


class ClinicChange(Body):
    """Each may be left out; a weekday is 0 (Monday) to 6.

    The emergency texts are what a patient is told at a red flag: both, or null for our own words.
    """

    name: Annotated[str, Field(min_length=1, max_length=120)] = ""
    phone: Phone | None = None
    night_phone: Phone | None = None
    time_zone: Zone = "Asia/Shanghai"
    emergency_zh_cn: EmergencyText | None = None
    emergency_en: EmergencyText | None = None
    ke_per_h: Annotated[float, Field(ge=0.01, le=0.2)] = 0.041
    prior: Prior = Prior.JIANG_2023
    ctcae_version: CtcaeVersion = CtcaeVersion.V5
    alert_from_grade: Annotated[int, Field(ge=EARLIEST_ALERT_GRADE, le=ALERT_GRADE)] = ALERT_GRADE
    consent_version: Annotated[str, Field(pattern=r"^[A-Za-z0-9.-]{1,20}$")] = "1"
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
